"""The amount that a question for money means, where it names none: what is paid, earned or raised."""

import re

from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.ratio_words import COST, MONEY_NAMES, PROFIT, REVENUE
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.questions import summing
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_EARNED = re.compile(
    r"\b(?:money|cash|earn\w*|raise[sd]?|brings?|worth|income|geld|verdien\w*|einnehm\w*|nehmen\b.{1,30}\bein|lohnt"
    r"|bringt|bringen)\b",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\b(?:pay|pays|paid|spend|spends|spent|(?:be)?zahl(?:en|t|ten)|ausgeben|gibt .{2,30} aus)\b",
    re.IGNORECASE,
)
CONCEPTS = (Concept.COLUMN, Concept.PROFIT, Concept.AVERAGE)


def meant(question: Question, table: Table) -> Offered | None:
    """Returns the amount of money that matters most, as a sum, if a question asks for money."""
    amounts = _amounts(table)
    sums = [each for each in (summing.amount_of(each, table) for each in amounts) if each is not None]
    return _best(question, sums or _of_prices(amounts, table))


def of_a_row(question: Question, table: Table) -> Offered | None:
    """Returns the amount of money that matters most, as each row has it, if a question asks for it."""
    return _best(question, _amounts(table))


def _of_prices(amounts: list[Offered], table: Table) -> list[Offered]:
    """Returns what each row's price comes to in all, where each row is a sale."""
    grain = table.model.grain
    if grain is None or len(grain.key) != 1:
        return []
    return [
        summing.sum_of(table.column(each.columns[0]), table)
        for each in amounts
        if len(each.columns) == 1
    ]


def _amounts(table: Table) -> list[Offered]:
    return [each for each in table.offered if each.concept in CONCEPTS and is_money(each)]


def _best(question: Question, amounts: list[Offered]) -> Offered | None:
    earns, spends = _EARNED.search(question.text), _SPENT.search(question.text)
    if not earns and not spends:
        return None
    return max(
        amounts,
        key=lambda each: (_is_cost(each) == (earns is None), _is_billed(each), each.weight),
        default=None,
    )


def is_money(offered: Offered) -> bool:
    """True of an amount of money, and not of the price of one of many."""
    if len(offered.columns) == 1 and {"per", "pro", "je", "unit"} & _words(offered):
        return False  # a price of one of many says nothing of how much money there is
    is_currency = offered.measured.unit.format is ValueFormat.CURRENCY
    return is_currency or bool(_words(offered) & (REVENUE | COST | PROFIT | MONEY_NAMES))


def _is_billed(offered: Offered) -> bool:
    return bool(_words(offered) & (REVENUE | PROFIT | MONEY_NAMES))


def _is_cost(offered: Offered) -> bool:
    return bool(_words(offered) & COST)


def _words(offered: Offered) -> set[str]:
    return {word for name in offered.columns for word in read_name(name).words}
