"""The step `profile`: read the table once and say what its columns are."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.contract import DatasetInfo
from deckgen.domain.datasets import Additivity, Column, Role, Source
from deckgen.orchestrator.analyst import roles, sql
from deckgen.orchestrator.analyst.names import CURRENCY_CODES, Name, read_name
from deckgen.orchestrator.analyst.table import LoadedColumn, Table, open_table

BATCH = 50


def profile(path: Path, info: DatasetInfo, brief: Brief) -> Source:
    """Columns with roles and reasons, and what was decided on reading. Raises UnreadableData."""
    with open_table(path) as table:
        names = _unique_labels([_name(column) for column in table.columns])
        cells = _all_cells(table)
        chosen = [roles.role_of(name, facts) for name, facts in zip(names, cells, strict=True)]
        periodic = _one_row_per_period(table, chosen, cells)
        columns = [
            _column(loaded, name, facts, role, reason, periodic)
            for loaded, name, facts, (role, reason) in zip(
                table.columns, names, cells, chosen, strict=True
            )
        ]
        warnings = [*table.warnings, *_warnings(columns, table.rows)]
        return Source(
            name=info.name,
            sha256=info.sha256,
            bytes=info.bytes,
            rows=table.rows,
            columns=columns,
            warnings=warnings,
        )


def _name(column: LoadedColumn) -> Name:
    name = read_name(column.name)
    return replace(name, symbol=column.symbol) if column.symbol else name


def _unique_labels(names: list[Name]) -> list[Name]:
    labels = [name.label.lower() for name in names]
    return [
        replace(name, label=" ".join(name.words)) if labels.count(name.label.lower()) > 1 else name
        for name in names
    ]


def _all_cells(table: Table) -> list[roles.Facts]:
    """What the cells of each column say; a batch of columns in one query."""
    found: list[roles.Facts] = []
    for start in range(0, len(table.columns), BATCH):
        batch = table.columns[start : start + BATCH]
        row = table.one(f"SELECT {', '.join(_measures(column) for column in batch)} FROM data")
        found += [_cells(table.rows, column, row[5 * n : 5 * n + 5]) for n, column in enumerate(batch)]
    return found


def _measures(column: LoadedColumn) -> str:
    name = sql.name(column.name)
    numeric = column.type in ("BIGINT", "DOUBLE")
    length = f"avg(length({name}))" if column.type == "VARCHAR" else "0"
    low, high = (f"min({name})", f"max({name})") if numeric else ("NULL", "NULL")
    return f"count({name}), count(DISTINCT {name}), {low}, {high}, {length}"


def _cells(rows: int, column: LoadedColumn, row: tuple[Any, ...]) -> roles.Facts:
    present, distinct, lowest, highest, mean_length = row
    consecutive = (
        column.type == "BIGINT"
        and rows > 2
        and distinct == present == rows
        and highest - lowest == distinct - 1
        and lowest in (0, 1)
    )
    return roles.Facts(
        column.type, rows, present, distinct, lowest, highest, mean_length or 0.0, consecutive
    )


def _one_row_per_period(table: Table, chosen: list[tuple[Role, str]], cells: list[roles.Facts]) -> bool:
    """Whether each row is a period of its own and nothing but time tells rows apart."""
    times = [
        facts.distinct == table.rows
        for (role, _), facts in zip(chosen, cells, strict=True)
        if role is Role.TIME and facts.type != "TIME"
    ]
    return any(times) and not any(role is Role.DIMENSION for role, _ in chosen)


def _column(
    loaded: LoadedColumn, name: Name, cells: roles.Facts, role: Role, reason: str, periodic: bool
) -> Column:
    additivity: Additivity | None = None
    symbol, scale = "", 1.0
    if role is Role.MEASURE:
        additivity, why = roles.additivity_of(name, one_row_per_period=periodic, lowest=cells.lowest)
        reason = f"{reason}; {why}"
        symbol, scale = _unit(loaded, name, cells, additivity)
    return Column(
        name=loaded.name,
        label=name.label,
        type=loaded.type,
        role=role,
        additivity=additivity,
        symbol=symbol,
        scale=scale,
        reason=reason,
        missing=cells.rows - cells.present,
        distinct=cells.distinct,
    )


def _unit(
    loaded: LoadedColumn, name: Name, cells: roles.Facts, additivity: Additivity
) -> tuple[str, float]:
    """The symbol and the scale: shares between 0 and 1 are fractions, larger percentages are not."""
    lowest, highest = cells.lowest or 0.0, cells.highest or 0.0
    within_one = lowest >= -1 and highest <= 1
    if loaded.symbol == "%":
        return "%", 1.0
    if name.symbol == "%":
        return "%", 1.0 if within_one else 0.01
    fraction_words = {"share", "proportion", "fraction", "ratio", "rate", "margin", "probability"}
    if additivity is Additivity.RATE and within_one and fraction_words & set(name.words):
        return "%", 1.0
    if "per" in name.words and name.symbol not in CURRENCY_CODES:
        return "", 1.0
    return name.symbol, name.scale


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
