"""Reading a file from its bytes to the typed table `data`, with the decisions made on the way."""

import contextlib
import re
from dataclasses import dataclass

import duckdb

from deckgen.domain.errors import UnreadableData
from deckgen.domain.overrides import CountCopies
from deckgen.domain.uploads.sniff import TableShape
from deckgen.orchestrator.analyst.ingestion.cells import Reading
from deckgen.orchestrator.analyst.ingestion.columns import convert, read_texts
from deckgen.orchestrator.analyst.ingestion.copies import Copies, count_once
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn, Note
from deckgen.orchestrator.analyst.ingestion.errors import note_errors
from deckgen.orchestrator.analyst.ingestion.files import CsvBody
from deckgen.orchestrator.analyst.ingestion.last_rows import Suspect
from deckgen.orchestrator.analyst.ingestion.lines import leave_out_lines
from deckgen.orchestrator.analyst.ingestion.loading import IrregularError, Loaded, load
from deckgen.orchestrator.analyst.ingestion.marks import find_other_marks
from deckgen.orchestrator.analyst.ingestion.mending.mend import has_words_among_numbers
from deckgen.orchestrator.analyst.ingestion.pivots import fill_down
from deckgen.orchestrator.analyst.ingestion.sections import label_sections
from deckgen.orchestrator.analyst.ingestion.sides import sign_by_sides
from deckgen.orchestrator.analyst.ingestion.statement import lines_to_columns
from deckgen.orchestrator.analyst.ingestion.title_units import unit_of_titles
from deckgen.orchestrator.analyst.ingestion.totals import (
    find_more_suspects,
    find_suspects,
    leave_out,
    without,
)
from deckgen.orchestrator.analyst.ingestion.unpivot import unpivot
from deckgen.orchestrator.analyst.lexicon.column_names import unique_names
from deckgen.orchestrator.analyst.sql import quoting


@dataclass(frozen=True)
class Contents:
    """The contents of `data`; `warnings` say in words what was decided on reading."""

    columns: list[LoadedColumn]
    rows: int
    warnings: list[str]
    copies: Copies | None = None


def read_table(
    con: duckdb.DuckDBPyConnection, body: CsvBody, count_copies: CountCopies | None = None
) -> Contents:
    """Make the table `data`. Raises UnreadableData."""
    header, titles = body.shape.header.names, body.shape.header.titles
    texts, body = _texts(con, body)
    loaded, suspects, readings, words = texts.loaded, texts.suspects, texts.readings, texts.words
    cells = [" ".join(cell.split()) for cell in loaded.header]
    names = unique_names(cells)
    columns, cell_notes = convert(con, loaded.types, readings, names, body.places)
    errors = note_errors(con, body, loaded, names, words)
    marks = [Note(names[place], text) for place, text in find_other_marks(con, loaded, body)]
    incomplete = body.incomplete or bool(errors) or any(reading.misfits for reading in readings)
    columns, sections = label_sections(con, columns)
    suspects = find_more_suspects(con, columns, suspects)
    totals = leave_out(con, columns, suspects, incomplete=incomplete)
    filled = [*fill_down(con, columns), *sign_by_sides(con, columns)]
    shape = _shape_notes(body.shape, renamed=header is not None and names != cells)
    about_lines = [*shape, *body.notes, *_longer(loaded), *texts.lines, *sections, *totals]
    about_cells = joined_notes([*cell_notes, *errors, *marks, *filled])
    return finish(con, columns, titles, [*about_lines, *about_cells], count_copies)


@dataclass(frozen=True)
class _Texts:
    """The table before its cells are converted: `lines` are notes about lines that were left out."""

    loaded: Loaded
    lines: list[str]
    suspects: list[Suspect]
    readings: list[Reading]
    words: list[str | None]

    @property
    def is_odd(self) -> bool:
        """True if cells of several columns are not what the others are: a line may be no row."""
        return sum(bool(reading.misfits) for reading in self.readings) > 1


def _texts(con: duckdb.DuckDBPyConnection, body: CsvBody) -> tuple[_Texts, CsvBody]:
    """Make `data` of a body and look at its cells; if they are odd, once more of the mended body."""
    loaded, used = _loaded(con, body)
    texts = _looked_at(con, loaded, used)
    if not texts.is_odd or used is not body:
        return texts, used
    mended = body.mended()
    if mended is body:
        return texts, used
    con.execute("DROP TABLE data")
    return _looked_at(con, load(con, mended), mended), mended


