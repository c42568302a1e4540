"""Evidence for changes: is one more than what the measure does anyway, from period to period?"""

import statistics
from dataclasses import replace
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.stats import kruskal

from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Group, Measured, Span
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair, own_grain
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling.timeline import CYCLES, GRAINS, shift
from deckgen.orchestrator.analyst.stats.breaks import breaks_in
from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of
from deckgen.orchestrator.analyst.stats.result import TestResult
from deckgen.orchestrator.analyst.stats.seasons import without_season
from deckgen.orchestrator.analyst.stats.signed_ranks import signed_ranks

FEWEST = 6  # pairs of parts: with fewer no order of signs is rare enough
FINER: dict[Grain, tuple[Grain, ...]] = {
    "year": ("month",), "quarter": ("week",), "month": ("day",), "week": ("day",), "day": (),
}  # fmt: skip


class Verdict(StrEnum):
    """What a test says of a change."""

    CLEAR = "clear"
    UNDECIDED = "undecided"
    UNTESTED = "untested"  # too little for a test


def verdict(test: TestResult | None, level: float) -> Verdict:
    """Returns what a test says; without one nothing is known."""
    if test is None or np.isnan(test.p_value):
        return Verdict.UNTESTED
    return Verdict.CLEAR if test.p_value < level else Verdict.UNDECIDED


def of_course(
    execute: Executor, measured: Measured, scope: Scope, pair: Pair, *, rose: bool
) -> Verdict:
    """Returns whether a measure has a direction: by its whole course, by a step to another level, and
    by the parts of two periods unless these are its ends. Several tests have as many chances, so each
    must be as rare as its part.
    """
    trend = test_of_trend(execute, measured, scope)
    if trend and (trend.statistic > 0) != rose:
        trend = replace(trend, p_value=1.0)
    parts = None
    if pair.new.grain == "year" or not pair.counted:
        parts = test_of_change(execute, measured, scope, pair)
    step = test_of_step(execute, measured, scope, rose=rose)
    made = [test for test in (trend, step, parts) if test is not None]
    likeliest = min(made, key=lambda test: test.p_value, default=None)
    return verdict(likeliest, execute.level / max(1, len(made)))


def of_change(execute: Executor, measured: Measured, scope: Scope, pair: Pair) -> Verdict:
    """Returns whether the parts of two periods differ."""
    return verdict(test_of_change(execute, measured, scope, pair), execute.level)


def of_group(
    execute: Executor, measured: Measured, scope: Scope, pair: Pair, *, rose: bool, among: int
) -> Verdict:
    """Returns whether a group that was looked for `among` others has changed: by the parts of both
    periods, and where these are too few by its whole course.
    """
    parts = test_of_change(execute, measured, scope, pair)
    if parts is not None:
        return verdict(parts, execute.level / among)
    trend = test_of_trend(execute, measured, scope)
    if trend and (trend.statistic > 0) != rose:
        trend = replace(trend, p_value=1.0)
    return verdict(trend, execute.level / among)


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


def test_of_trend(execute: Executor, measured: Measured, scope: Scope) -> TestResult | None:
    """Returns the test of Mann and Kendall (1945) of the periods less their season, which would hide a
    trend; None with too few of them.
    """
    grain = own_grain(execute)
    values = [value for _, value in execute.course(measured, grain, scope)]
    trend = trend_of(without_season(values, CYCLES.get(grain, 1)))
    return TestResult("Mann-Kendall", trend.tau, trend.p_value, len(values)) if trend else None


def test_of_step(
    execute: Executor, measured: Measured, scope: Scope, *, rose: bool
) -> TestResult | None:
    """Returns how likely chance makes the step that led to the last level from a lower or a higher one;
    None if the series, less its season, has no such step.
    """
    grain = own_grain(execute)
    values = [value for _, value in execute.course(measured, grain, scope)]
    known = without_season(values, CYCLES.get(grain, 1))
    found = breaks_in(known)
    if len(found) != 1:
        return None
    before, since = known[: found[0].place], known[found[0].place :]
    way = statistics.median(since) - statistics.median(before)
    return TestResult("step", way, found[0].p_value, len(values)) if (way > 0) == rose else None


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
    test = kruskal(*moves)
    found = TestResult(
        "Kruskal-Wallis", float(test.statistic), float(test.pvalue), sum(map(len, moves))
    )
    return verdict(found, execute.level)


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
    finer = next(
        (
            grain
            for grain in FINER[pair.new.grain]
            if GRAINS.index(grain) >= GRAINS.index(execute.axis.grain)
        ),
        None,
    )
    if _is_stretch(pair.new) and (finer is None or _has_enough(pair.new)):
        return pair.new.grain
    return finer


def _has_enough(span: Span) -> bool:
    """True if a stretch is of as many periods of its grain as a test needs."""
    last = shift(span.start, span.grain, FEWEST)
    return span.end is None or (last is not None and last <= span.end)


def _is_stretch(span: Span) -> bool:
    return span.end != shift(span.start, span.grain, 1)
