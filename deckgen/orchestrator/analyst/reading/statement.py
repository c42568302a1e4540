"""Statements: tables with a line for each measure and a column for each period (revenue, costs and
margin by year). No two of their lines may be added up or averaged: each becomes a column.
"""

import re

import duckdb

from deckgen.orchestrator.analyst import role_words, sql
from deckgen.orchestrator.analyst.names import read_name, unique_names
from deckgen.orchestrator.analyst.reading.disguises import LoadedColumn

MAX_LINES = 60
_LINE_WORDS = (
    role_words.FLOW_WORDS
    | role_words.RATE_WORDS
    | role_words.STOCK_WORDS
    | {
        "ebit", "ebitda", "ebt", "depreciation", "amortisation", "amortization", "interest", "result",
        "equity", "liabilities", "cash", "capex", "opex", "personnel", "rent", "overhead", "gewinn",
        "ergebnis", "aufwand", "abschreibungen", "zinsen", "eigenkapital",
    }
)  # fmt: skip
_ALL_IN = re.compile(r"(?:all |amounts |figures |values |angaben )?in (.+)", re.IGNORECASE)


def turn_lines(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]
) -> tuple[list[LoadedColumn], list[str]]:
    """The columns of `data` afterwards, and what was done; nothing if its lines are of one measure.

    `columns` are those of a table that was turned long: the lines, the periods, the values.
    """
    if [column.type == "VARCHAR" for column in columns] != [True, False, False]:
        return columns, []
    found = con.execute(
        "SELECT c0, count(*), count(DISTINCT c1) FROM data GROUP BY c0 ORDER BY min(rowid)"
    )
    rows = found.fetchall()
    lines = [str(line) for line, _, _ in rows]
    once = all(line is not None and n == periods for line, n, periods in rows)
    if not once or not _are_measures(lines):
        return columns, []
    lead, axis, value = columns
    names = unique_names([axis.name, *(_with_unit(line, lead.name) for line in lines)])
    cells = ", ".join(
        f"any_value(c2) FILTER (c0 = {sql.literal(line)}) AS c{number}"
        for number, line in enumerate(lines, start=1)
    )
    con.execute(f"CREATE TABLE lines AS SELECT c1 AS c0, {cells} FROM data GROUP BY c1 ORDER BY c1")
    con.execute("DROP TABLE data")
    con.execute("ALTER TABLE lines RENAME TO data")
    turned = [
        LoadedColumn(names[0], axis.type),
        *(LoadedColumn(name, value.type) for name in names[1:]),
    ]
    return turned, ["Each row was a measure of its own: the rows were turned into columns"]


def _are_measures(lines: list[str]) -> bool:
    """Whether most of the lines are named as measures are: places and products are not."""
    named = [line for line in lines if _LINE_WORDS & set(read_name(line).words)]
    return (
        2 <= len(lines) <= MAX_LINES and len(named) > len(lines) / 2 and len(set(lines)) == len(lines)
    )


def _with_unit(line: str, lead: str) -> str:
    """With the unit that the first column says of all lines ("in EUR thousand"), but for rates."""
    said = _ALL_IN.fullmatch(lead.strip())
    if said is None or role_words.RATE_WORDS & set(read_name(line).words):
        return line
    return f"{line} ({said[1]})"
