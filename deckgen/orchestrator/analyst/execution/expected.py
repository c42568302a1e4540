"""What is to be expected of the next periods, and how far the same method was off in the past.

The level of each cycle (of twelve months, say) is continued by its line, its mean, its last value or
its last pace, and each place of the cycle gets its usual share of the level. The method is one query,
which also runs on each past moment as if what came later were not known.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, Unit
from deckgen.domain.plans import Level
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.series import Series
from deckgen.orchestrator.analyst.stats.aligned_ranks import cycle_test
from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of
from deckgen.orchestrator.analyst.stats.seasons import without_season

CLEAR = 0.05
MOST_TESTS, FEWEST_TESTS = 12, 3
FEWEST = 6  # periods
HELD = 0.8  # of the cases in which a range holds
NEARER = 0.75  # of a method's mean error, below which another one takes its place
PACE_CYCLES, PACE_PERIODS = 1, 3  # over which the last pace is measured, with a season and without

_ERROR = "abs(actual - expected)"


class Course(StrEnum):
    """How the level goes on."""

    MEAN = "mean"  # it comes back to what it was on the whole
    LINE = "line"  # it stays on the straight line through all of the past
    LAST = "last"  # it stays where it is
    PACE = "pace"  # it changes as it did of late


@dataclass(frozen=True)
class Method:
    """How a series is continued: `skip` periods are passed over, then so many are expected together."""

    series: Series
    cycle: int  # periods that make a season; 1 without one
    course: Course
    skip: int
    periods: int
    is_level: bool = False  # the mean of the periods is expected, and not their sum

    @property
    def tests(self) -> int:
        """How many past moments leave enough periods before them: two cycles, or else one."""
        if self.cycle == 1:
            return self._tests_after(FEWEST - FEWEST_TESTS)
        enough = self._tests_after(2 * self.cycle)
        return enough if enough >= FEWEST_TESTS else self._tests_after(self.cycle)

    def _tests_after(self, needed: int) -> int:
        return max(0, min(MOST_TESTS, len(self.series) - self.skip - self.periods + 1 - needed))

    @property
    def below(self) -> int:
        """The place of the past error below which the next one lies at least four times in five: that
        one counts as well (Vovk and others 2005).
        """
        return min(self.tests, math.ceil(HELD * (self.tests + 1)))

    @property
    def quantile(self) -> float:
        """The same place as a quantile."""
        return (self.below - 1) / (self.tests - 1)

    def query(self) -> str:
        """Returns the query of what is expected at each moment (moment, expected, actual).

        Moment 0 is now; the others are so many periods ago.
        """
        first = self.skip + self.periods
        places = sorted({-step % self.cycle for step in range(self.skip + 1, first + 1)})
        times = self.periods / len(places)
        usual, many, actual = f"sum(usual) * {times!r}", self.periods, "sum(value)"
        if self.is_level:
            usual, many, actual = "avg(usual)", 1, "avg(value)"
        ahead_of_all = f"any_value(ahead) * {many} + {usual}"
        expected = f"any_value(ahead) * {usual}" if self.is_ratio else ahead_of_all
        return (
            f"WITH s AS (SELECT value, row_number() OVER (ORDER BY period DESC) AS ago "
            f"FROM ({self.series.query})), "
            f"moments AS (SELECT 0 AS moment UNION ALL SELECT ago AS moment FROM s "
            f"WHERE ago BETWEEN {first} AND {first + self.tests - 1}), "
            f"past AS (SELECT moment, (ago - moment - 1) // {self.cycle} AS back, "
            f"(ago - moment - 1) % {self.cycle} AS place, value FROM s JOIN moments ON ago > moment), "
            f"levels AS (SELECT moment, back, avg(value) AS level FROM past GROUP BY moment, back "
            f"HAVING count(*) = {self.cycle}), "
            f"now AS (SELECT moment, {self._level} AS ahead FROM levels GROUP BY moment), "
            f"seasons AS (SELECT moment, place, {self._usual} AS usual FROM past "
            "JOIN levels USING (moment, back) GROUP BY moment, place), "
            f"expected AS (SELECT moment, {expected} AS expected "
            f"FROM seasons JOIN now USING (moment) WHERE place IN ({', '.join(map(str, places))}) "
            "GROUP BY moment), "
            f"happened AS (SELECT moment, {actual} AS actual FROM s JOIN moments "
            f"ON ago BETWEEN moment - {first - 1} AND moment - {self.skip} WHERE moment > 0 "
            "GROUP BY moment) "
            "SELECT moment, expected, actual FROM expected LEFT JOIN happened USING (moment)"
        )

    @property
    def _level(self) -> str:
        """Returns SQL for the level that is expected, over those of the past (level, back)."""
        ahead = 1 + self.skip / self.cycle if self.cycle > 1 else self.skip + (self.periods + 1) / 2
        last = "arg_min(level, back)"
        match self.course:
            case Course.LINE:  # one cycle alone has none
                line = f"regr_intercept(level, back) - {ahead!r} * regr_slope(level, back)"
                return f"coalesce({line}, avg(level))"
            case Course.LAST:
                return last
            case Course.PACE:
                over = PACE_CYCLES if self.cycle > 1 else PACE_PERIODS
                pace = f"({last} - {last} FILTER (WHERE back >= {over})) / {over}"
                return f"{last} + {ahead!r} * coalesce({pace}, 0)"
        return "avg(level)"

    @property
    def _usual(self) -> str:
        """Returns SQL for a place's usual part of the level, or its usual distance to it."""
        if self.cycle == 1:
            return "1" if self.is_ratio else "0"
        return "avg(value / level)" if self.is_ratio else "avg(value - level)"

    @property
    def is_ratio(self) -> bool:
        """True if a season can be a part of the level: nothing is zero or below."""
        return min(self.series.values) > 0


