"""The rows of a file as the table `data`, with columns c0, c1, ... in plain types or as text."""

import re
from dataclasses import dataclass

import duckdb

from deckgen.domain.errors import UnreadableData
from deckgen.orchestrator.analyst.ingestion.files import Body
from deckgen.orchestrator.analyst.ingestion.numbers import says_decimal_comma
from deckgen.orchestrator.analyst.ingestion.plain import (
    Plain,
    guess,
    is_blank,
    is_missing,
    missing_word,
    word_in,
)
from deckgen.orchestrator.analyst.sql import quoting

MAX_LINE_BYTES = 4_000_000
_NOT_PLAIN = "deckgen: not plain"


@dataclass(frozen=True)
class Loaded:
    """`header` holds the names of the columns as they are written, `types` what they were read as,
    `words` a word for no value that stood in each, if one was noticed; `longer` is how many rows had
    more cells than there are columns, `blank` how many columns had neither a name nor a cell and were
    left out.
    """

    header: list[str]
    types: list[str]
    words: list[str | None]
    longer: int
    blank: int


def load(con: duckdb.DuckDBPyConnection, body: Body) -> Loaded:
    """Fill `data` without blank rows, in the order of the file. Raises UnreadableData."""
    kinds, words = _fill(con, body)
    longer, rows = con.execute("SELECT count(extra), count(*) FROM data").fetchall()[0]
    if rows == 0:
        raise UnreadableData(
            "The CSV has a header but no rows. Upload a table with at least one row.", code="no_rows"
        )
    con.execute("ALTER TABLE data DROP COLUMN extra")
    header = body.shape.header.names or [""] * len(kinds)
    blank = _blank(con, body.shape.header.names, kinds)
    kept = [index for index in range(len(kinds)) if index not in blank]
    for index in blank:
        con.execute(f"ALTER TABLE data DROP COLUMN c{index}")
    for number, index in enumerate(kept):
        if number != index:
            con.execute(f"ALTER TABLE data RENAME COLUMN c{index} TO c{number}")
    types = [kind.type if kind else "VARCHAR" for kind in (kinds[index] for index in kept)]
    return Loaded(
        [header[index] for index in kept],
        types,
        [words[index] for index in kept],
        int(longer),
        len(blank),
    )


def _fill(con: duckdb.DuckDBPyConnection, body: Body) -> tuple[list[Plain | None], list[str | None]]:
    """Create `data` with the columns c0, c1, ... and extra; their plain types (None for text), and
    words for no value that were noticed in them.
    """
    points = not says_decimal_comma(body.shape.rows, body.shape.separator)
    columns = range(body.shape.columns)
    guesses = [guess(body.shape.rows, index, points=points) for index in columns]
    words = [missing_word(body.shape.rows, index) for index in columns]
    try:
        try:
            _create(con, body, guesses, words)
        except duckdb.InvalidInputException as error:
            if _NOT_PLAIN not in str(error):
                raise
            guesses, words = _checked(con, body, guesses, words)
            _create(con, body, guesses, words)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise UnreadableData(_why_not(str(error), body), code="not_a_table") from error
    return guesses, words


def _why_not(error: str, body: Body) -> str:
    """What is wrong with a file that DuckDB gives up on, without a word of the file."""
    line = re.match(r".*\bLine: (\d+)", error)
    where = f"Line {int(line[1]) + body.shape.header.rows:,}" if line else "A line"
    return (
        f"{where} of the CSV can't be read: it is longer than {MAX_LINE_BYTES // 1_000_000} MB, or a "
        "quotation mark that opens in it is never closed. Mend or remove the line, and upload it again."
    )


def _blank(
    con: duckdb.DuckDBPyConnection, header: list[str] | None, kinds: list[Plain | None]
) -> list[int]:
    """Columns with neither a name nor a cell: separators at the end of each line make some."""
    if header is None:
        return []
    nameless = [i for i, kind in enumerate(kinds) if kind is None and not header[i].strip()]
    if not nameless:
        return []
    counts = con.execute(f"SELECT {', '.join(f'count(c{i})' for i in nameless)} FROM data").fetchall()[
        0
    ]
    return [index for index, count in zip(nameless, counts, strict=True) if count == 0]


def _create(
    con: duckdb.DuckDBPyConnection, body: Body, guesses: list[Plain | None], words: list[str | None]
) -> None:
    said = ", ".join(
        f"{_value(index, kind, word)} AS c{index}"
        for index, (kind, word) in enumerate(zip(guesses, words, strict=True))
    )
    filled = " OR ".join(f"trim(c{index}) <> ''" for index in range(len(guesses)))
    con.execute(
        f"CREATE TABLE data AS SELECT {said}, extra FROM "
        f"(SELECT *{_values(guesses)} FROM {_rows(body)} WHERE {filled})"
    )


def _values(guesses: list[Plain | None]) -> str:
    """SQL: next to the text c0 its value v0, and so on."""
    return "".join(f", {kind.value(f'c{i}')} AS v{i}" for i, kind in enumerate(guesses) if kind)


def _value(index: int, kind: Plain | None, word: str | None) -> str:
    """SQL: the value of a cell; an error if there is none and the cell says something, be it a word for
    no value that was not known of.
    """
    cell, value = f"c{index}", f"v{index}"
    if kind is None:
        return cell
    nothing = is_missing(cell) if word else is_blank(cell)
    return (
        f"CASE WHEN {kind.check(cell, value)} THEN {value} "
        f"WHEN {cell} IS NULL OR {nothing} THEN NULL ELSE error('{_NOT_PLAIN}') END"
    )


def _checked(
    con: duckdb.DuckDBPyConnection, body: Body, guesses: list[Plain | None], words: list[str | None]
) -> tuple[list[Plain | None], list[str | None]]:
    """The guesses that hold for every cell of their columns, and words for no value, also those that
    come late: all looked at in one pass.
    """
    tests = ", ".join(
        _test(index, kind) if kind else "NULL, NULL" for index, kind in enumerate(guesses)
    )
    found = con.execute(
        f"SELECT {tests} FROM (SELECT *{_values(guesses)} FROM {_rows(body)})"
    ).fetchall()[0]
    kinds = [kind if holds else None for kind, holds in zip(guesses, found[::2], strict=True)]
    return kinds, [word or late for word, late in zip(words, found[1::2], strict=True)]


def _test(index: int, kind: Plain) -> str:
    cell, value = f"c{index}", f"v{index}"
    return (
        f"bool_and(coalesce({kind.check(cell, value)}, false) OR {is_missing(cell)}), {word_in(cell)}"
    )


def _rows(body: Body) -> str:
    """SQL: all cells as text; `extra` is the first cell too many, if there is one."""
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(body.shape.columns))
    return (
        f"read_csv({quoting.literal(str(body.file))}, delim={quoting.literal(body.shape.separator)}, "
        "quote='\"', escape='\"', header=false, auto_detect=false, null_padding=true, "
        f"strict_mode=false, parallel=false, max_line_size={MAX_LINE_BYTES}, "
        f"columns={{{columns}, 'extra': 'VARCHAR'}})"
    )
