"""Evidence for changes: is one more than what the measure does anyway, from period to period?"""

from enum import StrEnum
from typing import Any

import numpy as np
from scipy.stats import kruskal

from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Group, Measured, Span
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair, own_grain
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, shift
from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of
from deckgen.orchestrator.analyst.stats.result import TestResult
from deckgen.orchestrator.analyst.stats.signed_ranks import signed_ranks

LEVEL = 0.05
FEWEST = 6  # pairs of parts: with fewer no order of signs is rare enough
FINER: dict[Grain, tuple[Grain, ...]] = {
    "year": ("month",), "quarter": ("week",), "month": ("day",), "week": ("day",), "day": (),
}  # fmt: skip


class Verdict(StrEnum):
    """What a test says of a change."""

    CLEAR = "clear"
    UNDECIDED = "undecided"
    UNTESTED = "untested"  # too little for a test


def verdict(p_value: float | None) -> Verdict:
    """Returns what a p-value says; without one nothing was tested."""
    if p_value is None or np.isnan(p_value):
        return Verdict.UNTESTED
    return Verdict.CLEAR if p_value < LEVEL else Verdict.UNDECIDED


def of_change(execute: Executor, measured: Measured, scope: Scope, pair: Pair) -> Verdict:
    """Returns whether the parts of two periods differ."""
    test = test_of_change(execute, measured, scope, pair)
    return verdict(test.p_value if test else None)


def test_of_change(
    execute: Executor, measured: Measured, scope: Scope, pair: Pair
) -> TestResult | None:
    """Returns Wilcoxon's (1945) test of two periods, month by month; None with too few months."""
    steps = _steps(execute, measured, scope, pair)
    if len(steps) < FEWEST:
        return None
    if not any(steps):
        return TestResult("Wilcoxon", 0.0, 1.0, len(steps))
    return signed_ranks(steps)


def of_trend(execute: Executor, measured: Measured, scope: Scope, *, up: bool) -> Verdict:
    """Returns whether the periods go up or down."""
    test = test_of_trend(execute, measured, scope)
    if test and (test.statistic > 0) != up:
        return Verdict.UNDECIDED
    return verdict(test.p_value if test else None)


def test_of_trend(execute: Executor, measured: Measured, scope: Scope) -> TestResult | None:
    """Returns the test of Mann and Kendall (1945) of the periods; None with too few of them."""
    values = [value for _, value in execute.course(measured, own_grain(execute), scope)]
    trend = trend_of(values)
    return TestResult("Mann-Kendall", trend.tau, trend.p_value, len(values)) if trend else None


def of_groups(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, names: list[Any]
) -> Verdict:
    """Returns whether groups moved differently: their relative changes from part to part, by the test
    of Kruskal and Wallis (1952).
    """
    moves = [_steps(execute, measured, scope.of_group(group, name), pair) for name in names]
    if len(moves) < 2 or min(len(each) for each in moves) < FEWEST:
        return Verdict.UNTESTED
    if len({step for each in moves for step in each}) < 2:
        return Verdict.UNDECIDED
    return verdict(float(kruskal(*moves).pvalue))


def _steps(execute: Executor, measured: Measured, scope: Scope, pair: Pair) -> list[float]:
    """Returns the relative change of each part of the period against that of the earlier one."""
    grain = parts_of(execute, pair)
    if grain is None:
        return []
    new, old = (
        [value for _, value in execute.course(measured, grain, scope.within(span))]
        for span in (pair.new, pair.old)
    )
    level = float(np.mean(np.abs([*new, *old]))) if new and old else 0.0
    # What differs only by the rounding of sums is the same.
    return [round((a - b) / level, 9) for a, b in zip(new, old, strict=False)] if level else []


def parts_of(execute: Executor, pair: Pair) -> Grain | None:
    """Returns the grain of the parts of both periods; None if the table has no such."""
    if _is_stretch(pair.new):
        return pair.new.grain
    return next(
        (
            grain
            for grain in FINER[pair.new.grain]
            if GRAINS.index(grain) >= GRAINS.index(execute.axis.grain)
        ),
        None,
    )


def _is_stretch(span: Span) -> bool:
    return span.end != shift(span.start, span.grain, 1)
