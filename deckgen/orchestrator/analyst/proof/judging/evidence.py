"""What facts show: which way a measure moved, who is highest, how two groups compare."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from deckgen.domain.facts import FactRelation
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, plain, same_measure

STEADY = 0.05  # a relative change that may be called steady
ALIKE = 0.05  # the relative difference of values that may be called alike
WIDE = 1.5  # how many times another a value is that is far above it
NARROW = 1.15
A_PART, MUCH, LITTLE = 0.5, 0.3, 0.25  # shares that are most, much and little
Way = Literal["rise", "fall", "steady"]


@dataclass(frozen=True)
class Evidence:
    """The meanings of the facts that a sentence may rest on."""

    meanings: tuple[Meaning, ...]

    def changes(self, measure: str, groups: Iterable[str] = ()) -> list[Meaning]:
        """Returns the changes of a measure; of any one if the measure is empty."""
        about = frozenset(groups)
        return [
            each
            for each in self.meanings
            if each.is_change
            and each.number is not None
            and same_measure(each.measure, measure)
            and (not measure or each.measure)
            and (about <= each.groups if about else not each.groups)
        ]

    def moved(self, measure: str, way: Way, groups: Iterable[str] = ()) -> bool | None:
        """Returns whether a measure moved one way: True, False, or None if no fact says."""
        ways = {way_of(each.number or 0) for each in self.changes(measure, groups)}
        ways = ways or {way_of(later - earlier) for earlier, later in self._courses(measure, groups)}
        if not ways and " per " in measure:
            return self._moved_per(measure, way)
        return ways == {way} if len(ways) == 1 else None

    def _moved_per(self, measure: str, way: Way) -> bool | None:
        """More of one and less of another is more of the one per other."""
        over, _, per = measure.partition(" per ")
        if self.moved(over, "rise") and self.moved(per, "fall"):
            return way == "rise"
        if self.moved(over, "fall") and self.moved(per, "rise"):
            return way == "fall"
        return None

    def _courses(self, measure: str, groups: Iterable[str]) -> Iterator[tuple[float, float]]:
        """Yields values of one measure in two periods, the earlier first."""
        about = frozenset(groups)
        levels = [
            each
            for each in self.meanings
            if each.period and each.groups == about and (each.is_level or each.is_share)
            if same_measure(each.measure, measure) and each.number is not None
        ]
        for one in levels:
            for other in levels:
                is_later = one.period < other.period and one.is_share == other.is_share
                if is_later and one.number is not None and other.number is not None:
                    yield one.number, other.number

    def is_duration(self, measure: str) -> bool:
        """True if a measure says how long something takes: the fastest takes the least."""
        levels = [
            each
            for each in self.meanings
            if each.is_level and each.measure and same_measure(each.measure, measure)
        ]
        return bool(measure and levels) and all(each.is_duration for each in levels)

    def levels(self, measure: str, groups: frozenset[str]) -> list[Meaning]:
        """Returns the values of a measure for a group."""
        return [
            each
            for each in self.meanings
            if each.is_level and same_measure(each.measure, measure) and groups <= each.groups
        ]

    def is_ranked(self, subject: str, end: str, measure: str = "") -> bool:
        """True if a group or a period stands at an end of an order by a measure."""
        return any(
            each.end == end and subject in each.subjects and same_measure(each.measure, measure)
            for each in self.meanings
        )

    def ratios(self, first: str, second: str, measure: str = "") -> list[float]:
        """Returns how many times the second group's values those of the first are, for each measure."""
        found = []
        for one in self.of_group(first, measure):
            for other in self.of_group(second, measure):
                same_kind = one.is_share == other.is_share
                alike = plain(one.measure) == plain(other.measure) and one.period == other.period
                if same_kind and alike and one.number is not None and other.number:
                    found.append(one.number / other.number)
        return found

    def of_group(self, group: str, measure: str) -> list[Meaning]:
        """Returns the values and shares of one group."""
        return [
            each
            for each in self.meanings
            if (each.is_level or each.relation is FactRelation.SHARE)
            and each.number is not None
            and each.groups == {group}
            and same_measure(each.measure, measure)
        ]

    def stands(self, group: str, measure: str) -> int | None:
        """Returns 1 if a group is above all others that are known, -1 if it is below all of them."""
        others = {name for each in self.meanings for name in each.groups} - {group}
        ratios = [ratio for other in others for ratio in self.ratios(group, other, measure)]
        if self.is_ranked(group, "highest", measure) or (ratios and min(ratios) > 1):
            return 1
        if self.is_ranked(group, "lowest", measure) or (ratios and max(ratios) < 1):
            return -1
        return None

    def shares(self, group: str, measure: str = "") -> list[float]:
        """Returns the shares of a group."""
        return [
            each.number
            for each in self.meanings
            if each.relation is FactRelation.SHARE
            and each.number is not None
            and group in each.groups
            and same_measure(each.measure, measure)
        ]


def way_of(change: float) -> Way:
    """Returns which way a change went."""
    return "rise" if change > 0 else "fall" if change < 0 else "steady"
