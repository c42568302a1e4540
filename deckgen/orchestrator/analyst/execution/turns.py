"""Turns: a measure that rose and then fell, or fell and then rose, each for long enough."""

from dataclasses import dataclass

from deckgen.domain.plans import Measured
from deckgen.orchestrator.analyst.execution import changes, pairs, usual
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair, own_grain
from deckgen.orchestrator.analyst.execution.results import Figure, News, Slot, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.stats.result import TestResult
from deckgen.orchestrator.analyst.stats.seasons import without_season
from deckgen.orchestrator.analyst.stats.turning_points import Turn, turning_in

TEST = "Mann-Kendall on both sides"


@dataclass(frozen=True)
class Turned:
    """Where the course of a measure turned: what became of it since, and how it got there."""

    turn: Turn
    since: Pair
    before: Pair
    periods: int
    is_end: bool  # no other period has a higher value, or a lower one

    @property
    def news(self) -> News:
        """How far it went on the shorter side, and the test of both."""
        size = min(abs(self.turn.before), abs(self.turn.after))
        test = TestResult(TEST, self.turn.tau, self.turn.p_value, self.periods)
        return News(strength("turn", size), test, moves=True)


def find(execute: Executor, measured: Measured, scope: Scope) -> Turned | None:
    """Returns where the course turned, less its season; None if it did not, or too few periods tell."""
    grain = own_grain(execute)
    course = execute.course(measured, grain, scope)
    cycle = time.CYCLES.get(grain, 1)
    if len(course) < 2 * cycle:
        return None
    turn = turning_in(without_season([value for _, value in course], cycle))
    # What falls within a year of its peak may only have its season.
    if turn is None or min(turn.index - turn.start, len(course) - turn.index) < cycle:
        return None
    start, turned, end = (course[place][0] for place in (turn.start, turn.index, -1))
    values = [value for _, value in course]
    is_end = values[turn.index] == (max(values) if turn.is_peak else min(values))
    return Turned(turn, Pair(end, turned), Pair(turned, start), len(course), is_end=is_end)


def told(
    execute: Executor, measured: Measured, noun: Slot, scope: Scope, found: Turned
) -> tuple[list[Statement], list[Figure]] | None:
    """Returns when it turned and what became of it, how it got there, and both values; None if the
    values themselves do not say so.
    """
    since, before = (
        changes.between(execute, measured, scope, pair) for pair in (found.since, found.before)
    )
    if since is None or before is None or (since.way, before.way) != _ways(found.turn):
        return None
    key = "peak" if found.turn.is_peak else "low"
    if found.is_end:
        execute.book.note_end(since.old.id, "highest" if found.turn.is_peak else "lowest")
    head = _said(execute, f"turns.{key}", noun, since, found.since)
    path = _said(execute, f"turns.before.{key}", noun, before, found.before)
    return [head, path], usual.figures(execute, since, found.since)


def _ways(turn: Turn) -> tuple[str, str]:
    return ("fell", "rose") if turn.is_peak else ("rose", "fell")


def _said(execute: Executor, key: str, noun: Slot, change: Change, pair: Pair) -> Statement:
    return state(
        key, measure=noun, by=change.by, signed=change.signed, old=change.old, new=change.new,
        **pairs.when(execute, pair),
    )  # fmt: skip
