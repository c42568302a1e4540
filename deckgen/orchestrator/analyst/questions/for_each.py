"""Amounts that a question asks for each of something: revenue per customer, cost per kilogram."""

import re
from dataclasses import replace

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Ratio
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.lexicon import ratio_words, unit_words
from deckgen.orchestrator.analyst.lexicon.calendar_words import PERIODS
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.measures.offered import Offered, named
from deckgen.orchestrator.analyst.measures.per_thing import each_of, things_of
from deckgen.orchestrator.analyst.profiling.stemming import matched, stems
from deckgen.orchestrator.analyst.questions import summing
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import WORD, Words, fits

PHRASED = 1.4  # if the whole name of a column stands in the question
MOST_GROUPS = 30  # “per region” names groups; of things there are more
HEADS = stems({"head", "capita", "person", "people", "inhabitant", "resident", "citizen", "kopf",
               "einwohner"})  # fmt: skip
ONLY_SOME = frozenset({
    "new", "lost", "returning", "churned", "inactive", "unique", "first", "neue", "verlorene",
})  # fmt: skip
TIMES = stems(PERIODS) | stems({"cent", "annum", "jahr", "monat", "woche", "tag", "quartal", "stunde"})
_COSTS = re.compile(r"\bcosts?\b|\bkoste", re.IGNORECASE)
HOURS = stems({"hour", "stunde"})
PIECES = stems({"piece", "unit", "item", "stück", "part", "teil"})
PRODUCED = ratio_words.QUANTITY | {
    "produced",
    "production",
    "output",
    "made",
    "produziert",
    "gefertigt",
}
NEVER_SUMMED = frozenset({MeasureKind.RATE, MeasureKind.PRICE, MeasureKind.SCORE, MeasureKind.INDEX})


def each_in(
    words: Words, known: list[tuple[float, Offered]], table: Table
) -> list[tuple[float, Offered]]:
    """Returns an amount for each of what a question names: revenue per customer, cost per kilogram."""
    per = words.per
    is_there = any(
        isinstance(offered.measured.measure, Ratio) and fits(per, table.words_of(offered.columns[-1]))
        for fit, offered in known
        if per and fit >= PHRASED
    )
    if per is None or is_there or (per in TIMES and not _is_hours(per, table)):
        return []
    named_too = [(fit, summing.amount_of(each, table)) for fit, each in known]
    amounts = [(fit, each) for fit, each in named_too if each and not fits(per, each.names[0])]
    amounts = amounts or [(fit, each) for fit, each in _prices(known, table) if each]
    if not amounts:
        return []
    costs = [each for each in amounts if _COSTS.search(words.text) and _is_cost(each[1])]
    amounts = costs or amounts  # a budget is another word for what something costs
    fit, amount = max(amounts, key=lambda each: each[0])
    thing = _counted(per, table) or summed(per, amount, table)
    if thing is None or _is_of_groups(per, thing, table):
        return []
    return [(fit + PHRASED, each_of(amount, thing, table.data, table.language))]


def _prices(known: list[tuple[float, Offered]], table: Table) -> list[tuple[float, Offered]]:
    """Returns prices of whole things, one a row, as sums: the price of homes over their square feet."""
    grain = table.model.grain
    if grain is None or len(grain.key) != 1:
        return []
    columns = [(fit, table.column(each.columns[0])) for fit, each in known if len(each.columns) == 1]
    return [
        (fit, summing.sum_of(column, table))
        for fit, column in columns
        if column.measure and column.measure.kind is MeasureKind.PRICE
        if not {"per", "unit", "pro", "je"} & set(read_name(column.name).words)
    ]


def _is_cost(amount: Offered) -> bool:
    return bool(ratio_words.COST & {word for name in amount.columns for word in read_name(name).words})


def _is_hours(per: str, table: Table) -> bool:
    """True if an hour is no time of the calendar, as a column counts them: what an hour costs."""
    return per in HOURS and any(each.measure and _is_called(each, per) for each in table.model.columns)


def _counted(per: str, table: Table) -> Offered | None:
    """Returns the number of the things, if the table has such."""
    ids = {
        each.name for each in table.model.columns if each.role is Role.ID or each.distinct > MOST_GROUPS
    }
    return next((each for each in things_of(table.offered, ids) if fits(per, each.names[0])), None)


def summed(per: str, amount: Offered, table: Table) -> Offered | None:
    """Returns the sum of the one column that is called so, or whose unit is: cost per kilogram."""
    columns = [
        each
        for each in table.model.columns
        if each.measure and each.name not in amount.columns and _is_called(each, per)
    ]
    if len(columns) > 1:  # a user is no new or lost one, where all of them are counted too
        columns = [each for each in columns if not ONLY_SOME & set(read_name(each.name).words)]
    return _sum_of(columns[0], table) if len(columns) == 1 else None


def _is_called(column: ColumnModel, per: str) -> bool:
    if per in HEADS:
        return bool(stems(WORD.findall(column.label.lower())) & stems(ratio_words.HEADS))
    if per in PIECES and PRODUCED & set(read_name(column.name).words):
        return True
    if per in stems(unit_words.words_of(column.symbol)):
        return True
    adds_up = column.measure is not None and column.measure.kind not in NEVER_SUMMED
    return (adds_up or summing.can_be_summed(column)) and fits(per, named(column.label))


def _sum_of(column: ColumnModel, table: Table) -> Offered:
    """Returns the sum of a column, under the name of its unit if it has one: per kg."""
    offered = summing.sum_of(column, table)
    if not unit_words.words_of(column.symbol):
        return offered
    named_so = {"label": column.symbol, "noun": column.symbol}
    return replace(offered, measured=offered.measured.model_copy(update=named_so))


def _is_of_groups(per: str, thing: Offered, table: Table) -> bool:
    """True if a word is the name of a column of groups, and only another word for things."""
    own = frozenset({per})
    labels = (table.model.columns[each.index].label for each in table.dimensions)
    return not matched(own, thing.names[0]) and any(matched(own, named(label)) for label in labels)
