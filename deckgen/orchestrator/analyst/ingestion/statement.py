"""Statements: tables with a line for each measure and a column for each period (revenue, costs and
margin by year). Their lines may not be added up or averaged, so each becomes a column.
"""

import re

import duckdb

from deckgen.domain.uploads.headers import UNIT_LABELS
from deckgen.domain.uploads.lengths import is_long
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.title_units import with_unit
from deckgen.orchestrator.analyst.lexicon import role_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name, unique_names
from deckgen.orchestrator.analyst.sql import quoting

MAX_LINES = 60
NOTE = "Each row was a measure of its own: the rows were turned into columns"
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


def lines_to_columns(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], unit_of_all: str
) -> tuple[list[LoadedColumn], list[str]]:
    """Turn lines into columns; returns the columns of `data` and notes, none if nothing was done.

    `columns` are those of an unpivoted table: the lines, perhaps their units, the periods, the values.
    `unit_of_all` is the unit that the titles say, "" if they say none.
    """
    *leads, axis, value = columns
    with_units = len(leads) == 2 and leads[1].name.lower() in UNIT_LABELS
    if [column.type for column in leads] != ["VARCHAR"] * (2 if with_units else 1):
        return columns, []
    unit, period, cell = ("c1" if with_units else "NULL"), f"c{len(leads)}", f"c{len(leads) + 1}"
    rows = con.execute(
        f"SELECT c0, any_value({unit}), count(*), count(DISTINCT {period}) FROM data GROUP BY c0 "
        "ORDER BY min(rowid)"
    ).fetchall()
    once = all(line is not None and count == periods for line, _, count, periods in rows)
    if not once or not _are_measures([line for line, *_ in rows]):
        return columns, []
    _rewrite(con, [line for line, *_ in rows], period, cell)
    line_names = [
        with_unit(_with_unit(line, unit, leads[0].name), unit_of_all) for line, unit, *_ in rows
    ]
    names = unique_names([axis.name, *line_names])
    line_columns = [LoadedColumn(name, value.type) for name in names[1:]]
    return [LoadedColumn(names[0], axis.type), *line_columns], [NOTE]


def _rewrite(con: duckdb.DuckDBPyConnection, lines: list[str], period: str, cell: str) -> None:
    """Rewrite `data` with a row for each period, which has a cell for each line."""
    cells = ", ".join(
        f"any_value({cell}) FILTER (c0 = {quoting.literal(line)}) AS c{number}"
        for number, line in enumerate(lines, start=1)
    )
    con.execute(
        f"CREATE TABLE lines AS SELECT {period} AS c0, {cells} FROM data GROUP BY {period} ORDER BY 1"
    )
    con.execute("DROP TABLE data")
    con.execute("ALTER TABLE lines RENAME TO data")


def _are_measures(lines: list[str]) -> bool:
    """True if most of the lines have names of measures, which places and products have not."""
    measures = [line for line in lines if _LINE_WORDS & set(read_name(line).words)]
    return (
        2 <= len(lines) <= MAX_LINES
        and len(measures) > len(lines) / 2
        and len(set(lines)) == len(lines)
    )


def _with_unit(line: str, unit: str | None, lead: str) -> str:
    """Returns a line with its own unit, or, unless it is a rate, with the one that the first column's
    name gives all lines ("in EUR thousand").
    """
    common_unit = None if is_long(lead) else _ALL_IN.fullmatch(lead.strip())
    if unit is None and common_unit and not role_words.RATE_WORDS & set(read_name(line).words):
        unit = common_unit[1]
    return f"{line} ({unit})" if unit else line
