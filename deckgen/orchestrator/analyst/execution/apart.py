"""Groups that clearly stand apart: those that lose, and those that lie below the others."""

import statistics
from dataclasses import dataclass

from deckgen.domain.plans import By, Group
from deckgen.orchestrator.analyst.execution.spreads import Spread, p_below, p_below_zero, whole_of

RARE = 0.01  # divided by the number of groups that are looked at


@dataclass(frozen=True)
class Finding:
    """One group that stands apart, with what that is worth."""

    group: Group
    of: Spread
    size: float

    @property
    def place(self) -> str:
        """Where a band lies among the others; “value” of a group that is none."""
        if self.group.by is not By.BAND:
            return "value"
        edges = len(self.group.edges)
        return "lowest" if self.of.name == 0 else "highest" if self.of.name == edges else "between"


def losing(group: Group, found: list[Spread], looked: int) -> list[Finding]:
    """Returns the groups whose rows lose on average, beyond chance."""
    return [
        Finding(group, each, -each.total)
        for each in found
        if len(found) > 1 and p_below_zero(each) < RARE / looked
    ]


def behind(group: Group, found: list[Spread], looked: int) -> list[Finding]:
    """Returns the groups that clearly lie below the rest, and below the median of the groups."""
    if len(found) < 2:
        return []
    whole, median = whole_of(found), statistics.median(each.mean for each in found)
    return [
        Finding(group, each, (median - each.mean) * each.rows)
        for each in found
        if each.mean < median and p_below(each, whole.without(each)) < RARE / looked
    ]
