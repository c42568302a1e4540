"""Facts, charts and tables of a deck computed by their own queries over another table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import duckdb

from deckgen.domain.blocks import Block, Kpi, Kpis, Table
from deckgen.domain.charts import Annotation, Chart
from deckgen.domain.errors import UnreadableData
from deckgen.domain.facts import Fact, fact_display
from deckgen.domain.formatting.display import Formatter, Value
from deckgen.orchestrator.analyst.facts.fact_book import plain
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.sql.allowlist import QueryRefused

T = TypeVar("T")

NO_ROWS = "the table has no rows for it"
NO_VALUE = "the table gives no value for it"


class NotGiven(Exception):
    """The table can't give what a query asks; the message says why."""


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, QueryRefused, UnreadableData) as error:
        first = (str(error).splitlines() or ["no reason is given"])[0]
        raise NotGiven(f"its query gives nothing over this table: {first}") from None


def fact(old: Fact, table: DataTable, writes: Formatter) -> Fact:
    """Returns a fact with the value that its query has over a table. NotGiven if it has none."""
    with _said():
        rows = table.prove(old.sql)
        counting = f"SELECT count(*) FROM data{quoting.where(old.where)}"  # noqa: S608 - it is checked
        (count,) = table.prove(counting)[0]
    if [len(row) for row in rows] != [1] or plain(rows[0][0]) is None:
        raise NotGiven(NO_ROWS if not count else NO_VALUE)
    if old.rows and not count:
        raise NotGiven(NO_ROWS)
    value = plain(rows[0][0])
    display = fact_display(value, old.unit, old.sign, writes)
    return old.model_copy(update={"value": value, "rows": count, "display": display})


def block(old: Block, table: DataTable) -> Block:
    """Returns a block with what its query has over a table. NotGiven if it has nothing."""
    match old:
        case Chart():
            return _chart(old, table)
        case Table() if old.sql:
            return old.model_copy(update={"rows": _rows(old.sql, table)})
        case Kpis():
            return old.model_copy(update={"items": [_kpi(each, table) for each in old.items]})
    return old


def _rows(sql: str, table: DataTable) -> list[list[Value]]:
    with _said():
        return [[plain(value) for value in row] for row in table.prove(sql)]


def _kpi(old: Kpi, table: DataTable) -> Kpi:
    if old.trend is None:
        return old
    values = [row[0] for row in _rows(old.trend.sql, table)]
    return old.model_copy(update={"trend": old.trend.model_copy(update={"values": values})})


def _chart(old: Chart, table: DataTable) -> Chart:
    rows = _rows(old.sql, table)
    if not rows or any(len(row) != len(old.series) + 1 for row in rows):
        raise NotGiven(NO_ROWS)
    names, columns = [row[0] for row in rows], list(zip(*rows, strict=True))[1:]
    series = [
        each.model_copy(update={"values": list(values)})
        for each, values in zip(old.series, columns, strict=True)
    ]
    moved = _moved(old.categories, names)
    changes = {
        "categories": names,
        "series": series,
        "highlight": moved(old.highlight),
        "partial": moved(old.partial),
        "annotations": [each for one in old.annotations for each in _annotation(one, moved)],
    }
    return old.model_copy(update=changes)


def _moved(before: list[Value], after: list[Value]) -> Callable[[list[int]], list[int]]:
    """Returns what gives the new numbers of categories by their old ones; some may be gone."""

    def moved(places: list[int]) -> list[int]:
        names = [before[place] for place in places if place < len(before)]
        return [after.index(name) for name in names if name in after]

    return moved


def _annotation(old: Annotation, moved: Callable[[list[int]], list[int]]) -> Iterator[Annotation]:
    places = moved(old.at)
    if len(places) == len(old.at):
        yield old.model_copy(update={"at": places})
