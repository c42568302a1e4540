"""Metrics: the numbers that a table offers, defined so that nothing is summed that must not be."""

from dataclasses import dataclass, replace

from deckgen.domain.datasets import Additivity, Column, Role, Source
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import COUNT, PERCENT, Unit, ValueFormat
from deckgen.orchestrator.analyst.facts.references import at_start, column_noun
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES
from deckgen.orchestrator.analyst.profiling.timeline import PLURALS, Timeline
from deckgen.orchestrator.analyst.sql import quoting

# These consist of lines: several rows with one id are parts of one order.
_WITH_LINES = frozenset({"order", "invoice", "transaction", "receipt", "basket", "sale", "booking"})

_LOOKS = frozenset({
    "row", "record", "entry", "observation", "reading", "measurement", "snapshot", "log", "event",
    "line",
})  # fmt: skip


@dataclass(frozen=True)
class Metric:
    """A number for any set of rows. `noun` is its name in a sentence, `label` in plain words."""

    key: str
    noun: Text
    label: str
    sql: str
    unit: Unit
    present: str
    additive: bool  # over groups of rows: the parts' values add up to the whole's
    flow: bool  # over time as well
    column: int | None = None
    value: str = ""  # SQL of one row's value
    one: str = ""  # singular of what is counted
    ratio_scale: bool = True  # "twice as much" makes sense, unlike for a temperature

    @property
    def subject(self) -> Text:
        """The noun at the start of a sentence."""
        return at_start(self.noun)

    @property
    def columns(self) -> tuple[int, ...]:
        """The column that it is about; none for the count of rows."""
        return () if self.column is None else (self.column,)


def metrics_of(source: Source, timeline: Timeline | None) -> list[Metric]:
    """Returns the counts of rows and of identified things, then each measure in the table's order."""
    repeated = not _holds_things(source)
    measures = [
        _measure(index, column, timeline, repeated=repeated)
        for index, column in enumerate(source.columns)
        if column.role is Role.MEASURE and column.distinct > 0
    ]
    return [_rows(source, timeline), *_things(source), *measures]


def _rows(source: Source, timeline: Timeline | None) -> Metric:
    noun = _row_noun(source, timeline)
    return Metric("rows", noun, noun, "count(*)", COUNT, "", additive=True, flow=True)


def _row_noun(source: Source, timeline: Timeline | None) -> str:
    """Returns the plural noun for rows: orders, order lines, days, or just rows."""
    for column in source.columns:
        if column.role is Role.ID and (thing := _thing(column)):
            if column.distinct >= 0.99 * source.rows:
                return _plural(thing)
            if thing in _WITH_LINES:
                return f"{thing} lines"
    if timeline and timeline.rows_per_date == 1:
        return PLURALS[timeline.grain]
    return "rows"


def _things(source: Source) -> list[Metric]:
    """Returns counts of distinct ids that several rows share: orders in a table of order lines."""
    return [
        _thing_count(index, column, thing)
        for index, column in enumerate(source.columns)
        if column.role is Role.ID and 1 < column.distinct < 0.99 * source.rows
        if (thing := _thing(column))
    ]


def _thing_count(index: int, column: Column, thing: str) -> Metric:
    noun = _plural(thing)
    return Metric(
        key=f"things{index}",
        noun=noun,
        label=noun,
        sql=f"count(DISTINCT {quoting.name(column.name)})",
        unit=COUNT,
        present="",
        additive=False,
        flow=True,
        column=index,
        one=thing,
    )


def _thing(column: Column) -> str | None:
    """Returns the thing of an id, such as "order" for `order_id`; None if the name has none."""
    words = column.label.lower().split()
    if len(words) == 2 and words[1] in ("id", "number", "key", "code") and words[0].isalpha():
        return words[0]
    return None


def _plural(thing: str) -> str:
    if thing.endswith("y") and thing[-2:-1] not in tuple("aeiou"):
        return thing[:-1] + "ies"
    return thing + ("es" if thing.endswith(("s", "x", "ch", "sh")) else "s")


def _holds_things(source: Source) -> bool:
    """True if each row is a thing of its own (an account, an article), not an observation of one."""
    return any(
        column.role is Role.ID
        and column.distinct >= 0.99 * source.rows
        and (thing := _thing(column))
        and thing not in _LOOKS
        for column in source.columns
    )


def _measure(index: int, column: Column, timeline: Timeline | None, *, repeated: bool = True) -> Metric:
    """Returns the metric of a measure; `repeated` if the same things are observed on several dates."""
    name = quoting.name(column.name)
    value = f"{name} * {column.scale!r}" if column.scale != 1 else name
    total = Metric(
        key=f"m{index}",
        noun=column_noun(index),
        label=column.label,
        sql=f"sum({value})",
        unit=unit_of(column),
        present=f"{name} IS NOT NULL",
        additive=True,
        flow=column.additivity is Additivity.FLOW or not repeated,  # of things that come once
        column=index,
        value=value,
    )
    if column.additivity is Additivity.RATE:
        return _mean(total, column, timeline)
    if column.additivity is Additivity.STOCK and timeline is not None and repeated:
        # A level is summed over groups, and averaged over dates.
        return replace(total, sql=f"sum({value}) / count(DISTINCT {timeline.sql})")
    return total


def _mean(total: Metric, column: Column, timeline: Timeline | None) -> Metric:
    unit = total.unit
    prefix = "average " if _is_pooled(timeline) and not _says_average(column) else ""
    prefix = "share of " if is_outcome(column) else prefix
    return replace(
        total,
        noun=prefix + total.noun,
        label=prefix + total.label,
        sql=f"avg({total.value})",
        unit=unit.model_copy(update={"format": ValueFormat.NUMBER}) if unit == COUNT else unit,
        additive=False,
        ratio_scale=not {"temperature", "°c", "°f"} & set(column.label.lower().split()),
    )


def _is_pooled(timeline: Timeline | None) -> bool:
    """True if values are averaged at all: not with one row a period, unless days are pooled."""
    return timeline is None or timeline.rows_per_date > 1 or timeline.chart_grain() != timeline.grain


def is_outcome(column: Column) -> bool:
    """True if its 0 and 1 tell what happened."""
    return column.symbol == "%" and column.type == "BIGINT" and column.distinct <= 2


def _says_average(column: Column) -> bool:
    return column.label.lower().startswith(("average", "mean", "median"))


def unit_of(column: Column) -> Unit:
    if column.symbol == "%":
        return PERCENT
    if column.symbol in CURRENCY_CODES:
        return Unit(format=ValueFormat.CURRENCY, symbol=column.symbol)
    if column.type == "BIGINT" and not column.symbol:
        return COUNT
    return Unit(format=ValueFormat.NUMBER, symbol=column.symbol)
