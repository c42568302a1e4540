"""The step `profile`: read the table once and say what its columns are."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from deckgen.domain.briefs import Brief, ColumnOverride
from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator.analyst.ingestion.table import LoadedColumn, Table, open_table
from deckgen.orchestrator.analyst.lexicon.column_names import Name, read_name
from deckgen.orchestrator.analyst.profiling import overrides, roles
from deckgen.orchestrator.analyst.profiling.measures import Found, measured
from deckgen.orchestrator.analyst.sql import quoting

BATCH = 50
LOOK_AT = 10_000  # so many rows are looked at for what the texts of a column are
MAX_VALUES = 300


def profile(path: Path, info: DatasetInfo, brief: Brief) -> Source:
    """Columns with roles and reasons, and what was decided on reading.

    Raises UnreadableData, and PermanentError for an override of a column that is not there.
    """
    with open_table(path) as table:
        wanted = overrides.by_column(brief.columns, [column.name for column in table.columns])
        found = [_asked(one, wanted.get(one.loaded.name)) for one in _look(table)]
        columns = _columns(table, found)
        refused = [text for one in found for text in one.wish.refused]
        return Source(
            name=info.name,
            sha256=info.sha256,
            bytes=info.bytes,
            rows=table.rows,
            columns=columns,
            warnings=[*refused, *table.warnings, *_warnings(columns, table.rows)],
        )


def _look(table: Table) -> list[Found]:
    names = _unique_labels([_name(column) for column in table.columns])
    cells = _on_scales(_all_cells(table))
    return [
        Found(loaded, name, facts, *roles.role_of(name, facts))
        for loaded, name, facts in zip(table.columns, names, cells, strict=True)
    ]


def _asked(one: Found, override: ColumnOverride | None) -> Found:
    """The column with the role that the request asks for, if it can have it."""
    if override is None:
        return one
    wish = overrides.honoured(one.name.label, override, one.cells, one.role)
    if wish.role is None:
        return replace(one, wish=wish)
    return replace(one, wish=wish, role=wish.role, reason=overrides.REASON)


def _name(column: LoadedColumn) -> Name:
    name = read_name(column.name)
    return replace(name, symbol=column.symbol) if column.symbol else name


def _unique_labels(names: list[Name]) -> list[Name]:
    labels = Counter(name.label.lower() for name in names)
    return [
        replace(name, label=" ".join(name.words)) if labels[name.label.lower()] > 1 else name
        for name in names
    ]


def _all_cells(table: Table) -> list[roles.Facts]:
    """What the cells of each column say; a batch of columns in one query."""
    found: list[roles.Facts] = []
    for start in range(0, len(table.columns), BATCH):
        batch = table.columns[start : start + BATCH]
        row = table.one(f"SELECT {', '.join(_measures(column) for column in batch)} FROM data")
        texts = _texts(table, [column for column in batch if column.type == "VARCHAR"])
        found += [
            _cells(table.rows, column, row[5 * n : 5 * n + 5], texts.get(column.name, ()))
            for n, column in enumerate(batch)
        ]
    return found


def _measures(column: LoadedColumn) -> str:
    name = quoting.name(column.name)
    numeric = column.type in ("BIGINT", "DOUBLE")
    length = f"avg(length({name}))" if column.type == "VARCHAR" else "0"
    low, high = (f"min({name})", f"max({name})") if numeric else ("NULL", "NULL")
    return f"count({name}), count(DISTINCT {name}), {low}, {high}, {length}"


def _texts(table: Table, columns: list[LoadedColumn]) -> dict[str, tuple[str, ...]]:
    """The different texts in the first rows, in alphabetical order."""
    if not columns:
        return {}
    names = [quoting.name(column.name) for column in columns]
    first = f"(SELECT {', '.join(names)} FROM data LIMIT {LOOK_AT})"
    sorted_lists = ", ".join(f"list_sort(list_distinct(list({name})))[:{MAX_VALUES}]" for name in names)
    row = table.one(f"SELECT {sorted_lists} FROM {first}")
    return {column.name: tuple(texts or ()) for column, texts in zip(columns, row, strict=True)}


def _cells(
    rows: int, column: LoadedColumn, row: tuple[Any, ...], texts: tuple[str, ...]
) -> roles.Facts:
    present, distinct, lowest, highest, mean_length = row
    consecutive = (
        column.type == "BIGINT"
        and rows > 2
        and distinct == present == rows
        and highest - lowest == distinct - 1
        and lowest in (0, 1)
    )
    return roles.Facts(
        column.type, rows, present, distinct, lowest, highest, mean_length or 0.0, consecutive, texts
    )


def _on_scales(cells: list[roles.Facts]) -> list[roles.Facts]:
    """Marks that the columns of the cells say so of: several of them hold marks on the same scale."""
    ranges = Counter((facts.lowest, facts.highest) for facts in cells if facts.may_be_scale)
    return [
        replace(facts, on_scale=True)
        if facts.may_be_scale and ranges[facts.lowest, facts.highest] >= roles.BATTERY
        else facts
        for facts in cells
    ]


def _columns(table: Table, found: list[Found]) -> list[Column]:
    periodic = _one_row_per_period(table, found)
    return [
        Column(
            name=one.loaded.name,
            label=one.name.label,
            type=one.loaded.type,
            role=one.role,
            missing=one.cells.rows - one.cells.present,
            distinct=one.cells.distinct,
            **measured(table, found, place, periodic),
        )
        for place, one in enumerate(found)
    ]


def _one_row_per_period(table: Table, found: list[Found]) -> bool:
    """Whether each row is a period of its own and nothing but time tells rows apart."""
    times = [
        one.cells.distinct == table.rows
        for one in found
        if one.role is Role.TIME and one.cells.type != "TIME"
    ]
    return any(times) and not any(one.role.forms_groups for one in found)


def _warnings(columns: list[Column], rows: int) -> list[str]:
    """What a reader of the deck should know about gaps in the data."""
    warnings = []
    for column in columns:
        if column.missing == rows:
            warnings.append(f"“{column.label}” has no values and was left out")
        elif column.missing > rows / 5:
            warnings.append(f"“{column.label}” is missing in a large part of the rows")
        elif column.distinct == 1 and rows > 1:
            warnings.append(f"“{column.label}” has the same value in every row")
    return warnings
