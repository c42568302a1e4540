"""Reading a file from its bytes to the typed table `data`, and what was decided on the way."""

import re
from dataclasses import dataclass

import duckdb

from deckgen.domain.uploads.sniff import TableShape
from deckgen.orchestrator.analyst.ingestion.columns import convert, read_texts
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn, Note
from deckgen.orchestrator.analyst.ingestion.files import Body
from deckgen.orchestrator.analyst.ingestion.lines import leave_out_lines
from deckgen.orchestrator.analyst.ingestion.loading import Loaded, load
from deckgen.orchestrator.analyst.ingestion.statement import turn_lines
from deckgen.orchestrator.analyst.ingestion.totals import find_suspects, leave_out, without
from deckgen.orchestrator.analyst.ingestion.unpivot import turn_long
from deckgen.orchestrator.analyst.lexicon.column_names import unique_names
from deckgen.orchestrator.analyst.sql import quoting


@dataclass(frozen=True)
class Contents:
    """What is in `data`; `warnings` say in words what was decided on reading."""

    columns: list[LoadedColumn]
    rows: int
    warnings: list[str]


def read_table(con: duckdb.DuckDBPyConnection, body: Body) -> Contents:
    """Make the table `data`. Raises UnreadableData."""
    header, titles = body.shape.header.names, body.shape.header.titles
    loaded = load(con, body)
    cells = [" ".join(cell.split()) for cell in loaded.header]
    names = unique_names(cells)
    lines = leave_out_lines(con, loaded.types, loaded.header)
    suspects = find_suspects(con, loaded.types)
    readings = read_texts(con, loaded, body.shape, without(suspects))
    columns, noted = convert(con, loaded.types, readings, names)
    totals = leave_out(con, columns, suspects)
    shape = _shape_notes(body.shape, renamed=header is not None and names != cells)
    return finish(con, columns, titles, [*shape, *_longer(loaded), *lines, *totals, *said_of(noted)])


def finish(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], titles: list[str], notes: list[str]
) -> Contents:
    """Give `data`, with the columns c0, c1, ..., its shape and its names."""
    columns, turned = turn_long(con, columns, titles)
    if turned:
        columns, statement = turn_lines(con, columns)
        turned += statement
    _rename(con, [column.name for column in columns])
    rows = con.execute("SELECT count(*) FROM data").fetchall()[0][0]
    return Contents(columns, rows, [*notes, *turned])


def said_of(notes: list[Note]) -> list[str]:
    """Each decision once, with the columns that it is about."""
    about: dict[str, list[str]] = {}
    for note in notes:
        about.setdefault(note.said, []).append(f"“{note.column}”")
    return [
        f"{', '.join(named[:3])}{' and others' if len(named) > 3 else ''}: {said}"
        for said, named in about.items()
    ]


def _rename(con: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """From c0, c1, ... to the names of the file, which may be such names as well."""
    now = {index: f"c{index}" for index, name in enumerate(names) if name != f"c{index}"}
    con.execute("BEGIN")
    for index in now:
        if re.fullmatch(r"c\d+", names[index], re.IGNORECASE):
            now[index] = f" {index}"  # No name of a file begins with a blank.
            con.execute(f"ALTER TABLE data RENAME COLUMN c{index} TO {quoting.name(now[index])}")
    # Those that wait come last, when no column has the name any more that they are to have.
    for index, old in sorted(now.items(), key=lambda item: item[1].startswith(" ")):
        con.execute(
            f"ALTER TABLE data RENAME COLUMN {quoting.name(old)} TO {quoting.name(names[index])}"
        )
    con.execute("COMMIT")


def _shape_notes(shape: TableShape, *, renamed: bool) -> list[str]:
    notes = []
    if shape.header.names is None:
        notes.append("The first row is data, not a header: the columns were given names")
    elif renamed:
        notes.append("Blank or repeated names of columns were completed")
    if shape.header.levels > 1:
        notes.append("The header has several rows, which were joined")
    if shape.header.titles:
        notes.append("Lines above the header were left out")
    if not shape.encoding.startswith("utf-8"):
        notes.append("The file is not in UTF-8 and was converted")
    return notes


def _longer(loaded: Loaded) -> list[str]:
    notes = []
    if loaded.blank:
        notes.append("Columns without a name and without a cell were left out")
    if loaded.longer:
        rows = "One row has" if loaded.longer == 1 else f"{loaded.longer:,} rows have"
        notes.append(f"{rows} more cells than the table has columns: the cells too many were left out")
    return notes
