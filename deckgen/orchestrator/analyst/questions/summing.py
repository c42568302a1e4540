"""Amounts that are told as means and can be summed: the fuel of all trips, the hours of all shifts."""

import re
from dataclasses import replace

from deckgen.domain.plans import Cell, Mean, Measured, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.lexicon import unit_words
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES, read_name
from deckgen.orchestrator.analyst.lexicon.role_words import PHYSICAL_WORDS, RATE_WORDS
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named
from deckgen.orchestrator.analyst.measures.per_thing import is_amount
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words, fits

# What somebody pays adds up over all who do, though each has a price.
PAID = frozenset({
    "paid", "fee", "fees", "salary", "wage", "wages", "rent", "premium", "bezahlt", "gezahlt", "gebuhr",
    "miete", "gehalt", "lohn", "beitrag", "fine", "fines", "gebuhren", "tip", "tips", "donation",
})  # fmt: skip
NEVER = frozenset({MeasureKind.PRICE, MeasureKind.SCORE, MeasureKind.INDEX})
PERIODIC = re.compile(
    r"\b(?:hour|dai|week|month|quarter|year|annual)l?y?\b|\b(?:a|per|each) (?:day|week|month|year)\b"
    r"|\b(?:stünd|täg|wöchent|monat|jähr)lich|\b(?:pro|je|im) (?:tag|woche|monat|jahr)\b",
    re.IGNORECASE,
)
ALTOGETHER = re.compile(  # what is paid or earned with all of it
    r"\bhow much (?:do|did|does) (?:we|they|i|you)\b.{0,30}\b(?:earn|pay|spend|make|take|lose)\b"
    r"|\bwie viel (?:zahlen|nehmen|verdienen|geben|verlieren)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(?:total|sum|altogether|in all|insgesamt|gesamt\w*|summe)\b", re.IGNORECASE)


def amount_of(offered: Offered, table: Table) -> Offered | None:
    """Returns a measure as one that adds up; None if its rows can't be summed."""
    if is_amount(offered):
        return offered
    is_mean = isinstance(offered.measured.measure, Mean) and offered.concept is Concept.COLUMN
    column = table.column(offered.columns[0]) if is_mean and len(offered.columns) == 1 else None
    return sum_of(column, table) if column and can_be_summed(column) else None


def can_be_summed(column: ColumnModel) -> bool:
    """True of money, of what is measured in litres, hours or the like, and of whole numbers, but for
    prices, rates and what only describes a thing.
    """
    kind = column.measure.kind if column.measure else None
    if kind is None or column.rate or column.weight:
        return False
    if set(read_name(column.name).words) & PAID and "per" not in read_name(column.name).words:
        return True
    if kind in NEVER:
        return False
    if set(read_name(column.name).words) & (RATE_WORDS - PHYSICAL_WORDS):
        return False
    is_number = column.type == "BIGINT" and not column.symbol
    return is_number or column.symbol in CURRENCY_CODES or bool(unit_words.words_of(column.symbol))


def sum_of(column: ColumnModel, table: Table) -> Offered:
    """Returns the sum of a column."""
    measured = Measured(
        measure=Total(of=cell_of(table.model, column)),
        label=column.label,
        noun=f"{{{{c{table.model.columns.index(column)}}}}}",
        unit=unit_of(column),
        columns=[column.name],
        adds_up=True,
        over_time=True,
        better=column.direction.better if column.direction else None,
    )
    return Offered(measured, Concept.COLUMN, (named(column.label),))


def in_total(
    words: Words, ranked: list[tuple[float, Offered]], table: Table
) -> list[tuple[float, Offered]]:
    """Returns measures with the best one as a sum, where a question asks for the total, or how many."""
    if not ranked:
        return ranked
    (fit, best), *others = ranked
    counted = words.number_of is not None and any(fits(words.number_of, names) for names in best.names)
    is_of_all = words.per is None and ALTOGETHER.search(words.text)
    if not counted and not TOTAL.search(words.text) and not is_of_all:
        return ranked
    return [(fit, amount_of(best, table) or best), *others]


def _is_of_things(table: Table) -> bool:
    """True if rows without a key are things that happened, several on some days, and no series."""
    axis = table.timeline
    return axis is not None and not axis.is_panel and axis.rows_per_date > 1


def on_average(
    words: Words, ranked: list[tuple[float, Offered]], table: Table
) -> list[tuple[float, Offered]]:
    """Returns measures with the best one as a mean, where a question asks for the average and each row
    is a thing of its own: an average basket. For each of something else it is no mean of rows.
    """
    grain = table.model.grain
    is_thing = _is_of_things(table) if grain is None else len(grain.key) == 1 and not grain.repeated
    if not (ranked and is_thing) or words.per or PERIODIC.search(words.text):
        return ranked
    (fit, best), *others = ranked
    cell = best.measured.measure.of if isinstance(best.measured.measure, Total) else None
    if best.concept is not Concept.COLUMN or not isinstance(cell, Cell):
        return ranked
    says, measured = table.language.say, best.measured
    mean = measured.model_copy(
        update={
            "measure": Mean(of=cell), "adds_up": False, "over_time": False,
            "label": says("measure.average", measure=measured.label),
            "noun": says("measure.average", measure=measured.noun),
        }
    )  # fmt: skip
    return [(fit, replace(best, measured=mean)), *others]
