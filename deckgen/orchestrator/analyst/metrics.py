"""Metrics: what can be counted in a table, and how, so that nothing is summed that must not be."""

from dataclasses import dataclass

from deckgen.domain.datasets import Additivity, Column, Role, Source
from deckgen.domain.display import COUNT, PERCENT, Format, Unit
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.names import CURRENCY_CODES
from deckgen.orchestrator.analyst.timeline import PLURALS, Timeline

# What consists of lines: several rows with one id are parts of one order, not several users.
_WITH_LINES = frozenset({"order", "invoice", "transaction", "receipt", "basket", "sale", "booking"})


@dataclass(frozen=True)
class Metric:
    """A number for any set of rows. `noun` is what to call it in a sentence, `label` in plain words."""

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
    ratio_scale: bool = True  # whether "twice as much" makes sense: not for a temperature

    @property
    def subject(self) -> Text:
        """The noun at the start of a sentence."""
        if self.noun.startswith("{{c"):
            return "{{C" + self.noun[3:]
        return self.noun[0].upper() + self.noun[1:]


def metrics_of(source: Source, timeline: Timeline | None) -> list[Metric]:
    """The count of rows and of identified things, then each measure in the order of the table."""
    measures = [
        _measure(index, column, timeline)
        for index, column in enumerate(source.columns)
        if column.role is Role.MEASURE and column.distinct > 0
    ]
    return [rows_metric(source, timeline), *_things(source), *measures]


def rows_metric(source: Source, timeline: Timeline | None) -> Metric:
    noun = row_noun(source, timeline)
    return Metric("rows", noun, noun, "count(*)", COUNT, "", additive=True, flow=True)


def row_noun(source: Source, timeline: Timeline | None) -> str:
    """What a row is, in the plural: orders, order lines, days, or just rows."""
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
    """Distinct values of an id that several rows share: orders in a table of order lines."""
    found = []
    for index, column in enumerate(source.columns):
        thing = _thing(column) if column.role is Role.ID else None
        if thing and 1 < column.distinct < 0.99 * source.rows:
            name = sql.name(column.name)
            count, noun = f"count(DISTINCT {name})", _plural(thing)
            found.append(
                Metric(
                    f"things{index}",
                    noun,
                    noun,
                    count,
                    COUNT,
                    "",
                    False,
                    flow=True,
                    column=index,
                    one=thing,
                )
            )
    return found


def _thing(column: Column) -> str | None:
    """`order_id` is about an order; None if the name does not say, or not in plain letters."""
    words = column.label.lower().split()
    if len(words) == 2 and words[1] in ("id", "number", "key", "code") and words[0].isalpha():
        return words[0]
    return None


def _plural(thing: str) -> str:
    if thing.endswith("y") and thing[-2:-1] not in tuple("aeiou"):
        return thing[:-1] + "ies"
    return thing + ("es" if thing.endswith(("s", "x", "ch", "sh")) else "s")


def _measure(index: int, column: Column, timeline: Timeline | None) -> Metric:
    name = sql.name(column.name)
    value = f"{name} * {column.scale!r}" if column.scale != 1 else name
    present = f"{name} IS NOT NULL"
    reference = f"{{{{c{index}}}}}"
    unit = unit_of(column)
    ratio_scale = not {"temperature", "°c", "°f"} & set(column.label.lower().split())
    if column.additivity is Additivity.RATE:
        mean = unit.model_copy(update={"format": Format.NUMBER}) if unit == COUNT else unit
        # A single value is no average: with one row a period there is none, unless days are pooled.
        pooled = (
            timeline is None or timeline.rows_per_date > 1 or timeline.chart_grain() != timeline.grain
        )
        averaged = pooled and not _says_extreme(column)
        noun, label = ("average ", "average ") if averaged else ("", "")
        noun, label = noun + reference, label + column.label
        return Metric(
            f"m{index}",
            noun,
            label,
            f"avg({value})",
            mean,
            present,
            additive=False,
            flow=False,
            column=index,
            value=value,
            ratio_scale=ratio_scale,
        )
    total = f"sum({value})"
    if column.additivity is Additivity.STOCK and timeline is not None:
        total = f"sum({value}) / count(DISTINCT {timeline.sql})"
        return Metric(
            f"m{index}", reference, column.label, total, unit, present, True, False, index, value
        )
    return Metric(
        f"m{index}",
        reference,
        column.label,
        total,
        unit,
        present,
        True,
        column.additivity is Additivity.FLOW,
        index,
        value,
    )


def _says_extreme(column: Column) -> bool:
    return column.label.lower().startswith(("average", "mean", "median"))


def unit_of(column: Column) -> Unit:
    if column.symbol == "%":
        return PERCENT
    if column.symbol in CURRENCY_CODES:
        return Unit(format=Format.CURRENCY, symbol=column.symbol)
    if column.type == "BIGINT" and not column.symbol:
        return COUNT
    return Unit(format=Format.NUMBER, symbol=column.symbol)
