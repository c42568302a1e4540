"""The cells of a column of text, and what they turn out to be: numbers, dates, times, or text.

A random sample says what to try; only what fits all cells of the column counts.
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

# What share of a column's cells has to fit for the column to have the type.
FIT = 0.95
# What share of a sample has to fit for all cells to be tried: with 300 cells the chance to miss a type
# that 95 % of the column has is nil.
LIKELY = 0.5
_SAMPLE = 300
_MANY = 200_000
_LONGEST = 60  # characters of a number or a date
_TOO_LONG = "'…'"  # looked at in place of a cell that is too long to be anything but text


@dataclass(frozen=True)
class Reading:
    """`expression` is SQL that yields a value of `type` from the text `cell`, NULL if it doesn't fit;
    `notes` say what was decided.
    """

    type: str
    expression: str = "cell"
    symbol: str = ""
    notes: tuple[str, ...] = ()

    def of(self, cell: str) -> str:
        """The expression for another name of the cell."""
        return re.sub(r"\bcell\b", lambda _: cell, self.expression)


TEXT = Reading("VARCHAR")


@dataclass(frozen=True)
class Cells:
    """The cells of one column that are not missing, without blanks around them.

    `source` is SQL for rows of (cell, n: how often). `touched` says whether cells of the column are
    words for nothing or have blanks around them, `long` whether some are too long to be looked at;
    `word` is such a word.
    """

    con: duckdb.DuckDBPyConnection
    source: str
    touched: bool
    long: bool
    word: str | None

    def sample(self) -> "Sample":
        """A few of them, the frequent ones more probably (Efraimidis and Spirakis, 2006)."""
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT cell, n FROM {self.source} ORDER BY "
            f"-ln((hash(cell) % 1000000 + 0.5) / 1000000) / n, cell LIMIT {_SAMPLE}"
        )
        rows = self.con.execute("SELECT cell, n FROM sampled").fetchall()
        return Sample(self.con, "sampled", self.touched, self.long, self.word, rows)

    def with_text(self, text: str) -> "Cells":
        """With another text for each: SQL of the column `cell`."""
        if text == "cell":
            return self
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE texts AS SELECT {text} AS cell, n FROM {self.source}"
        )
        return replace(self, source="texts")

    def fits(self, conditions: list[str]) -> list[float]:
        """For what share of the cells each SQL condition holds."""
        counts = ", ".join(f"coalesce(sum(n) FILTER ({condition}), 0)" for condition in conditions)
        total, *held = self.con.execute(f"SELECT sum(n), {counts} FROM {self.source}").fetchall()[0]
        return [float(count) / float(total) if total else 0.0 for count in held]

    def fit(self, condition: str) -> float:
        return self.fits([condition])[0]


@dataclass(frozen=True)
class Sample(Cells):
    """Some of the cells of a column, in hand: what they look like says what is worth to be tried."""

    rows: list[tuple[str, int]]

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of cells that match wholly; very long ones don't, so that it takes no time."""
        total = sum(n for _, n in self.rows)
        found = sum(n for cell, n in self.rows if len(cell) <= _LONGEST and pattern.fullmatch(cell))
        return found / total if total else 0.0


def gather(con: duckdb.DuckDBPyConnection, column: str, rows: str) -> Cells:
    """The cells of a column in `rows` (SQL): each distinct one once, unless there are very many."""
    written = f"(SELECT {column} AS written, 1 AS n FROM {rows} WHERE {column} IS NOT NULL)"
    distinct = con.execute(f"SELECT approx_count_distinct({column}) FROM {rows}").fetchall()[0][0]
    if distinct <= _MANY:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE written AS SELECT written, sum(n)::BIGINT AS n "
            f"FROM {written} GROUP BY written"
        )
        written = "written"
    # The length is looked at first, because it takes less time.
    missing = f"(length(written) <= {LONGEST_MISSING} AND {is_missing('written')})"
    odd = f"{is_padded('written')} OR {missing}"
    long = f"max(length(written)) > {LONGEST_READ}"
    touched, has_long = con.execute(
        f"SELECT coalesce(bool_or({odd}), false), coalesce({long}, false) FROM {written}"
    ).fetchall()[0]
    if has_long:
        written = f"(SELECT {unless_long('written', _TOO_LONG)} AS written, n FROM {written})"
    if not touched:
        source = f"(SELECT written AS cell, n FROM {written})"
        return Cells(con, source, touched=False, long=has_long, word=None)
    word = con.execute(f"SELECT {word_in('written')} FROM {written}").fetchall()[0][0]
    kept = f"SELECT {trimmed('written')} AS cell, n FROM {written} WHERE NOT {is_missing('written')}"
    return Cells(con, f"({kept})", touched=True, long=has_long, word=word)


def unless_long(text: str, otherwise: str = "NULL", value: str = "") -> str:
    """SQL: the text, or a value that is read from it; another one where it is too long to be read."""
    return f"(CASE WHEN length({text}) <= {LONGEST_READ} THEN {value or text} ELSE {otherwise} END)"


def present(column: str) -> str:
    """SQL: the cell without blanks around it, NULL for words that stand for nothing."""
    return f"(CASE WHEN NOT {is_missing(column)} THEN {trimmed(column)} END)"


def matches(text: str, pattern: str) -> str:
    """SQL: the whole text matches the regular expression."""
    return f"regexp_full_match({text}, {quoting.literal(pattern)})"


def replaced(text: str, pattern: str, by: str, *, everywhere: bool = False) -> str:
    """SQL: the text with the first match of a regular expression (or each) replaced."""
    options = ", 'g'" if everywhere else ""
    return f"regexp_replace({text}, {quoting.literal(pattern)}, {quoting.literal(by)}{options})"
