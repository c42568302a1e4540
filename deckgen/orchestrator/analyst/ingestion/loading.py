"""The rows of a file as the table `data`, with columns c0, c1, ... in plain types or as text."""

import re
from dataclasses import dataclass

import duckdb

from deckgen.domain.errors import UnreadableData
from deckgen.orchestrator.analyst.ingestion.files import CsvBody
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
_SHORT = "deckgen: short"
_NO_TEXT = "\x01"  # no cell of a file is only this


@dataclass(frozen=True)
class Loaded:
    """The loaded columns: `header` has their names as written, `types` their types, `words` a word for
    no value that each holds, if one was noticed, `places` where they stand in the file.

    `rows` counts all rows, `longer` those with more cells than columns, `blank` the columns that had no
    name and no cell and were left out. `irregular`: lines may have another number of cells than the
    table, and `ragged`: some have.
    """

    header: list[str]
    types: list[str]
    words: list[str | None]
    longer: int
    blank: int
    irregular: bool
    ragged: bool
    rows: int
    places: list[int]


class IrregularError(Exception):
    """A line has not the cells of the table, or its quotation marks are not as they should be. The
    message is a sentence for whoever uploaded it, should nothing else help.
    """


def load(con: duckdb.DuckDBPyConnection, body: CsvBody, *, strict: bool = False) -> Loaded:
    """Fill `data` without blank rows, in the order of the file. Raises UnreadableData, and if `strict`
    IrregularError.
    """
    kinds, words = _fill(con, body, strict=strict)
    longer, short, rows = con.execute(
        f"SELECT count(extra) FILTER (extra <> '{_SHORT}'), count(extra), count(*) FROM data"
    ).fetchall()[0]
    irregular = short > 0 or (body.quoted and rows != body.lines)
    if rows == 0:
        raise UnreadableData(
            "The CSV has a header but no rows. Upload a table with at least one row.", code="no_rows"
        )
    con.execute("ALTER TABLE data DROP COLUMN extra")
    header = body.shape.header.names or [""] * len(kinds)
    blank = _blank(con, body.shape.header.names, kinds)
    kept_columns = [index for index in range(len(kinds)) if index not in blank]
    for index in blank:
        con.execute(f"ALTER TABLE data DROP COLUMN c{index}")
    for number, index in enumerate(kept_columns):
        if number != index:
            con.execute(f"ALTER TABLE data RENAME COLUMN c{index} TO c{number}")
    types = [kind.type if kind else "VARCHAR" for kind in (kinds[index] for index in kept_columns)]
    return Loaded(
        [header[index] for index in kept_columns],
        types,
        [words[index] for index in kept_columns],
        int(longer),
        len(blank),
        irregular,
        short > 0,
        int(rows),
        kept_columns,
    )


def _fill(
    con: duckdb.DuckDBPyConnection, body: CsvBody, *, strict: bool
) -> tuple[list[Plain | None], list[str | None]]:
    """Create `data` with the columns c0, c1, ... and extra; returns their plain types (None for text),
    and the words for no value that were noticed in them.
    """
    points = not says_decimal_comma(body.shape.rows, body.shape.separator)
    columns = range(body.shape.columns)
    guesses = [guess(body.shape.rows, index, points=points) for index in columns]
    words = [missing_word(body.shape.rows, index) for index in columns]
    try:
        try:
            _create(con, body, guesses, words, strict=strict)
        except duckdb.InvalidInputException as error:
            if _NOT_PLAIN not in str(error):
                raise
            guesses, words = _checked(con, body, guesses, words, strict=strict)
            _create(con, body, guesses, words, strict=strict)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        if strict:
            raise IrregularError(_why_not(str(error), body)) from error
        raise UnreadableData(_why_not(str(error), body), code="not_a_table") from error
    return guesses, words


def _why_not(error: str, body: CsvBody) -> str:
    """Returns what is wrong with a file that DuckDB gives up on, without quoting the file."""
    line = re.match(r".*\bLine: (\d+)", error)
    where = f"Line {body.places.line(int(line[1]) - 1):,}" if line else "A line"
    return (
        f"{where} of the CSV can't be read: it is longer than {MAX_LINE_BYTES // 1_000_000} MB, or it "
        "opens a quotation mark that is never closed. Correct or remove the line, and upload the file "
        "again."
    )


