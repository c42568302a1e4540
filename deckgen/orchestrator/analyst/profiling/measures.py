"""What measures have: over what they may be summed, their unit and their scale, with the reason."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.datasets import Additivity, Role
from deckgen.orchestrator.analyst.ingestion.table import LoadedColumn, Table
from deckgen.orchestrator.analyst.lexicon import role_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES, Name
from deckgen.orchestrator.analyst.profiling import cumulative, overrides, roles
from deckgen.orchestrator.analyst.profiling.additivity import additivity_of
from deckgen.orchestrator.analyst.profiling.overrides import NO_WISH, Wish


@dataclass(frozen=True)
class Found:
    """What is known of a column when its role is settled."""

    loaded: LoadedColumn
    name: Name
    cells: roles.Facts
    role: Role
    reason: str
    wish: Wish = NO_WISH


def measured(table: Table, found: list[Found], place: int, periodic: bool) -> dict[str, Any]:
    """What only measures have of a Column, and the whole reason. `periodic`: one row per period."""
    one = found[place]
    if one.role is not Role.MEASURE:
        return {"reason": one.reason}
    additivity, why = _additivity(table, found, place, periodic)
    symbol, scale, said = _unit(one, additivity)
    reason = "; ".join(part for part in dict.fromkeys([one.reason, why, said]) if part)
    return {"additivity": additivity, "symbol": symbol, "scale": scale, "reason": reason}


def _additivity(table: Table, found: list[Found], place: int, periodic: bool) -> tuple[Additivity, str]:
    one = found[place]
    if one.wish.additivity:
        return one.wish.additivity, overrides.REASON
    if _is_outcome(one):
        return Additivity.RATE, ""
    if one.cells.on_scale:
        return Additivity.RATE, "they are averaged"
    columns = [each.name for each in found], [each.cells for each in found]
    if cumulative.only_grows(table, place, *columns, [each.role for each in found]):
        return Additivity.STOCK, cumulative.WHY
    return additivity_of(one.name, one_row_per_period=periodic, lowest=one.cells.lowest)


def _is_outcome(one: Found) -> bool:
    """Whether it says with 0 and 1 what happened: its mean is a share."""
    return one.cells.is_flag and one.wish.additivity is None


def _unit(one: Found, additivity: Additivity) -> tuple[str, float, str]:
    """The symbol, the scale, and where they come from, in words.

    Shares between 0 and 1 are fractions, larger percentages are not; those of cells such as 5% were
    made fractions on reading.
    """
    name, cells = one.name, one.cells
    within_one = (cells.lowest or 0.0) >= -1 and (cells.highest or 0.0) <= 1
    of_percent = 1.0 if within_one or one.loaded.symbol == "%" else 0.01
    if one.wish.unit:
        symbol = overrides.symbol_of(one.wish.unit)
        return symbol, of_percent if symbol == "%" else name.scale, f"in {symbol}, as the request says"
    if symbol := one.loaded.symbol:
        return symbol, of_percent if symbol == "%" else name.scale, f"in {symbol}, as its cells say"
    if _is_outcome(one):
        return "%", 1.0, ""
    if name.symbol == "%":
        return "%", of_percent, "in %, as its name says"
    if additivity is Additivity.RATE and within_one and of.FRACTION_WORDS & set(name.words):
        return "%", 1.0, "in %, as its name and its cells say"
    if name.symbol and ("per" not in name.words or name.symbol in CURRENCY_CODES):
        return name.symbol, name.scale, f"in {name.symbol}, as its name says"
    return "", 1.0 if name.symbol else name.scale, ""
