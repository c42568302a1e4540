"""Overrides of columns (`context.columns`), which win over names and cells wherever they can hold."""

from dataclasses import dataclass

from deckgen.domain.briefs import ColumnOverride
from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.errors import PermanentError
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCIES, CURRENCY_CODES
from deckgen.orchestrator.analyst.profiling.roles import CellFacts

REASON = "the request says so"
MAX_NAMED = 30
_NUMBERS, _DATES = ("BIGINT", "DOUBLE"), ("DATE", "TIMESTAMP")


@dataclass(frozen=True)
class Wish:
    """The part of an override that can be honoured, and in words the part that can't."""

    role: Role | None = None
    additivity: Additivity | None = None
    unit: str | None = None
    refused: tuple[str, ...] = ()


NO_WISH = Wish()


def by_column(overrides: dict[str, ColumnOverride], names: list[str]) -> dict[str, ColumnOverride]:
    """Returns the overrides by the names of the table's columns, matched without regard to case and
    spaces. PermanentError for a column that is not there, with the names of those that are.
    """
    names_by_key = {_folded(name): name for name in names}
    unknown = [name for name in overrides if _folded(name) not in names_by_key]
    if unknown:
        listed = ", ".join(names[:MAX_NAMED]) + (", …" if len(names) > MAX_NAMED else "")
        raise PermanentError(
            f"context.columns names {', '.join(unknown[:MAX_NAMED])}, which the table does not have. "
            f"Its columns are: {listed}.",
            code="unknown_column",
        )
    return {names_by_key[_folded(name)]: override for name, override in overrides.items()}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def honoured(label: str, override: ColumnOverride, cells: CellFacts, inferred: Role) -> Wish:
    """Returns the part of an override that fits the cells of a column with the `inferred` role."""
    refused: list[str] = []
    role = override.role or (Role.MEASURE if override.additivity else None)
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
    return Wish(role, override.additivity, override.unit, tuple(refused))


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


def symbol_of(unit: str) -> str:
    """Returns a requested unit; a currency's sign, word or code becomes its ISO code."""
    if unit.upper() in CURRENCY_CODES:
        return unit.upper()
    return CURRENCIES.get(unit.lower(), "%" if unit.lower() in ("percent", "%", "pct") else unit)
