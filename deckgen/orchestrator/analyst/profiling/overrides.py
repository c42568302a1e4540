"""Overrides of columns (`context.columns`), which win over names and cells wherever they can hold."""

from dataclasses import dataclass

from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.errors import PermanentError
from deckgen.domain.overrides import ColumnOverride, folded
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCIES, CURRENCY_CODES
from deckgen.orchestrator.analyst.profiling.impossible import impossible, listed
from deckgen.orchestrator.analyst.profiling.roles import CellFacts

REASON = "the request says so"
AXIS = f"{REASON}: it is the time axis"
MAX_NAMED = 30
_NUMBERS, _DATES = ("BIGINT", "DOUBLE"), ("DATE", "TIMESTAMP")


@dataclass(frozen=True)
class Wish:
    """The part of an override that can be honoured, and in words the part that can't."""

    role: Role | None = None
    additivity: Additivity | None = None
    unit: str | None = None
    scale: float | None = None
    refused: tuple[str, ...] = ()


NO_WISH = Wish()


def by_column(overrides: dict[str, ColumnOverride], names: list[str]) -> dict[str, ColumnOverride]:
    """Returns the overrides by the names of the table's columns, matched without regard to case and
    spaces. PermanentError for a column that is not there, with the names of those that are.
    """
    names_by_key = {folded(name): name for name in names}
    unknown = [name for name in overrides if folded(name) not in names_by_key]
    if unknown:
        raise PermanentError(
            f"context.columns names {', '.join(unknown[:MAX_NAMED])}, which the table does not have. "
            f"Its columns are: {listed(names, MAX_NAMED)}.",
            code="unknown_column",
        )
    return {names_by_key[folded(name)]: override for name, override in overrides.items()}


def honoured(label: str, override: ColumnOverride, cells: CellFacts, inferred: Role) -> Wish:
    """Returns the part of an override that fits the cells of a column with the `inferred` role."""
    refused: list[str] = []
    role = override.role or (Role.MEASURE if override.additivity else None)
    if override.says_measure and inferred is not Role.MEASURE:
        role = Role.MEASURE  # who says in what it is measured says that it is
    if role and (obstacle := _obstacle(role, cells)):
        refused.append(
            f"“{label}” was not taken as {role.value}, which the request asks for: {obstacle}"
        )
        role = None
    measured = (role or inferred) is Role.MEASURE
    for name, value in (("additivity", override.additivity), ("unit", override.unit)):
        if value and not measured and not refused:
            refused.append(f"“{label}” is no measure, so the {name} in the request was left out")
    if not measured:
        return Wish(role, refused=tuple(refused))
    return Wish(role, override.additivity, override.unit, override.scale, tuple(refused))


def _obstacle(role: Role, cells: CellFacts) -> str:
    """Returns why a column can't have a role; empty if it can."""
    if cells.present == 0:
        return "it has no values"
    if role is Role.MEASURE and cells.type not in _NUMBERS:
        return "its cells are no numbers"
    years = cells.whole and (cells.lowest or 0) >= 1000 and (cells.highest or 0) <= 2999
    if role is Role.TIME and cells.type not in _DATES and not years:
        return "its cells are neither dates nor years"
    return ""


def check_axis(name: str, cells: CellFacts) -> None:
    """Raises PermanentError for a time axis without dates."""
    obstacle = _obstacle(Role.TIME, cells)
    if cells.distinct == 1:
        obstacle = "all its cells are the same date"
    if obstacle:
        what = f"names “{name}”, but {obstacle}. Name a column of dates or years"
        raise impossible("context.table.timeAxis", what)


def symbol_of(unit: str) -> str:
    """Returns a requested unit; a currency's sign, word or code becomes its ISO code."""
    if unit.upper() in CURRENCY_CODES:
        return unit.upper()
    return CURRENCIES.get(unit.lower(), "%" if unit.lower() in ("percent", "%", "pct") else unit)
