"""The errors of a spreadsheet among the cells, #DIV/0! and the like: missing, counted and placed."""

import duckdb

from deckgen.domain.uploads.headers import MISSING
from deckgen.orchestrator.analyst.ingestion.encoded_values import Note
from deckgen.orchestrator.analyst.ingestion.files import CsvBody
from deckgen.orchestrator.analyst.ingestion.loading import Loaded, numbered_rows
from deckgen.orchestrator.analyst.ingestion.placed import SHOWN, placed
from deckgen.orchestrator.analyst.ingestion.plain import trimmed
from deckgen.orchestrator.analyst.sql import quoting

_ERRORS = sorted(word for word in MISSING if word.startswith("#"))


def is_error(word: str) -> bool:
    return word.lower() in _ERRORS


def note_errors(
    con: duckdb.DuckDBPyConnection,
    body: CsvBody,
    loaded: Loaded,
    names: list[str],
    words: list[str | None],
) -> list[Note]:
    """Returns notes on the columns whose word for no value is an error; the file is read once more."""
    found = [index for index, word in enumerate(words) if word and is_error(word)]
    if not found:
        return []
    listed = ", ".join(quoting.literal(word) for word in _ERRORS)
    parts = []
    for index in found:
        error = f"lower({trimmed(f'c{loaded.places[index]}')}) IN ({listed})"
        parts.append(f"count(*) FILTER ({error}), min(place, {SHOWN}) FILTER ({error})")
    row = con.execute(f"SELECT {', '.join(parts)} FROM {numbered_rows(body)}").fetchall()[0]
    notes = []
    for number, index in enumerate(found):
        count, rows = row[2 * number : 2 * number + 2]
        where = placed(body.places.lines(rows), count).said(body.places.word)
        cells = "one cell holds an error" if count == 1 else f"{count:,} cells hold errors"
        verb = "counts" if count == 1 else "count"
        text = f"{cells} of a spreadsheet, such as “{words[index]}”, and {verb} as missing ({where})"
        notes.append(Note(names[index], text))
    return notes
