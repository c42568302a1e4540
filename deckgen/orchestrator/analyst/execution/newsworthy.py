"""What makes a result news: how strong it is, and the test that it has to pass."""

from collections.abc import Collection
from typing import Any

from deckgen.domain.plans import By, Group, Measured, Rows, Total
from deckgen.orchestrator.analyst.execution import evidence
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import News
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.result import TestResult
from deckgen.orchestrator.analyst.stats.shares import of_sums

MOST_BARS = 12  # groups that are drawn
NOTICED = 0.1  # of the highest group: the distance of the lowest that is worth telling
SEVERAL = 1.5  # rows a group, from which chance can be told from more


def of_trend(execute: Executor, measured: Measured, scope: Scope, change: Change) -> News | None:
    """Returns how large a change over the whole course is; None unless the course has a direction."""
    test = evidence.test_of_trend(execute, measured, scope)
    if test is None or change.way == "steady" or (test.statistic > 0) != (change.way == "rose"):
        return None
    return News(strength("course", _size(change)), test, moves=True)


def of_change(
    execute: Executor, measured: Measured, scope: Scope, pair: Pair, change: Change
) -> News | None:
    """Returns how large a change between two periods is; None unless their parts could be tested."""
    test = evidence.test_of_change(execute, measured, scope, pair)
    if test is None or change.way == "steady":
        return None
    return News(strength("course", _size(change)), test, moves=True)


def _size(change: Change) -> float:
    """Returns the size of a change against the larger of both values."""
    assert change.moved.old is not None
    assert change.moved.new is not None
    level = max(abs(change.moved.old), abs(change.moved.new))
    return abs(change.moved.difference) / level if level else 0.0


def of_shares(
    execute: Executor, measured: Measured, group: Group, scope: Scope, found: list[GroupValue]
) -> News | None:
    """Returns how far the first group of a total is ahead of an equal split, if that is no chance."""
    if not measured.adds_up or group.by is not By.VALUE or min(each.value for each in found) < 0:
        return None
    values = sorted((each.value for each in found), reverse=True)
    whole, even = sum(values), 1 / len(values)
    if not whole or values[-1] > (1 - NOTICED) * values[0]:
        return None
    share = values[0] / whole
    if len(values) > MOST_BARS and share < 2 * even:
        return None
    test = test_of_sums(execute, measured, group, scope, None)
    if test is None and isinstance(measured.measure, Rows | Total) and _has_several(found):
        return None
    return News(strength("share", (share - even) / (1 - even)), test)


def _has_several(found: list[GroupValue]) -> bool:
    return sum(each.rows for each in found) > SEVERAL * len(found)


def test_of_sums(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    names: Collection[Any] | None,
) -> TestResult | None:
    """Returns the test that groups, perhaps some of them only, have their sums by chance; None of what
    is no sum of rows, or where each group is one row.
    """
    match measured.measure:
        case Total(of=of, where=where):
            value = execute.compiler.row_value(of)
        case Rows(where=where):
            value = "1"
        case _:
            return None
    own = [*execute.conditions(scope), *(execute.compiler.condition(each) for each in where)]
    key = execute.compiler.group(group)
    known = (f"({value}) IS NOT NULL", f"({key}) IS NOT NULL")
    found = execute.table.all(
        f"SELECT {key} AS g, count(*), sum({value}), sum(({value}) * ({value})) "
        f"FROM data{quoting.where(*own, *known)} GROUP BY ALL"
    )
    rows = [row[1:] for row in found if names is None or row[0] in names]
    n = sum(count for count, _, _ in rows)
    if n <= SEVERAL * len(rows):
        return None
    return of_sums([(float(total), float(squares)) for _, total, squares in rows], n)