def method_of(series: Series, cycle: int, skip: int, periods: int) -> Method | None:
    """Returns the method that suits a series; None if it is too short to know how far it is off.

    There is a season if its places differ beyond chance in two cycles at least, and a trend if the
    series without it has one.
    """
    is_seasonal = _is_seasonal(series, cycle) and periods <= cycle
    values = without_season(series.values, cycle) if is_seasonal else series.values
    trend = trend_of(values)
    course = Course.LINE if trend is not None and trend.p_value < CLEAR else Course.MEAN
    is_level = isinstance(series.measured.measure, Level)
    found = Method(series, cycle if is_seasonal else 1, course, skip, periods, is_level)
    if found.tests < FEWEST_TESTS:
        found = replace(found, cycle=1)
    return found if len(series) >= FEWEST and found.tests >= FEWEST_TESTS else None


def nearest(execute: Executor, method: Method) -> Method:
    """Returns the method, or the last level or pace where that came clearly nearer in the past: a
    series that wanders comes back neither to its line nor to its mean, and one that turned falls on.
    """

    def off(one: Method) -> float:
        return float(
            execute.table.one(f"SELECT avg({_ERROR}) FROM ({one.query()}) WHERE moment > 0")[0]
        )

    offs = {course: off(replace(method, course=course)) for course in (Course.LAST, Course.PACE)}
    best = min(offs, key=offs.__getitem__)
    return replace(method, course=best) if offs[best] < NEARER * off(method) else method


def _is_seasonal(series: Series, cycle: int) -> bool:
    if cycle < 2 or len(series) < 2 * cycle or not _is_whole(series):
        return False
    placed = [(place, place % cycle, value) for place, value in enumerate(series.values)]
    test = cycle_test(placed, cycle)
    return test is not None and test.test.p_value < CLEAR


def _is_whole(series: Series) -> bool:
    """True if no period between the first and the last is missing."""
    return all(span.end == after.start for span, after in pairwise(series.spans))


@dataclass(frozen=True)
class Expected:
    """What is expected, between which values, and how far the method was off in how many tests, of
    which the range would have held so many.
    """

    value: Fact
    low: Fact
    high: Fact
    usually_off: Fact
    held: Fact
    tests: Fact


def range_of(method: Method) -> tuple[str, str, str]:
    """Returns what is expected and the ends of its range, over the rows of the method's query."""
    value = "max(expected) FILTER (WHERE moment = 0)"
    off = f"quantile_cont({_ERROR}, {method.quantile!r}) FILTER (WHERE moment > 0)"
    # What was never below zero will not be.
    floor = min(method.series.values) >= 0
    lowest = f"greatest({value} - {off}, 0)" if floor else f"{value} - {off}"
    return value, lowest, f"{value} + {off}"


def expected(execute: Executor, method: Method) -> Expected:
    """Returns the forecast as facts: the range is as wide as held four in five errors of the past."""
    measured, conditions = method.series.measured, execute.conditions(method.series.scope)
    value, lowest, highest = range_of(method)
    usually = f"avg({_ERROR}) FILTER (WHERE moment > 0)"

    def fact(label: str, expression: str, unit: Unit = measured.unit) -> Fact:
        query = f"SELECT {expression} FROM ({method.query()})"
        return execute.book.query(label, query, unit, *conditions)

    name = execute.says("label.expected", measure=measured.label)
    return Expected(
        value=fact(name, value),
        low=fact(execute.says("label.name_low_end", name=name), lowest),
        high=fact(execute.says("label.name_high_end", name=name), highest),
        usually_off=fact(execute.says("label.mean_error", name=name), usually),
        held=_held(execute, method, _ERROR),
        tests=fact(execute.says("label.past_moments"), "count(actual)", COUNT),
    )


def _held(execute: Executor, method: Method, error: str) -> Fact:
    """Returns how many of the past moments such a range would have held."""
    past = (
        f"SELECT {error} AS error, row_number() OVER (ORDER BY {error}) AS place "
        f"FROM ({method.query()}) WHERE moment > 0"
    )
    widest = f"max(CASE WHEN place = {method.below} THEN error END) OVER ()"
    beside = f"SELECT error, {widest} AS widest FROM ({past})"
    return execute.book.query(
        execute.says("label.past_held"),
        f"SELECT count(*) FROM ({beside}) WHERE error <= widest",
        COUNT,
        *execute.conditions(method.series.scope),
    )
