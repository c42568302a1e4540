"""The properties of measures: additivity, unit and scale, with the reason."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.datasets import Additivity, Role
from deckgen.orchestrator.analyst.ingestion.table import DataTable, LoadedColumn
from deckgen.orchestrator.analyst.lexicon import role_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES, Name
from deckgen.orchestrator.analyst.profiling import cumulative, overrides, roles
from deckgen.orchestrator.analyst.profiling.additivity import additivity_of
from deckgen.orchestrator.analyst.profiling.overrides import NO_WISH, Wish


@dataclass(frozen=True)
class ProfiledColumn:
    """A column whose role is settled."""

    loaded: LoadedColumn
    name: Name
    cells: roles.CellFacts
    role: Role
    reason: str
    wish: Wish = NO_WISH


def measured(
    table: DataTable, columns: list[ProfiledColumn], place: int, periodic: bool
) -> dict[str, Any]:
    """Returns a measure's fields of a Column, and the whole reason. `periodic`: one row per period."""
    column = columns[place]
    if column.role is not Role.MEASURE:
        return {"reason": column.reason}
    additivity, why = _additivity(table, columns, place, periodic)
    symbol, scale, unit_reason = _unit(column, additivity)
    reasons = [column.reason, why, unit_reason]
    if column.wish.scale is not None:
        scale = column.wish.scale
        reasons.append(f"one stands for {scale:,g}, as the request says")
    reason = "; ".join(part for part in dict.fromkeys(reasons) if part)
    return {"additivity": additivity, "symbol": symbol, "scale": scale, "reason": reason}


def _additivity(
    table: DataTable, columns: list[ProfiledColumn], place: int, periodic: bool
) -> tuple[Additivity, str]:
    column = columns[place]
    if column.wish.additivity:
        return column.wish.additivity, overrides.REASON
    if _is_outcome(column):
        return Additivity.RATE, ""
    if column.cells.on_scale:
        return Additivity.RATE, "they are averaged"
    names_and_cells = [other.name for other in columns], [other.cells for other in columns]
    if cumulative.only_grows(table, place, *names_and_cells, [other.role for other in columns]):
        return Additivity.STOCK, cumulative.WHY
    return additivity_of(column.name, one_row_per_period=periodic, lowest=column.cells.lowest)


def _is_outcome(column: ProfiledColumn) -> bool:
    """True if its 0 and 1 tell what happened, so that its mean is a share."""
    return column.cells.is_flag and column.wish.additivity is None


def _unit(column: ProfiledColumn, additivity: Additivity) -> tuple[str, float, str]:
    """Returns the symbol, the scale, and their origin in words.

    Shares between 0 and 1 are fractions, larger percentages are not; cells such as 5% became fractions
    on reading.
    """
    name, cells = column.name, column.cells
    within_one = (cells.lowest or 0.0) >= -1 and (cells.highest or 0.0) <= 1
    of_percent = 1.0 if within_one or column.loaded.symbol == "%" else 0.01
    if column.wish.unit:
        symbol = overrides.symbol_of(column.wish.unit)
        return symbol, of_percent if symbol == "%" else name.scale, f"in {symbol}, as the request says"
    if symbol := column.loaded.symbol:
        return symbol, of_percent if symbol == "%" else name.scale, f"in {symbol}, as its cells say"
    if _is_outcome(column):
        return "%", 1.0, ""
    if name.symbol == "%":
        return "%", of_percent, "in %, as its name says"
    if additivity is Additivity.RATE and within_one and of.FRACTION_WORDS & set(name.words):
        return "%", 1.0, "in %, as its name and its cells say"
    if name.symbol and ("per" not in name.words or name.symbol in CURRENCY_CODES):
        return name.symbol, name.scale, f"in {name.symbol}, as its name says"
    return "", 1.0 if name.symbol else name.scale, ""
