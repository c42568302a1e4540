"""Sections of a report: a label alone in its row, above the rows that it is meant for."""

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.lexicon.column_names import unique_names

_MOST_ROWS = 10_000  # longer tables are no reports
_NAME = "section"


def label_sections(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]
) -> tuple[list[LoadedColumn], list[str]]:
    """Write the labels of sections in a column of their own, which becomes the last one of `data`.

    Only if the same names stand in several sections: otherwise the names tell the rows apart.
    """
    if columns[0].type != "VARCHAR" or len(columns) < 2 or not _has_sections(con, len(columns)):
        return columns, []
    new = f"c{len(columns)}"
    con.execute(f"ALTER TABLE data ADD COLUMN {new} VARCHAR")
    con.execute(f"UPDATE data SET {new} = s.label FROM ({_labelled(len(columns))}) AS s "
                "WHERE data.rowid = s.place")  # fmt: skip
    con.execute(f"DELETE FROM data WHERE {_is_label(len(columns))}")
    names = unique_names([*(column.name for column in columns), _NAME])
    listed = con.execute(
        f"SELECT DISTINCT {new} FROM data WHERE {new} IS NOT NULL ORDER BY 1"
    ).fetchall()
    shown = ", ".join(f"“{label}”" for (label,) in listed[:3]) + (
        " and others" if len(listed) > 3 else ""
    )
    note = f"Labels that stand alone above rows were written beside them, as “{names[-1]}”: {shown}"
    return [*columns, LoadedColumn(names[-1], "VARCHAR")], [note]


def _is_label(width: int) -> str:
    """Returns SQL that is true of a row with its first cell only."""
    blank = (f"coalesce(trim(CAST(c{index} AS VARCHAR)), '') = ''" for index in range(1, width))
    return f"(trim(c0) <> '' AND {' AND '.join(blank)})"


def _labelled(width: int) -> str:
    """Returns SQL for each row's section; a row that is named after it (“Europe Total”) ends it."""
    label = f"CASE WHEN {_is_label(width)} THEN trim(c0) END"
    order = "OVER (ORDER BY rowid ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    above = (
        f"SELECT rowid AS place, trim(c0) AS name, last_value({label} IGNORE NULLS) {order} AS label, "
        f"count({label}) {order} AS section FROM data"
    )
    ends = "name <> label AND contains(lower(name), lower(label))"
    ended = (
        f"SELECT *, bool_or({ends}) OVER (PARTITION BY section ORDER BY place "
        f"ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended FROM ({above})"
    )
    within = "CASE WHEN NOT coalesce(ended, false) THEN label END"
    return f"SELECT place, name, {within} AS label FROM ({ended})"


def _has_sections(con: duckdb.DuckDBPyConnection, width: int) -> bool:
    rows, filled = con.execute(f"SELECT count(*), count(c{width - 1}) FROM data").fetchall()[0]
    if rows > _MOST_ROWS or filled == rows:
        return False
    ((labels,),) = con.execute(f"SELECT count(*) FROM data WHERE {_is_label(width)}").fetchall()
    if not 2 <= labels * 2 <= rows:
        return False
    ((repeated,),) = con.execute(
        f"SELECT count(*) FILTER (sections > 1) FROM (SELECT name, count(DISTINCT label) "
        f"AS sections FROM ({_labelled(width)}) WHERE name <> label GROUP BY name)"
    ).fetchall()
    return bool(repeated > 0)
