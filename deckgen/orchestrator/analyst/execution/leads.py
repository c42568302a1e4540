"""Which groups a ranking can't tell apart: all, or the first and those that may be as high.

Groups are compared in the periods that they share (Friedman 1937, Wilcoxon 1945), else by their rows.
"""

import numpy as np
from scipy.stats import friedmanchisquare

from deckgen.domain.plans import By, Group, Mean, Measured, Median, Rows, Total
from deckgen.orchestrator.analyst.execution import newsworthy
from deckgen.orchestrator.analyst.execution.effects import effect
from deckgen.orchestrator.analyst.execution.evidence import FEWEST, Verdict, verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.pairs import own_grain
from deckgen.orchestrator.analyst.execution.row_values import is_outcome, row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.stats.result import LEVEL, TestResult
from deckgen.orchestrator.analyst.stats.signed_ranks import signed_ranks

MOST = 12  # groups whose courses are compared
CLOSE = 0.1  # of the larger: sums further apart are told as they are, whatever chance may give


def level_with_first(
    execute: Executor, measured: Measured, group: Group, scope: Scope, ranked: list[GroupValue]
) -> list[GroupValue]:
    """Returns the first group and those that are not clearly behind it: all, if no group stands out.

    Sums are what they are: of them only those that are close can be level.
    """
    first = ranked[0]
    near = [each for each in ranked if _is_near(measured, first, each)]
    if len(near) < 2:
        return near
    compared = near[:MOST]
    if len(near) == len(ranked):
        found = verdict(_test(execute, measured, group, scope, ranked, compared), execute.level)
        if found is not Verdict.CLEAR:
            return ranked if found is Verdict.UNDECIDED else [first]
    pairs = [
        (each, _test(execute, measured, group, scope, [first, each], compared)) for each in compared[1:]
    ]
    return [first, *(each for each, test in pairs if verdict(test, LEVEL) is Verdict.UNDECIDED)]


def _is_near(measured: Measured, first: GroupValue, other: GroupValue) -> bool:
    larger = max(abs(first.value), abs(other.value))
    return not measured.adds_up or abs(first.value - other.value) <= CLOSE * larger


def _test(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    groups: list[GroupValue],
    compared: list[GroupValue],
) -> TestResult | None:
    """Returns the test that groups are level, which are some of those that are compared; None where
    there is too little for one.
    """
    names = [each.name for each in groups]
    if not _is_of_rows(execute, measured):
        every = [each.name for each in compared]
        courses = _courses(execute, measured, group, scope, names, every)
        if courses is not None:
            return _of_courses(courses)
    if isinstance(measured.measure, Total | Rows):
        return newsworthy.test_of_sums(execute, measured, group, scope, names)
    if row_value(execute.compiler, measured.measure) is None:
        return None
    found = effect(execute, measured, group, scope, names)
    return found.association.test if found else None


def _is_of_rows(execute: Executor, measured: Measured) -> bool:
    """True if single rows have a value each: not where a row is a group's value of a period."""
    is_mean = isinstance(measured.measure, Mean | Median) or is_outcome(measured)
    return is_mean and not (execute.timeline is not None and execute.timeline.is_panel)


def _courses(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    names: list[object],
    every: list[object],
) -> list[list[float]] | None:
    """Returns the values of each group in the periods that all of them have; None with too few.

    They are looked up for every group that is compared, which is one query for all tests.
    """
    if execute.timeline is None or group.by not in (By.VALUE, By.BAND) or len(names) > MOST:
        return None
    courses = execute.courses(measured, own_grain(execute), group, every, scope)
    known = {
        name: {span.start: value for span, value in course}
        for name, course in zip(every, courses, strict=True)
    }
    found = [known[name] for name in names]
    shared = sorted(set.intersection(*(set(each) for each in found)))
    return [[each[start] for start in shared] for each in found] if len(shared) >= FEWEST else None


def _of_courses(courses: list[list[float]]) -> TestResult:
    values = np.array(courses)
    n = values.shape[1]
    if not np.ptp(values, axis=0).any():
        return TestResult("Friedman", 0.0, 1.0, n)
    if len(courses) == 2:
        return signed_ranks(values[0] - values[1])
    test = friedmanchisquare(*values)
    return TestResult("Friedman", float(test.statistic), float(test.pvalue), n)
