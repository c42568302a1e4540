"""A Parquet file as the table `data`, with its types mapped to the few that the analyst knows."""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from deckgen.domain.errors import UnreadableData
from deckgen.domain.overrides import CountCopies
from deckgen.domain.uploads.file_kinds import broken_parquet
from deckgen.domain.uploads.headers import MISSING
from deckgen.domain.uploads.sniff import MAX_COLUMNS
from deckgen.orchestrator.analyst.ingestion.columns import READ_AS_MISSING
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn, Note, decode_values
from deckgen.orchestrator.analyst.ingestion.reader import Contents, finish, joined_notes
from deckgen.orchestrator.analyst.lexicon.column_names import unique_names
from deckgen.orchestrator.analyst.sql import limits, quoting

SMALLEST_BYTES = 4  # of a value in memory: a date

_WHOLE = frozenset(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"))
_WIDE = frozenset(("UBIGINT", "HUGEINT", "UHUGEINT", "DOUBLE"))
_TIMESTAMPS = frozenset(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"))
_TIMES = frozenset(("TIME", "TIME_NS", "TIME WITH TIME ZONE"))
_TEXTS = frozenset(("VARCHAR", "UUID", "JSON"))
# Dates as text are common in data frames; only ISO forms count, which are unambiguous.
_ISO_FORMS = {
    "DATE": "['%Y-%m-%d']",
    "TIMESTAMP": "['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S.%f', "
    "'%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%dT%H:%M:%SZ']",
}


@dataclass(frozen=True)
class MappedColumn:
    """A column of the table `data`: its name, its type, and the expression that reads it from the file;
    `word` is SQL for a word for no value in it, over all rows.
    """

    name: str
    type: str
    expression: str
    word: str = "min(NULL)"


def load(
    con: duckdb.DuckDBPyConnection, file: Path, count_copies: CountCopies | None = None
) -> Contents:
    """Make the table `data`. Raises UnreadableData."""
    source = f"read_parquet({quoting.literal(str(file))}, hive_partitioning=false)"
    try:
        mapped, notes_on_types = _columns(con, source)
        _check_size(con, file, len(mapped))
        words = _missing_words(con, source, mapped)
        dated = _with_dates(con, source, mapped)
        select_list = ", ".join(
            f"{column.expression} AS c{index}" for index, column in enumerate(dated)
        )
        con.execute(f"CREATE TABLE data AS SELECT {select_list} FROM {source}")
    except (duckdb.InterruptException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error as error:
        raise broken_parquet() from error
    if con.execute("SELECT count(*) FROM data").fetchall()[0][0] == 0:
        raise UnreadableData(
            "The table has columns but no rows. Upload a table with at least one row.", code="no_rows"
        )
    columns, notes = decode_values(con, [LoadedColumn(column.name, column.type) for column in dated])
    about_cells = joined_notes([*words, *notes])
    return finish(con, columns, [], [*notes_on_types, *about_cells], count_copies)


def _check_size(con: duckdb.DuckDBPyConnection, file: Path, columns: int) -> None:
    """Refuse a table that is too large by its footer: a few KB can hold one value a billion times."""
    row = con.execute(
        f"SELECT num_rows FROM parquet_file_metadata({quoting.literal(str(file))})"
    ).fetchone()
    assert row is not None
    if row[0] * columns * SMALLEST_BYTES > limits.MEMORY_BYTES:
        raise limits.out_of_memory()


def _columns(con: duckdb.DuckDBPyConnection, source: str) -> tuple[list[MappedColumn], list[str]]:
    described = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    if len(described) > MAX_COLUMNS:
        raise UnreadableData(
            f"The table has {len(described):,} columns; at most {MAX_COLUMNS:,} can be read. "
            "Upload fewer.",
            code="too_many_columns",
        )
    names = unique_names([str(row[0]) for row in described])
    columns, notes = [], []
    for name, (original, kind, *_) in zip(names, described, strict=True):
        mapped = _mapped(name, quoting.name(original), kind)
        if mapped:
            columns.append(mapped)
        else:
            notes.append(f"“{name}” was left out: it holds lists, structures or bytes")
    if len(columns) < 2:
        raise UnreadableData(
            "The table has fewer than two columns of numbers, texts or dates. Upload one with at "
            "least two.",
            code="one_column",
        )
    return columns, notes


def _mapped(name: str, column: str, kind: str) -> MappedColumn | None:
    """Returns the mapped column; None unless it has numbers, texts or dates."""
    if kind in _WHOLE:
        return MappedColumn(name, "BIGINT", f"CAST({column} AS BIGINT)")
    if kind in _WIDE or kind.startswith("DECIMAL"):
        return _double(name, f"CAST({column} AS DOUBLE)")
    if kind == "FLOAT":  # by its digits: 0.1 stays 0.1
        return _double(name, f"CAST(CAST({column} AS VARCHAR) AS DOUBLE)")
    if kind == "BOOLEAN":
        expression = f"CASE WHEN {column} THEN 'true' WHEN NOT {column} THEN 'false' END"
        return MappedColumn(name, "VARCHAR", expression)
    if kind == "DATE":
        return _dated(name, kind, column)
    if kind in _TIMESTAMPS:
        return _dated(name, "TIMESTAMP", f"CAST({column} AS TIMESTAMP)")
    if kind == "TIMESTAMP WITH TIME ZONE":
        return _dated(name, "TIMESTAMP", f"make_timestamp(epoch_us({column}))")  # in UTC
    if kind in _TIMES:
        return MappedColumn(name, "TIME", f"CAST({column} AS TIME)")
    if kind in _TEXTS or re.fullmatch(r"ENUM\(.*\)", kind, re.DOTALL):
        return _text(name, f"CAST({column} AS VARCHAR)")
    return None


def _double(name: str, number: str) -> MappedColumn:
    return MappedColumn(name, "DOUBLE", f"CASE WHEN isfinite({number}) THEN {number} END")


def _dated(name: str, kind: str, value: str) -> MappedColumn:
    """Returns a column of dates without infinity and years beyond Python's dates."""
    return MappedColumn(name, kind, f"CASE WHEN year({value}) BETWEEN 1 AND 9999 THEN {value} END")


def _text(name: str, text: str) -> MappedColumn:
    """Returns a column of text without U+0000, which documents can't hold, and words for no value."""
    trimmed = f"trim(replace({text}, chr(0), ''))"
    missing = f"lower({trimmed}) IN ({', '.join(quoting.literal(word) for word in sorted(MISSING))})"
    word = f"min({trimmed}) FILTER ({missing} AND {trimmed} <> '')"
    return MappedColumn(name, "VARCHAR", f"CASE WHEN NOT {missing} THEN {trimmed} END", word)


def _missing_words(
    con: duckdb.DuckDBPyConnection, source: str, columns: list[MappedColumn]
) -> list[Note]:
    words = con.execute(
        f"SELECT {', '.join(column.word for column in columns)} FROM {source}"
    ).fetchall()[0]
    return [
        Note(column.name, READ_AS_MISSING.format(word))
        for column, word in zip(columns, words, strict=True)
        if word
    ]


def _with_dates(
    con: duckdb.DuckDBPyConnection, source: str, columns: list[MappedColumn]
) -> list[MappedColumn]:
    """Returns the columns, with text whose every cell is a date or a moment converted."""
    texts = [column for column in columns if column.type == "VARCHAR"]
    if not texts:
        return columns
    counts = [
        f"count({column.expression}), "
        + ", ".join(f"count({_parsed(column, forms)})" for forms in _ISO_FORMS.values())
        for column in texts
    ]
    row = con.execute(f"SELECT {', '.join(counts)} FROM {source}").fetchone()
    assert row is not None
    dated: dict[str, MappedColumn] = {}
    for number, column in enumerate(texts):
        present, *parsed = row[3 * number : 3 * number + 3]
        for (kind, forms), count in zip(_ISO_FORMS.items(), parsed, strict=True):
            if 0 < present == count:
                expression = f"CAST({_parsed(column, forms)} AS {kind})"
                dated.setdefault(column.name, MappedColumn(column.name, kind, expression))
    return [dated.get(column.name, column) for column in columns]


def _parsed(column: MappedColumn, forms: str) -> str:
    return f"try_strptime({column.expression}, {forms})"
