"""The labels of a pivot: each stands once, above blank cells that it is meant for as well."""

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn, Note

_FEWEST_BLANK = 0.25  # of the rows
_FILLED = 0.9  # of the rows have the label that tells the rows of a group apart


def fill_down(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[Note]:
    """Fill the labels of a pivot down in `data`.

    A column of labels is one of the first, its first cell is filled and many below it are blank, no
    label occurs twice within the one before it, and a column behind it is filled throughout.
    """
    numbers = (n for n, column in enumerate(columns) if column.type in ("BIGINT", "DOUBLE"))
    lead = next(numbers, 0)
    notes, within = list[Note](), list[int]()
    for index, column in enumerate(columns[:lead]):
        if column.type != "VARCHAR":
            break
        if _stands_once(con, index, within, range(index + 1, lead)):
            blanks = _filled_down(con, index, within)
            notes.append(
                Note(column.name, f"{blanks:,} blank cells were filled with the label above them")
            )
        within.append(index)
    return notes


def _stands_once(con: duckdb.DuckDBPyConnection, index: int, within: list[int], behind: range) -> bool:
    if not behind:
        return False
    filled = ", ".join(f"count(c{other})" for other in behind)
    count, present, first, *others = con.execute(
        f"SELECT count(*), count(c{index}), arg_min(c{index} IS NOT NULL, rowid), {filled} FROM data"
    ).fetchall()[0]
    blank = count - present >= _FEWEST_BLANK * count
    if not (first and present > 1 and blank and max(others) >= _FILLED * count):
        return False
    label = ", ".join(f"c{column}" for column in (*within, index))
    ((distinct,),) = con.execute(
        f"SELECT count(DISTINCT row({label})) FROM data WHERE c{index} IS NOT NULL"
    ).fetchall()
    return bool(distinct == present)


def _filled_down(con: duckdb.DuckDBPyConnection, index: int, within: list[int]) -> int:
    """Fill a column down, no further than the label before it goes; returns how many cells."""
    partition = f"PARTITION BY {', '.join(f'c{outer}' for outer in within)} " if within else ""
    above = (
        f"SELECT rowid AS place, last_value(c{index} IGNORE NULLS) OVER ({partition}ORDER BY rowid "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS label FROM data"
    )
    ((count,),) = con.execute(
        f"UPDATE data SET c{index} = above.label FROM ({above}) AS above "
        f"WHERE data.rowid = above.place AND c{index} IS NULL AND above.label IS NOT NULL"
    ).fetchall()
    return int(count)
