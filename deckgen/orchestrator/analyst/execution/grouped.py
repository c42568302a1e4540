"""Groups: their values, how they are written, and how they are compared in a query."""

import datetime
from dataclasses import dataclass
from typing import Any

from deckgen.domain.formatting.display import COUNT, HOUR, MONTH, TEXT, WEEKDAY, Unit
from deckgen.domain.plans import By, Group
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.sql import quoting

UNITS = {By.VALUE: TEXT, By.HOUR: HOUR, By.WEEKDAY: WEEKDAY, By.MONTH: MONTH, By.BAND: COUNT}


@dataclass(frozen=True)
class GroupValue:
    """A group with its value and the number of its rows."""

    name: Any
    value: float
    rows: int


def unit_of(group: Group) -> Unit:
    """Returns the unit in which the names of groups are written."""
    if group.by is By.PERIOD:
        assert group.grain is not None
        return time.unit_of(group.grain)
    return UNITS[group.by]


def literal(value: Any) -> str:
    """Returns a group as it is compared in a query."""
    if isinstance(value, datetime.date):
        return f"DATE '{value}'"
    return quoting.literal(value)