def _blank(
    con: duckdb.DuckDBPyConnection, header: list[str] | None, kinds: list[Plain | None]
) -> list[int]:
    """Returns the columns with neither name nor cell, which separators at the end of lines produce."""
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
    con: duckdb.DuckDBPyConnection,
    body: CsvBody,
    guesses: list[Plain | None],
    words: list[str | None],
    *,
    strict: bool,
) -> None:
    select_list = ", ".join(
        f"{_value(index, kind, word)} AS c{index}"
        for index, (kind, word) in enumerate(zip(guesses, words, strict=True))
    )
    filled = " OR ".join(f"trim(c{index}) <> ''" for index in range(len(guesses)))
    # A cell that is not there is NULL, one that is blank is a text (see _rows).
    extra = f"CASE WHEN extra <> '' THEN extra WHEN c{len(guesses) - 1} IS NULL THEN '{_SHORT}' END"
    con.execute(
        f"CREATE TABLE data AS SELECT {select_list}, {extra} AS extra FROM "
        f"(SELECT *{_values(guesses)} FROM {_rows(body, strict=strict)} WHERE {filled})"
    )


def _values(guesses: list[Plain | None]) -> str:
    """Returns SQL for the value v0 beside the text c0, and so on."""
    return "".join(f", {kind.value(f'c{i}')} AS v{i}" for i, kind in enumerate(guesses) if kind)


def _value(index: int, kind: Plain | None, word: str | None) -> str:
    """Returns SQL for the value of a cell; an error if the cell has text without a value, unless that
    is the known word for no value.
    """
    cell, value = f"c{index}", f"v{index}"
    if kind is None:
        return f"nullif({cell}, '')"
    nothing = is_missing(cell) if word else is_blank(cell)
    return (
        f"CASE WHEN {kind.check(cell, value)} THEN {value} "
        f"WHEN {cell} IS NULL OR {nothing} THEN NULL ELSE error('{_NOT_PLAIN}') END"
    )


def _checked(
    con: duckdb.DuckDBPyConnection,
    body: CsvBody,
    guesses: list[Plain | None],
    words: list[str | None],
    *,
    strict: bool,
) -> tuple[list[Plain | None], list[str | None]]:
    """Returns the guesses that hold for every cell of their columns, and the words for no value, even
    late ones, after one pass over all rows.
    """
    tests = ", ".join(
        _test(index, kind) if kind else "NULL, NULL" for index, kind in enumerate(guesses)
    )
    results = con.execute(
        f"SELECT {tests} FROM (SELECT *{_values(guesses)} FROM {_rows(body, strict=strict)})"
    ).fetchall()[0]
    kinds = [kind if holds else None for kind, holds in zip(guesses, results[::2], strict=True)]
    return kinds, [word or late for word, late in zip(words, results[1::2], strict=True)]


def _test(index: int, kind: Plain) -> str:
    cell, value = f"c{index}", f"v{index}"
    return (
        f"bool_and(coalesce({kind.check(cell, value)}, false) OR {is_missing(cell)}), {word_in(cell)}"
    )


def numbered_rows(body: CsvBody) -> str:
    """Returns SQL for the cells as text, with the `place` of each row: its rowid in `data` at first."""
    filled = " OR ".join(f"trim(c{index}) <> ''" for index in range(body.shape.columns))
    return (
        f"(SELECT *, row_number() OVER () - 1 AS place FROM "
        f"(SELECT * FROM {_rows(body, strict=False)} WHERE {filled}))"
    )


def _rows(body: CsvBody, *, strict: bool) -> str:
    """Returns SQL for all cells as text; `extra` is the first surplus cell, if there is one.

    A blank cell is an empty text, so that one that is not there can be told from it.
    """
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(body.shape.columns))
    return (
        f"read_csv({quoting.literal(str(body.file))}, delim={quoting.literal(body.shape.separator)}, "
        "quote='\"', escape='\"', header=false, auto_detect=false, null_padding=true, "
        f"strict_mode={strict}, parallel=false, max_line_size={MAX_LINE_BYTES}, nullstr='{_NO_TEXT}', "
        f"columns={{{columns}, 'extra': 'VARCHAR'}})"
    )
