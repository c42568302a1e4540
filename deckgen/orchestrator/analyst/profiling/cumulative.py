"""Cumulative columns: running totals and readings of meters, which only ever grow."""

from deckgen.domain.datasets import Role
from deckgen.orchestrator.analyst.ingestion.table import DataTable, LoadedColumn
from deckgen.orchestrator.analyst.lexicon import role_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import Name
from deckgen.orchestrator.analyst.profiling.roles import CellFacts, words_of
from deckgen.orchestrator.analyst.sql import quoting

MIN_STEPS, MAX_GROUPINGS = 12, 6
LOOK_AT = 100_000  # rows, which are enough: a column that only grows does so in any part of them
WHY = (
    "its name says total or reading and it only ever grows, so it is cumulative: never summed over time"
)


def only_grows(
    table: DataTable, place: int, names: list[Name], cells: list[CellFacts], roles: list[Role]
) -> bool:
    """True if the name of a column allows it and its values never fall from one date to the next,
    either in the whole table or within each group of one of its dimensions (a country, a meter).
    """
    column = table.columns[place]
    if not words_of(names[place]) & of.GROWING_WORDS or cells[place].distinct < 3:
        return False
    date = next((c for c, role in zip(table.columns, roles, strict=True) if _is_date(c, role)), None)
    if date is None:
        return False
    groups = [
        quoting.name(other.name)
        for other, facts, role in zip(table.columns, cells, roles, strict=True)
        if role.forms_groups and facts.distinct > 1
    ]
    return any(_grows(table, column, date, by) for by in ["", *groups[:MAX_GROUPINGS]])


def _is_date(column: LoadedColumn, role: Role) -> bool:
    return role is Role.TIME and column.type in ("DATE", "TIMESTAMP", "BIGINT")


def _grows(table: DataTable, column: LoadedColumn, date: LoadedColumn, by: str) -> bool:
    value, partition = quoting.name(column.name), f"PARTITION BY {by} " if by else ""
    steps, falls, rises = table.one(
        f"SELECT count(*), count(*) FILTER (d < 0), count(*) FILTER (d > 0) FROM (SELECT {value} - "
        f"lag({value}) OVER ({partition}ORDER BY {quoting.name(date.name)}, {value}) AS d "
        f"FROM (SELECT * FROM data LIMIT {LOOK_AT}) WHERE {value} IS NOT NULL) WHERE d IS NOT NULL"
    )
    return bool(steps >= MIN_STEPS and falls == 0 and rises * 2 >= steps)
