"""The step `profile`: it reads the table once and describes its columns."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.language.choosing import choose
from deckgen.domain.overrides import ColumnOverride
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator.analyst.ingestion.table import DataTable, LoadedColumn, open_table
from deckgen.orchestrator.analyst.lexicon.column_names import Name, read_name
from deckgen.orchestrator.analyst.profiling import overrides, roles
from deckgen.orchestrator.analyst.profiling.measures import ProfiledColumn, measured
from deckgen.orchestrator.analyst.profiling.settings import settings_of
from deckgen.orchestrator.analyst.profiling.spelling import as_written
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.sql.counting import distinct

BATCH = 50
LOOK_AT = 10_000  # rows that are examined for the texts of a column
MAX_VALUES = 300


def profile(path: Path, info: DatasetInfo, brief: Brief) -> Source:
    """Returns the columns with roles and reasons, and the decisions made on reading.

    Raises UnreadableData, and PermanentError for a setting of the brief that the table refutes.
    """
    with open_table(path, brief.table) as table:
        return profile_of(table, info, brief)


def profile_of(table: DataTable, info: DatasetInfo, brief: Brief) -> Source:
    """Returns the same of a table that is open."""
    settings = settings_of(table, brief)
    profiled = [
        _overridden(column, settings.columns.get(column.loaded.name))
        for column in _profiled(table, brief)
    ]
    if axis := settings.table.time_axis:
        profiled = [_as_axis(column) if column.loaded.name == axis else column for column in profiled]
    columns = _columns(table, profiled)
    refused = [text for column in profiled for text in column.wish.refused]
    return Source(
        name=info.name,
        sha256=info.sha256,
        bytes=info.bytes,
        rows=table.rows,
        columns=columns,
        warnings=[*refused, *table.warnings, *_warnings(columns, table.rows)],
    )


def _profiled(table: DataTable, brief: Brief) -> list[ProfiledColumn]:
    names = _unique_labels([_name(column) for column in table.columns])
    cells_of_header = [column.name for column in table.columns]
    names = as_written(names, cells_of_header, is_german=choose(brief).code == "de")
    cells = _on_scales(_all_cells(table))
    return [
        ProfiledColumn(loaded, name, facts, *roles.role_of(name, facts))
        for loaded, name, facts in zip(table.columns, names, cells, strict=True)
    ]


def _overridden(column: ProfiledColumn, override: ColumnOverride | None) -> ProfiledColumn:
    """Returns the column with the role that the request asks for, if it can have it."""
    if override is None:
        return column
    wish = overrides.honoured(column.name.label, override, column.cells, column.role)
    if wish.role is None:
        return replace(column, wish=wish)
    return replace(column, wish=wish, role=wish.role, reason=overrides.REASON)


def _as_axis(column: ProfiledColumn) -> ProfiledColumn:
    """Returns the column as the time axis; PermanentError if it holds no dates."""
    overrides.check_axis(column.loaded.name, column.cells)
    return replace(column, role=Role.TIME, reason=overrides.AXIS)


def _name(column: LoadedColumn) -> Name:
    name = read_name(column.name)
    return replace(name, symbol=column.symbol) if column.symbol else name


def _unique_labels(names: list[Name]) -> list[Name]:
    labels = Counter(name.label.lower() for name in names)
    return [
        replace(name, label=" ".join(name.words)) if labels[name.label.lower()] > 1 else name
        for name in names
    ]


def _all_cells(table: DataTable) -> list[roles.CellFacts]:
    """Returns the facts about the cells of each column; a batch of columns is one query."""
    facts: list[roles.CellFacts] = []
    for start in range(0, len(table.columns), BATCH):
        batch = table.columns[start : start + BATCH]
        row = table.one(
            f"SELECT {', '.join(_measures(column, table.rows) for column in batch)} FROM data"
        )
        texts = _texts(table, [column for column in batch if column.type == "VARCHAR"])
        facts += [
            _cells(table.rows, column, row[5 * n : 5 * n + 5], texts.get(column.name, ()))
            for n, column in enumerate(batch)
        ]
    return facts


def _measures(column: LoadedColumn, rows: int) -> str:
    name = quoting.name(column.name)
    numeric = column.type in ("BIGINT", "DOUBLE")
    length = f"avg(length({name}))" if column.type == "VARCHAR" else "0"
    low, high = (f"min({name})", f"max({name})") if numeric else ("NULL", "NULL")
    return f"count({name}), {distinct(name, rows)}, {low}, {high}, {length}"


def _texts(table: DataTable, columns: list[LoadedColumn]) -> dict[str, tuple[str, ...]]:
    """Returns the different texts in the first rows, in alphabetical order."""
    if not columns:
        return {}
    names = [quoting.name(column.name) for column in columns]
    first = f"(SELECT {', '.join(names)} FROM data LIMIT {LOOK_AT})"
    sorted_lists = ", ".join(f"list_sort(list_distinct(list({name})))[:{MAX_VALUES}]" for name in names)
    row = table.one(f"SELECT {sorted_lists} FROM {first}")
    return {column.name: tuple(texts or ()) for column, texts in zip(columns, row, strict=True)}


def _cells(
    rows: int, column: LoadedColumn, row: tuple[Any, ...], texts: tuple[str, ...]
) -> roles.CellFacts:
    present, distinct, lowest, highest, mean_length = row
    consecutive = (
        column.type == "BIGINT"
        and rows > 2
        and distinct == present == rows
        and highest - lowest == distinct - 1
        and lowest in (0, 1)
    )
    return roles.CellFacts(
        column.type, rows, present, distinct, lowest, highest, mean_length or 0.0, consecutive, texts
    )


def _on_scales(cells: list[roles.CellFacts]) -> list[roles.CellFacts]:
    """Returns the facts with `on_scale` where several columns hold marks on the same scale."""
    ranges = Counter((facts.lowest, facts.highest) for facts in cells if facts.may_be_scale)
    return [
        replace(facts, on_scale=True)
        if facts.may_be_scale and ranges[facts.lowest, facts.highest] >= roles.BATTERY
        else facts
        for facts in cells
    ]


def _columns(table: DataTable, profiled: list[ProfiledColumn]) -> list[Column]:
    periodic = _one_row_per_period(table, profiled)
    return [
        Column(
            name=column.loaded.name,
            label=column.name.label,
            type=column.loaded.type,
            role=column.role,
            missing=column.cells.rows - column.cells.present,
            distinct=column.cells.distinct,
            **measured(table, profiled, place, periodic),
        )
        for place, column in enumerate(profiled)
    ]


def _one_row_per_period(table: DataTable, profiled: list[ProfiledColumn]) -> bool:
    """True if each row is a period of its own and only time tells rows apart."""
    times = [
        column.cells.distinct == table.rows
        for column in profiled
        if column.role is Role.TIME and column.cells.type != "TIME"
    ]
    return any(times) and not any(column.role.forms_groups for column in profiled)


def _warnings(columns: list[Column], rows: int) -> list[str]:
    """Returns what a reader of the deck should know about gaps in the data."""
    warnings = []
    for column in columns:
        if column.missing == rows:
            warnings.append(f"“{column.label}” has no values and was left out")
        elif column.missing > rows / 5:
            warnings.append(f"“{column.label}” is missing in a large part of the rows")
        elif column.distinct == 1 and rows > 1:
            warnings.append(f"“{column.label}” has the same value in every row")
    return warnings
