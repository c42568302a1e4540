"""Whether the slots of a cycle (hours, weekdays, months) or groups differ beyond chance."""

import datetime
from collections.abc import Sequence

from scipy.stats import chi2_contingency, chisquare

from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import By, Group, Mean, Measured, Ratio, Rows
from deckgen.orchestrator.analyst.execution import series, shares
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats import kruskal_wallis
from deckgen.orchestrator.analyst.stats.aligned_ranks import cycle_test
from deckgen.orchestrator.analyst.stats.result import TestResult

ENOUGH = 5  # rows of a slot or of a group that is told
HOURS = 24
MOST_SLOTS = 31  # of a chart: the days of a month


def p_value(execute: Executor, measured: Measured, group: Group, scope: Scope) -> float:
    """Returns the chance of such differences between the groups if there are none; 1 without a test."""
    found = test_of(execute, measured, group, scope)
    return found.p_value if found else 1.0


def test_of(execute: Executor, measured: Measured, group: Group, scope: Scope) -> TestResult | None:
    """Returns the test of the groups that suits the measure; None where nothing can be tested."""
    match measured.measure:
        case Ratio(over=Rows(), per=Rows()):
            return _of_shares(execute, measured, group, scope)
        case Rows():
            return _of_counts(execute, measured, group, scope)
        case Mean():
            return _of_rows(execute, measured, group, scope)
    if group.by in (By.WEEKDAY, By.MONTH):
        return _of_cycle(execute, measured, group, scope)
    return _of_dates(execute, measured, group, scope)


def _of_shares(execute: Executor, measured: Measured, group: Group, scope: Scope) -> TestResult | None:
    found = [(hits, rows - hits) for _, hits, rows in shares.by_group(execute, measured, group, scope)]
    hits, others = (sum(side) for side in zip(*found, strict=True)) if found else (0, 0)
    if len(found) < 2 or not hits or not others:
        return None
    test = chi2_contingency(found)
    return TestResult("Chi-square", float(test.statistic), float(test.pvalue), hits + others)


def _of_counts(execute: Executor, measured: Measured, group: Group, scope: Scope) -> TestResult | None:
    """Tests counts against how long each slot is: a weekday comes as often as the calendar has it."""
    counted = {each.name: each.value for each in execute.groups(measured, group, scope)}
    lengths = _lengths(execute, group, list(counted))
    total, whole = sum(counted.values()), sum(lengths.values())
    if len(lengths) < 2 or not total:
        return None
    expected = [total * length / whole for length in lengths.values()]
    test = chisquare([counted.get(name, 0.0) for name in lengths], expected)
    return TestResult("Chi-square", float(test.statistic), float(test.pvalue), int(total))


def _lengths(execute: Executor, group: Group, names: Sequence[object]) -> dict[object, float]:
    """Returns how much time each slot has; groups that are no slots count alike."""
    if group.by is By.HOUR:
        return dict.fromkeys(range(HOURS), 1.0)
    if group.by is By.VALUE or execute.timeline is None:
        return dict.fromkeys(names, 1.0)
    found: dict[object, float] = {}
    axis = execute.timeline
    for ordinal in range(axis.first.toordinal(), axis.last.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        slot = day.isoweekday() if group.by is By.WEEKDAY else day.month
        found[slot] = found.get(slot, 0.0) + 1
    return found


def _of_rows(execute: Executor, measured: Measured, group: Group, scope: Scope) -> TestResult | None:
    """Compares the values of rows."""
    assert isinstance(measured.measure, Mean)
    value = execute.compiler.row_value(measured.measure.of)
    own = [execute.compiler.condition(each) for each in measured.measure.where]
    known = (f"({value}) IS NOT NULL", f"({execute.compiler.group(group)}) IS NOT NULL")
    where = quoting.where(*execute.conditions(scope), *own, *known)
    query = f"SELECT {execute.compiler.group(group)} AS g, {value} AS v FROM data{where}"
    return _compared(execute, query)


def _of_cycle(execute: Executor, measured: Measured, group: Group, scope: Scope) -> TestResult | None:
    """Compares the values of days or of months, less the course over time."""
    grain: Grain = "day" if group.by is By.WEEKDAY else "month"
    found = series.of(execute, measured, grain, scope)
    if not found.starts:
        return None
    first = found.starts[0]
    monday = first - datetime.timedelta(days=first.weekday())
    placed = [
        ((start - monday).days, start.isoweekday(), value)
        if grain == "day"
        else (12 * (start.year - first.year) + start.month - 1, start.month, value)
        for start, value in zip(found.starts, found.values, strict=True)
    ]
    test = cycle_test(placed, 7 if grain == "day" else 12)
    return test.test if test else None


def _of_dates(execute: Executor, measured: Measured, group: Group, scope: Scope) -> TestResult | None:
    """Compares the values that a group has on each date; of rows where there are no dates."""
    if execute.timeline is None:
        return None
    grain = execute.timeline.chart_grain()
    value = execute.compiler.measure(measured.measure)
    where = quoting.where(*execute.conditions(scope), execute.timeline.known())
    rows = execute.compiler.rows(measured.measure)
    query = (
        f"SELECT {execute.compiler.group(group)} AS g, {value} AS v FROM {rows}{where} "
        f"GROUP BY {execute.compiler.group(group)}, {execute.timeline.bucket(grain)}"
    )
    return _compared(execute, f"SELECT g, v FROM ({query}) WHERE v IS NOT NULL")


def _compared(execute: Executor, query: str) -> TestResult | None:
    found = kruskal_wallis.compare(execute.table, query, ENOUGH)
    return found.test if found else None
