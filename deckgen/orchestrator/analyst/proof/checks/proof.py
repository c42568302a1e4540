"""Proof: every fact, chart and table is computed again, with every display form."""

import math
from collections.abc import Iterator
from typing import Any

import duckdb

from deckgen.domain.blocks import Kpis, Table, Trend
from deckgen.domain.charts import Annotation, Chart
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.errors import UnreadableData
from deckgen.domain.facts import Fact, Sign, fact_display, references
from deckgen.domain.formatting.display import Formatter, Value
from deckgen.orchestrator.analyst.facts.fact_book import plain
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.sql.allowlist import QueryRefused

TOLERANCE = 1e-9


def facts(deck: Deck, table: DataTable | None) -> Iterator[str]:
    """Yields the facts whose value, rows or display form the data do not give."""
    writes = deck.writes
    for fact in deck.facts:
        try:
            yield from of_fact(fact, writes, table)
        except UnreadableData as error:
            yield f"{fact.id}: {_refusal(error)}"


def of_fact(fact: Fact, writes: Formatter, table: DataTable | None) -> Iterator[str]:
    """Yields problems of one fact. UnreadableData beyond the limits of time and memory."""
    if table is None:
        yield f"{fact.id}: there are no data"
        return
    yield from _display(fact, writes)
    try:
        yield from _value(fact, table)
        yield from _rows(fact, table)
    except (duckdb.Error, QueryRefused) as error:
        yield f"{fact.id}: {_refusal(error)}"


def _value(fact: Fact, table: DataTable) -> Iterator[str]:
    rows = table.prove(fact.sql)
    if [len(row) for row in rows] != [1] or not same(plain(rows[0][0]), fact.value):
        computed = ", ".join(repr(value) for row in rows[:3] for value in row) or "nothing"
        yield f"{fact.id}: {fact.value!r} is said, the data give {computed}"


def _refusal(error: Exception) -> str:
    """Returns why a query gives nothing over these data."""
    return f"its query does not run: {(str(error).splitlines() or ['no reason is given'])[0]}"


def _display(fact: Fact, writes: Formatter) -> Iterator[str]:
    expected = fact_display(fact.value, fact.unit, fact.sign, writes)
    if fact.display != expected:
        yield f"{fact.id}: it reads {fact.display!r}, and its value is said {expected!r}"


def _rows(fact: Fact, table: DataTable) -> Iterator[str]:
    rows = table.prove(f"SELECT count(*) FROM data{quoting.where(fact.where)}")[0][0]
    if rows != fact.rows:
        yield f"{fact.id}: it is said to rest on {fact.rows} rows, the data have {rows}"


def charts(deck: Deck, table: DataTable | None) -> Iterator[str]:
    """Yields the charts and tables that differ from the results of their queries."""
    for slide in deck.slides:
        try:
            yield from of_slide(slide, table)
        except UnreadableData as error:
            yield f"{slide.id}: {_refusal(error)}"


def of_slide(slide: Slide, table: DataTable | None) -> Iterator[str]:
    """Yields problems of a slide's charts and tables. UnreadableData beyond the limits."""
    for block in slide.blocks:
        if isinstance(block, Chart):
            yield from _chart(slide, block, table)
        elif isinstance(block, Table) and block.sql:
            yield from _result(slide, block, block.rows, table)
        elif isinstance(block, Kpis):
            for trend in (kpi.trend for kpi in block.items if kpi.trend):
                rows: list[list[Value]] = [[value] for value in trend.values]
                yield from _result(slide, trend, rows, table)


def _chart(slide: Slide, chart: Chart, table: DataTable | None) -> Iterator[str]:
    columns: list[list[Any]] = [chart.categories, *(series.values for series in chart.series)]
    if any(len(column) != len(chart.categories) for column in columns):
        yield f"{slide.id}: series of unequal length"
    else:
        yield from _result(slide, chart, [list(row) for row in zip(*columns, strict=True)], table)


def annotations(deck: Deck) -> Iterator[str]:
    """Yields what charts point at and their values do not give: places, lines and differences."""
    facts = {fact.id: fact for fact in deck.facts}
    for slide in deck.slides:
        for chart in (block for block in slide.blocks if isinstance(block, Chart)):
            for each in chart.annotations:
                if problem := _pointed(each, chart, facts):
                    yield f"{slide.id}: {problem}"


def _pointed(annotation: Annotation, chart: Chart, facts: dict[str, Fact]) -> str:
    cited = [facts[name] for name in references(annotation.text) if name in facts]
    places = range(len(chart.categories))
    if annotation.series not in range(len(chart.series)) or not set(annotation.at) <= set(places):
        return "something is pointed at that the chart does not have"
    if annotation.kind == "line":
        return "" if annotation.value in {fact.id for fact in cited} else "a line has another value"
    values = chart.series[annotation.series].values
    if annotation.kind == "callout":
        numbers = [fact for fact in cited if fact.unit.is_numeric]
        told = any(same(values[place], fact.value) for place in annotation.at for fact in numbers)
        return "" if told or not numbers else "words stand at another value"
    if annotation.kind != "difference":
        return ""
    old, new = (values[place] for place in (annotation.at[0], annotation.at[-1]))
    if old is None or new is None:
        return "a difference is drawn from what has no value"
    changes = [new - old, *([new / old - 1] if old else [])]
    held = any(same(_as_told(change, fact), fact.value) for change in changes for fact in cited)
    return "" if held else "a difference is not that of its values"


def _as_told(change: float, fact: Fact) -> float:
    """Returns a change as a fact tells it: with its sign, or its size alone."""
    return abs(change) if fact.sign is Sign.SIZE else change


def _result(
    slide: Slide, block: Chart | Table | Trend, shown: list[list[Value]], table: DataTable | None
) -> Iterator[str]:
    what = "course of a figure" if isinstance(block, Trend) else block.type
    try:
        if table is None or not _same_rows(shown, table.prove(block.sql)):
            yield f"{slide.id}: the {what} is not what its query gives"
    except (duckdb.Error, QueryRefused) as error:
        yield f"{slide.id}: the {what}: {_refusal(error)}"


def _same_rows(shown: list[list[Value]], rows: list[tuple[object, ...]]) -> bool:
    return len(shown) == len(rows) and all(
        len(shown_row) == len(row)
        and all(same(plain(b), a) for a, b in zip(shown_row, row, strict=True))
        for shown_row, row in zip(shown, rows, strict=True)
    )


def same(first: Value, second: Value) -> bool:
    """True if two values are equal but for the last digits of a float."""
    if isinstance(first, int | float) and isinstance(second, int | float):
        if isinstance(first, int) and isinstance(second, int):
            return first == second  # whole numbers may be larger than any float
        return math.isclose(first, second, rel_tol=TOLERANCE, abs_tol=1e-12)
    return first == second
