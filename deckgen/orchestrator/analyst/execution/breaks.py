"""Breaks: when a measure, or that of one group against the others, went to another level and stayed."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Condition, Group, Measured, Relation, Span
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.stats.breaks import breaks_in

FEWEST = 16  # periods of a series
MOST_GROUPS, LEAST_GROUPS = 12, 3
LARGE = 0.1  # of the level: a smaller break of a group is none for a reader
GRAIN: Grain = "month"


@dataclass(frozen=True)
class Break:
    """The last break of a series: both levels as facts, and when the new one began."""

    new: Fact
    old: Fact
    since: Fact
    group: Group | None = None
    name: Any = None

    @property
    def level(self) -> float:
        """The new level."""
        return float(self.new.value or 0)

    @property
    def size(self) -> float:
        """The change, as a share of the level before."""
        old = float(self.old.value or 0)
        return self.level / old - 1 if old else 0.0


def last_of(execute: Executor, measured: Measured, scope: Scope) -> Break | None:
    """Returns the last break of a rate over all rows of a scope."""
    course = _course(execute, measured, scope)
    cuts = _cuts([value for _, value in course]) if len(course) >= FEWEST else []
    if not cuts:
        return None
    after = _stretch([span for span, _ in course[cuts[-1] :]])
    before = _stretch([span for span, _ in course[cuts[-2] if len(cuts) > 1 else 0 : cuts[-1]]])
    old, new = (execute.value(measured, scope.within(span)) for span in (before, after))
    return Break(new, old, execute.period(after))


def _cuts(values: list[float], looked: int = 1) -> list[int]:
    return [each.place for each in breaks_in(values, looked)]


def of_groups(execute: Executor, measured: Measured, group: Group, scope: Scope) -> list[Break]:
    """Returns the groups that went to another level while the others did not, the largest break first.

    Each is held against all others, so that neither season nor growth of all is its own.
    """
    names = [each.name for each in execute.groups(measured, group, scope)][:MOST_GROUPS]
    if len(names) < LEAST_GROUPS:
        return []
    found = [
        each for name in names if (each := _of_group(execute, measured, group, scope, name, len(names)))
    ]
    return sorted(found, key=lambda each: -abs(each.size))


def _of_group(
    execute: Executor, measured: Measured, group: Group, scope: Scope, name: Any, looked: int
) -> Break | None:
    others = Condition(column=group.column, relation=Relation.IS_NOT, values=[name])
    own = scope.of_group(group, name)
    course = _course(execute, measured, own)
    rest = {span.start: value for span, value in _course(execute, measured, scope.also(others))}
    both = [(span, value / rest[span.start]) for span, value in course if rest.get(span.start)]
    if len(both) < FEWEST:
        return None
    cuts = _cuts([value for _, value in both], looked)
    if len(cuts) != 1:
        return None
    return _held(execute, measured, own, [span for span, _ in both], cuts[0], group, name)


def _held(
    execute: Executor, measured: Measured, own: Scope, spans: list[Span], cut: int, group: Group,
    name: Any,
) -> Break | None:  # fmt: skip
    """Returns the months since a break, a year of them at most, against the same ones a year before;
    None if these were after the break as well, or the group moved little.
    """
    after = _stretch(spans[cut : cut + 12])
    start, end = (time.shift(each, "year", -1) for each in (after.start, after.end or after.start))
    if start is None or end is None or cut < 12 or start < spans[0].start:
        return None
    before = Span(start=start, end=end, grain=GRAIN)
    old, new = (execute.value(measured, own.within(span)) for span in (before, after))
    if not old.value or new.value is None:
        return None
    found = Break(new, old, execute.period(spans[cut]), group, name)
    return found if abs(found.size) >= LARGE else None


def told(found: Break, execute: Executor, measured: Measured) -> Statement:
    """Returns how much lower or higher a group has been since its break than in the months before."""
    assert found.group is not None
    label = execute.says("label.change_since_break", measure=measured.label, name=found.name)
    by = execute.growth(found.new, found.old, label, sign=Sign.SIZE)
    way = "fell" if found.size < 0 else "rose"
    return state(
        f"breaks.{way}", name=execute.name(found.group, found.name), by=by, since=found.since,
        new=found.new, old=found.old, measure=measured.noun,
    )  # fmt: skip


def _course(execute: Executor, measured: Measured, scope: Scope) -> list[tuple[Span, float]]:
    if time.GRAINS.index(execute.axis.grain) > time.GRAINS.index(GRAIN):
        return []
    return execute.course(measured, GRAIN, scope)


def _stretch(spans: list[Span]) -> Span:
    return Span(start=spans[0].start, end=spans[-1].end, grain=GRAIN)