def _looked_at(con: duckdb.DuckDBPyConnection, loaded: Loaded, body: CsvBody) -> _Texts:
    lines = leave_out_lines(con, loaded.types, loaded.header)
    suspects = find_suspects(con, loaded.types)
    readings, words = read_texts(con, loaded, body.shape, without(suspects))
    return _Texts(loaded, lines, suspects, readings, words)


def _loaded(con: duckdb.DuckDBPyConnection, body: CsvBody) -> tuple[Loaded, CsvBody]:
    """Make `data` of a body, which is mended only if it has to be: nearly none has."""
    looks_odd = has_words_among_numbers(body.shape)
    if body.places.is_sheet:  # we have written its lines, so that all are whole
        body = body.mended() if looks_odd or body.has_gaps() else body
        return load(con, body), body
    if not looks_odd:
        with contextlib.suppress(IrregularError):
            loaded = load(con, body, strict=True)
            # Where all lines are rows, none is blank.
            if not loaded.irregular and (loaded.rows == body.lines or not body.has_gaps()):
                return loaded, body
        con.execute("DROP TABLE IF EXISTS data")
    mended = body.mended()
    return (load(con, mended) if mended is not body else _as_it_is(con, body)), mended


def _as_it_is(con: duckdb.DuckDBPyConnection, body: CsvBody) -> Loaded:
    """Make `data` of a body that can't be mended; it is refused if its lines are not what they seem."""
    try:
        loaded = load(con, body, strict=True)
    except IrregularError as error:
        raise UnreadableData(str(error), code="not_a_table") from error
    if loaded.ragged:
        con.execute("DROP TABLE data")
        load(con, body)  # which may be able to name a line
        raise UnreadableData(
            "The lines differ in their number of columns, and quotation marks do not tell which of "
            "them belong together. Upload a table with the same columns in every row.",
            code="not_a_table",
        )
    return loaded


def finish(
    con: duckdb.DuckDBPyConnection,
    columns: list[LoadedColumn],
    titles: list[str],
    notes: list[str],
    count_copies: CountCopies | None = None,
) -> Contents:
    """Give `data`, with the columns c0, c1, ..., its final rows, shape and names."""
    copies = count_once(con, columns, count_copies)
    notes = [*notes, copies.note] if copies else notes
    columns, unpivot_notes = unpivot(con, columns, titles)
    if unpivot_notes:
        columns, statement = lines_to_columns(con, columns, unit_of_titles(titles))
        unpivot_notes += statement
    elif unit := unit_of_titles(titles):
        notes = [
            *notes,
            f"What a line above the header says, “in {unit}”, was not applied to any column",
        ]
    _rename(con, [column.name for column in columns])
    rows = con.execute("SELECT count(*) FROM data").fetchall()[0][0]
    return Contents(columns, rows, [*notes, *unpivot_notes], copies)


def joined_notes(notes: list[Note]) -> list[str]:
    """Returns each decision once, with the columns that it is about."""
    columns_by_text: dict[str, list[str]] = {}
    for note in notes:
        columns_by_text.setdefault(note.text, []).append(f"“{note.column}”")
    return [
        f"{', '.join(columns[:3])}{' and others' if len(columns) > 3 else ''}: {text}"
        for text, columns in columns_by_text.items()
    ]


def _rename(con: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """Rename the columns c0, c1, ... to the names of the file, which may have that form as well."""
    current_names = {index: f"c{index}" for index, name in enumerate(names) if name != f"c{index}"}
    con.execute("BEGIN")
    for index in current_names:
        if re.fullmatch(r"c\d+", names[index], re.IGNORECASE):
            current_names[index] = f" {index}"  # No name of a file begins with a blank.
            con.execute(
                f"ALTER TABLE data RENAME COLUMN c{index} TO {quoting.name(current_names[index])}"
            )
    # Columns with a temporary name come last, when their final names are free.
    for index, old in sorted(current_names.items(), key=lambda item: item[1].startswith(" ")):
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
