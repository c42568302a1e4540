"""The cells of a column of text, and their type: numbers, dates, times, or text.

A random sample selects the candidates; only one that fits the whole column counts.
"""

import re
from dataclasses import dataclass, replace

import duckdb

from deckgen.domain.uploads.lengths import LONGEST_READ
from deckgen.orchestrator.analyst.ingestion.plain import (
    LONGEST_MISSING,
    is_missing,
    is_padded,
    trimmed,
    word_in,
)
from deckgen.orchestrator.analyst.sql import quoting

# The share of a column's cells that has to fit for the column to have the type.
FIT = 0.95
# The share of a sample that has to fit for all cells to be tried: with 300 cells the chance of missing
# a type that 95 % of the column has is nil.
LIKELY = 0.5
_SAMPLE = 300
_MANY = 200_000
_LONGEST = 60  # characters of a number or a date
_TOO_LONG = "'…'"  # examined in place of a cell that is too long to be anything but text


@dataclass(frozen=True)
class Reading:
    """The way to read a column: `expression` is SQL that yields a value of `type` from the text `cell`,
    NULL if it doesn't fit; `notes` say what was decided. `misfits` says what a cell that doesn't fit is
    not ("numbers"), if there are some; `misfit` is SQL for it where the column stays text. `counted`
    are notes for one cell that fulfils a condition (SQL), and for several, with {} for their number.
    """

    type: str
    expression: str = "cell"
    symbol: str = ""
    notes: tuple[str, ...] = ()
    misfits: str = ""
    misfit: str = ""
    counted: tuple[tuple[str, str, str], ...] = ()

    def of(self, cell: str) -> str:
        """Returns the expression for another name of the cell."""
        return of_cell(self.expression, cell)


def of_cell(expression: str, cell: str) -> str:
    """Returns an expression (SQL of the text `cell`) for another name of the cell."""
    return re.sub(r"\bcell\b", lambda _: cell, expression)


TEXT = Reading("VARCHAR")


@dataclass(frozen=True)
class Cells:
    """The cells of one column that are not missing, trimmed.

    `source` is SQL for rows of (cell, n: its count). `touched` is true if cells of the column are words
    for no value or padded, `long` if some are too long to be examined; `word` is a word for no value.
    """

    con: duckdb.DuckDBPyConnection
    source: str
    touched: bool
    long: bool
    word: str | None

    def sample(self) -> "Sample":
        """Returns a few cells, frequent ones more probably (Efraimidis and Spirakis, 2006)."""
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT cell, n FROM {self.source} ORDER BY "
            f"-ln((hash(cell) % 1000000 + 0.5) / 1000000) / n, cell LIMIT {_SAMPLE}"
        )
        rows = self.con.execute("SELECT cell, n FROM sampled").fetchall()
        return Sample(self.con, "sampled", self.touched, self.long, self.word, rows)

    def with_text(self, text: str) -> "Cells":
        """Returns the cells with another text for each: SQL of the column `cell`."""
        if text == "cell":
            return self
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE texts AS SELECT {text} AS cell, n FROM {self.source}"
        )
        return replace(self, source="texts")

    def fits(self, conditions: list[str]) -> list[float]:
        """Returns the share of the cells for which each SQL condition holds."""
        counts = ", ".join(f"coalesce(sum(n) FILTER ({condition}), 0)" for condition in conditions)
        total, *matching = self.con.execute(f"SELECT sum(n), {counts} FROM {self.source}").fetchall()[0]
        return [float(count) / float(total) if total else 0.0 for count in matching]

    def fit(self, condition: str) -> float:
        return self.fits([condition])[0]


@dataclass(frozen=True)
class Sample(Cells):
    """Some of the cells of a column, in memory: their look decides which types are worth trying."""

    rows: list[tuple[str, int]]

    def share(self, pattern: re.Pattern[str]) -> float:
        """Returns the share of cells that match fully; very long ones don't, to save time."""
        total = sum(n for _, n in self.rows)
        matching = sum(n for cell, n in self.rows if len(cell) <= _LONGEST and pattern.fullmatch(cell))
        return matching / total if total else 0.0


def gather(con: duckdb.DuckDBPyConnection, column: str, rows: str) -> Cells:
    """Returns the cells of a column in `rows` (SQL), each once unless there are very many."""
    source = f"(SELECT {column} AS written, 1 AS n FROM {rows} WHERE {column} IS NOT NULL)"
    distinct = con.execute(f"SELECT approx_count_distinct({column}) FROM {rows}").fetchall()[0][0]
    if distinct <= _MANY:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE written AS SELECT written, sum(n)::BIGINT AS n "
            f"FROM {source} GROUP BY written"
        )
        source = "written"
    # The length is checked first, because that takes less time.
    missing = f"(length(written) <= {LONGEST_MISSING} AND {is_missing('written')})"
    odd = f"{is_padded('written')} OR {missing}"
    long = f"max(length(written)) > {LONGEST_READ}"
    touched, has_long = con.execute(
        f"SELECT coalesce(bool_or({odd}), false), coalesce({long}, false) FROM {source}"
    ).fetchall()[0]
    if has_long:
        source = f"(SELECT {unless_long('written', _TOO_LONG)} AS written, n FROM {source})"
    if not touched:
        cells = f"(SELECT written AS cell, n FROM {source})"
        return Cells(con, cells, touched=False, long=has_long, word=None)
    word = con.execute(f"SELECT {word_in('written')} FROM {source}").fetchall()[0][0]
    present_cells = (
        f"SELECT {trimmed('written')} AS cell, n FROM {source} WHERE NOT {is_missing('written')}"
    )
    return Cells(con, f"({present_cells})", touched=True, long=has_long, word=word)


def unless_long(text: str, otherwise: str = "NULL", value: str = "") -> str:
    """Returns SQL for the text, or a value read from it; `otherwise` if it is too long to be read."""
    return f"(CASE WHEN length({text}) <= {LONGEST_READ} THEN {value or text} ELSE {otherwise} END)"


def present(column: str) -> str:
    """Returns SQL for the trimmed cell, NULL for words for no value."""
    return f"(CASE WHEN NOT {is_missing(column)} THEN {trimmed(column)} END)"


def matches(text: str, pattern: str) -> str:
    """Returns SQL that is true if the whole text matches the regular expression."""
    return f"regexp_full_match({text}, {quoting.literal(pattern)})"


def replaced(text: str, pattern: str, replacement: str, *, everywhere: bool = False) -> str:
    """Returns SQL for the text with the first match of a regular expression (or each) replaced."""
    options = ", 'g'" if everywhere else ""
    return (
        f"regexp_replace({text}, {quoting.literal(pattern)}, {quoting.literal(replacement)}{options})"
    )
