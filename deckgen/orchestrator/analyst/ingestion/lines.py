"""Lines of a table that are not rows: footnotes at its end, and repetitions of its header."""

import re
from typing import Any

import duckdb

from deckgen.domain.uploads.lengths import is_long
from deckgen.orchestrator.analyst.ingestion.surveys import described_columns
from deckgen.orchestrator.analyst.sql import quoting

_LOOK = 30  # of the last lines may be footnotes
_WORDS = re.compile(
    r"(sources?|notes?|remarks?|footnotes?|disclaimer|copyright|©|generated|exported|downloaded|"
    r"last updated?|data as of|as of|quellen?|hinweise?|anmerkung(en)?|fu(ß|ss)note|stand|erstellt|"
    r"exportiert|n\.?b\.?)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(r"(\*+|†|‡|¹|²|³|\d{1,2}\)|\(\d{1,2}\)|\[\d{1,2}\])\s*\S.*", re.DOTALL)
_LABELLED = re.compile(
    r"(sources?|notes?|quellen?|hinweise?|anmerkung(en)?|remarks?)\s*:.*", re.IGNORECASE | re.DOTALL
)


def leave_out_lines(
    con: duckdb.DuckDBPyConnection, types: list[str], header: list[str] | None
) -> list[str]:
    """Delete such lines, before the columns are converted; returns notes about them."""
    notes = []
    if described := described_columns(con, types):
        _delete(con, described)
        notes.append("Lines under the header that say what the columns are were left out")
    if footnotes := _footnotes(con, types):
        _delete(con, footnotes)
        notes.append("Footnotes under the table were left out")
    if header and (repeated := _headers(con, types, header)):
        _delete(con, repeated)
        notes.append("Repetitions of the header within the table were left out")
    return notes


def _delete(con: duckdb.DuckDBPyConnection, places: list[int]) -> None:
    con.execute(f"DELETE FROM data WHERE rowid IN ({', '.join(map(str, places))})")


def _footnotes(con: duckdb.DuckDBPyConnection, types: list[str]) -> list[int]:
    """Returns the places of the last lines, as far up as they are footnotes."""
    if types[0] != "VARCHAR":
        return []
    # Only lines at the top are left out so far, so that the last rows have the last places.
    above = f"(SELECT max(rowid) FROM data) - {_LOOK}"
    last = con.execute(
        f"SELECT rowid, * FROM data WHERE rowid > {above} ORDER BY rowid DESC"
    ).fetchall()
    places = []
    for place, first, *other_cells in last:
        if not _is_footnote(first, other_cells):
            break
        places.append(place)
    return places if len(places) < len(last) else []


def _is_footnote(first: str | None, other_cells: list[Any]) -> bool:
    if not first or not first.strip():
        return False
    first = first.strip()
    alone = all(cell is None or str(cell).strip() == "" for cell in other_cells)
    if is_long(first):
        return alone and len(first.split()) >= 4
    if not alone:
        return _LABELLED.fullmatch(first) is not None  # with commas that were not quoted
    return bool(_WORDS.fullmatch(first) or _SIGNED.fullmatch(first) or len(first.split()) >= 4)


def _headers(con: duckdb.DuckDBPyConnection, types: list[str], header: list[str]) -> list[int]:
    """Returns the places of lines that repeat the header in every column."""
    filled = [(index, name.strip()) for index, name in enumerate(header) if name.strip()]
    if len(filled) < 2 or not any(types[index] == "VARCHAR" for index, _ in filled):
        return []
    # Texts come first, because they rule out nearly all rows.
    filled.sort(key=lambda item: types[item[0]] != "VARCHAR")
    condition = " AND ".join(
        f"trim(CAST(c{index} AS VARCHAR)) = {quoting.literal(name)}" for index, name in filled
    )
    return [place for (place,) in con.execute(f"SELECT rowid FROM data WHERE {condition}").fetchall()]
