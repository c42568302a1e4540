"""Units: a number has the unit of the column that it comes from."""

import re
from collections.abc import Iterator

from deckgen.domain.charts import Chart
from deckgen.domain.datasets import Column, Role
from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact, FactRelation
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.sql import quoting

_TOTAL = re.compile(
    r'SELECT (?:sum|avg|min|max)\((?P<column>"(?:[^"]|"")+")(?: \* [\d.e+-]+)?\) FROM data\b'
)
_COUNT = re.compile(r"SELECT count\(\*\) FROM ")
# The time between two dates, in seconds, is divided so.
_ELAPSED = {"days": ") / 86400", "hours": ") / 3600", "minutes": ") / 60"}


def problems(deck: Deck) -> Iterator[str]:
    """Yields the facts and chart series whose unit is that of no column that their query reads."""
    columns = deck.source.columns if deck.source else []
    for fact in deck.facts:
        if problem := _problem(fact.unit, fact.sql, columns) or _of_relation(fact):
            yield f"{fact.id}: {problem}"
    for slide in deck.slides:
        for block in slide.blocks:
            if not isinstance(block, Chart):
                continue
            for series in block.series:
                if problem := _problem(series.unit, block.sql, columns):
                    yield f"{slide.id}: {problem}"


def _of_relation(fact: Fact) -> str:
    """Returns what is wrong with the unit of a share or of a growth, which are in percent."""
    relation = fact.about.relation if fact.about else None
    in_percent = (FactRelation.SHARE, FactRelation.GROWTH)
    if relation in in_percent and fact.unit.format is not ValueFormat.PERCENT:
        return f"“{fact.label}” is not measured in {fact.unit.symbol or fact.unit.format}"
    return ""


def _is_ratio(query: str) -> bool:
    """True if it is computed like a relative change: SELECT (...) / (...) - 1."""
    ends = query.startswith("SELECT (") and query.endswith(") - 1")
    return ends and ") / (" in query[len("SELECT (") + 1 : -len(") - 1") - 1]


def _problem(unit: Unit, query: str, columns: list[Column]) -> str:
    columns_in_use = [column for column in columns if quoting.name(column.name) in query]
    if unit.format in (ValueFormat.CURRENCY, ValueFormat.NUMBER) and unit.symbol:
        known_units = {unit_of(column) for column in columns_in_use if column.role is Role.MEASURE}
        elapsed = _ELAPSED.get(unit.symbol)
        if elapsed and "epoch(" in query and elapsed in query:
            return ""
        if unit.symbol not in {candidate.symbol for candidate in known_units}:
            return f"nothing that its query reads is in {unit.symbol}"
    if _COUNT.match(query) and unit.format is not ValueFormat.COUNT:
        return f"a count of rows is not measured in {unit.symbol or unit.format}"
    if _is_ratio(query) and unit.format is not ValueFormat.PERCENT:
        return f"a relative change is not measured in {unit.symbol or unit.format}"
    total = _TOTAL.match(query)
    measure = next(
        (
            candidate
            for candidate in columns_in_use
            if total and quoting.name(candidate.name) == total["column"]
        ),
        None,
    )
    if measure is None or measure.role is not Role.MEASURE or measure.additivity is None:
        return ""
    measure_unit = unit_of(measure)
    if measure_unit.symbol != unit.symbol or (measure_unit.format is ValueFormat.PERCENT) != (
        unit.format is ValueFormat.PERCENT
    ):
        return f"“{measure.label}” is not measured in {unit.symbol or unit.format}"
    return ""
