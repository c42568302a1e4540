"""What questions mean by everyday words, where no measure is called so: popular, good value, a rate."""

import re

from deckgen.domain.plans import Ratio, Rows
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.ratio_words import QUANTITY
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import money, productivity
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_POPULAR = re.compile(r"\bpopular|\bbeliebt", re.IGNORECASE)
_VALUE = re.compile(
    r"\b(?:best|good|better|worst) value\b|\bvalue for money\b|\bworth it\b|\befficien|\beffizien",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:average|mean|typical|usual|normal|median|highest|lowest)\s+(rate|price|value|amount|level|score)\b",
    re.IGNORECASE,
)
_MORE_MONEY = re.compile(
    r"\b(?:should|could|deserves?)\b.{1,30}\bmore (?:budget|money|spend|spending)\b|\bmehr budget\b",
    re.IGNORECASE,
)
SOUGHT = QUANTITY | frozenset({
    "views", "visits", "visitors", "downloads", "plays", "streams", "listeners", "viewers", "orders",
    "bookings", "guests", "users", "members", "sold", "sales", "attendance", "covers", "besucher",
    "aufrufe",
})  # fmt: skip


def meant(question: Question, table: Table) -> Offered | None:
    """Returns the measure that a question means by an everyday word, if the table has such."""
    if _POPULAR.search(question.text):
        return _sought(table)
    if _VALUE.search(question.text):
        return _spent_for_each(table)
    return (
        _headed(question, table) or money.meant(question, table) or productivity.meant(question, table)
    )


def instead_of_named(question: Question, table: Table) -> Offered | None:
    """Returns the cost for each of what is wanted, if a question asks who should get more budget."""
    return _spent_for_each(table) if _MORE_MONEY.search(question.text) else None


def of_value(question: Question, table: Table) -> Offered | None:
    """Returns what is spent for each of what is wanted, if a question asks whether something is worth
    it.
    """
    return _spent_for_each(table) if _VALUE.search(question.text) else None


def _sought(table: Table) -> Offered:
    """Returns the number that says how much something is asked for, else the number of rows."""
    amounts = (
        each for each in table.offered if each.concept is Concept.COLUMN and _words(each) & SOUGHT
    )
    rows = next(each for each in table.offered if isinstance(each.measured.measure, Rows))
    return max(amounts, key=lambda each: each.weight, default=rows)


def _spent_for_each(table: Table) -> Offered | None:
    """Returns what is spent for each of what is wanted: of several ratios the last step, a signup."""
    costs = [
        each
        for each in table.offered
        if isinstance(each.measured.measure, Ratio) and each.measured.better == "lower"
        if each.concept is Concept.RATIO
    ]
    return costs[-1] if costs else None


def _headed(question: Question, table: Table) -> Offered | None:
    """Returns the only column of numbers whose name begins or ends with a word that many names have."""
    said = _HEAD.search(question.text)
    if said is None:
        return None
    found = [
        each
        for each in table.offered
        if each.concept is Concept.COLUMN
        for words in (read_name(each.columns[0]).words,)
        if said[1].lower() in (words[0], words[-1])
    ]
    return found[0] if len(found) == 1 else None


def _words(offered: Offered) -> set[str]:
    return {word for name in offered.columns for word in read_name(name).words}
