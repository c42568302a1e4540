"""Numbers with other marks than the rest of their column: 1.234 among 120.50, which may mean 1,234."""

import re

import duckdb

from deckgen.orchestrator.analyst.ingestion.files import CsvBody
from deckgen.orchestrator.analyst.ingestion.loading import Loaded
from deckgen.orchestrator.analyst.ingestion.places import where_is

_FIXED = re.compile(r"[+-]?\d++\.\d\d")
_FEW = 0.05
_LOOK = 200  # rows, of which at least as many as in the next line have to show the form
_ENOUGH = 8


def find_other_marks(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, body: CsvBody
) -> list[tuple[int, str]]:
    """Returns by column how many numbers have three digits behind the point where the others have two.

    They are decimals by the column's habit, and may have been thousands by another one.
    """
    if loaded.blank:
        return []
    found = []
    for index, kind in enumerate(loaded.types):
        if kind != "DOUBLE" or not _is_fixed(
            [row[index] for row in body.shape.rows[:_LOOK] if index < len(row)]
        ):
            continue
        thousandths = f"round(c{index}, 2) <> c{index} AND abs(c{index}) < 1000"
        where = where_is(con, thousandths, body.places)
        if where is not None:
            cells = "one cell has" if where.count == 1 else f"{where.count:,} cells have"
            word = "decimals" if where.count > 1 else "a decimal"
            found.append(
                (
                    index,
                    f"{cells} three digits behind the point, where others have two, "
                    f"and may mean thousands; read as {word} ({where.said(body.places.word)})",
                )
            )
    return found


def _is_fixed(cells: list[str]) -> bool:
    """True if nearly all cells have two decimals, the last of which may be 0."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    fixed = sum(_FIXED.fullmatch(cell) is not None for cell in filled)
    return fixed >= _ENOUGH and fixed >= (1 - 2 * _FEW) * len(filled)
