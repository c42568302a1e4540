"""Groups whose values stop: what is missing is no fall, and the others are compared like with like."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Condition, Distinct, Group, Measured, Plan, Relation, Rows
from deckgen.orchestrator.analyst.execution import pairs
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.sql import quoting

TAIL = 2  # periods at the end without a value
DENSE = 0.9  # of the periods before have one
TOLD = 3


@dataclass(frozen=True)
class Stopped:
    """Groups that have no value any more, and the rows of the others."""

    group: Group
    names: list[Any]
    scope: Scope  # without them


@dataclass(frozen=True)
class Alike:
    """Two periods that are compared like with like, over groups that have values in both."""

    pair: Pair
    missing: Stopped | None
    scope: Scope


def alike(
    plan: Plan, execute: Executor, measured: Measured, group: Group | None, scope: Scope
) -> Alike | None:
    """Returns the periods of a plan without the groups that stop; None if there are no two periods."""
    pair = pairs.of(plan, execute, measured, scope)
    if pair is None:
        return None
    missing = find(execute, measured, group, scope, pair) if group else None
    if missing is None:
        return Alike(pair, None, scope)
    # Without these groups, what is noisy and what is complete may be seen differently.
    again = pairs.of(plan, execute, measured, missing.scope)
    return Alike(again or pair, missing, missing.scope)


def find(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair
) -> Stopped | None:
    """Returns the groups that have values in the earlier period, and stop before the later one ends."""
    if isinstance(measured.measure, Rows | Distinct):
        return None
    grain = max("month", execute.axis.grain, key=time.GRAINS.index)
    periods = [span.start for span in execute.spans(grain, scope) if _until(pair, span.start)]
    found = []
    for name, starts in _known(execute, measured, group, scope, grain).items():
        places = [place for place, start in enumerate(periods) if start in starts]
        if not places or periods[places[0]] >= (pair.old.end or periods[-1]):
            continue
        dense = len(places) >= DENSE * (places[-1] - places[0] + 1)
        if dense and len(places) > 1 and places[-1] + TAIL < len(periods):
            found.append(name)
    if not found:
        return None
    without = Condition(column=group.column, relation=Relation.IS_NOT, values=found)
    return Stopped(group, found, scope.also(without))


def _until(pair: Pair, start: Any) -> bool:
    return pair.new.end is None or start < pair.new.end


def _known(
    execute: Executor, measured: Measured, group: Group, scope: Scope, grain: Grain
) -> dict[Any, set[Any]]:
    """Returns the periods in which each group has a value."""
    value = execute.compiler.measure(measured.measure)
    name, bucket = execute.compiler.group(group), execute.axis.bucket(grain)
    where = " AND ".join(f"({each})" for each in (*execute.conditions(scope), f"{name} IS NOT NULL"))
    rows = execute.table.all(
        f"SELECT g, p FROM (SELECT {name} AS g, {bucket} AS p, {value} AS v "
        f"FROM {execute.compiler.rows(measured.measure)} WHERE {where} GROUP BY ALL) "
        "WHERE v IS NOT NULL ORDER BY g, p"
    )
    found: dict[Any, set[Any]] = {}
    for group_name, period in rows:
        found.setdefault(group_name, set()).add(period)
    return found


def told(execute: Executor, measured: Measured, stopped: Stopped | None) -> list[Statement]:
    """Returns since when each of these groups has no value."""
    if stopped is None:
        return []
    return [
        state("stopped.after", name=execute.name(stopped.group, name), last=last)
        for name in stopped.names[:TOLD]
        for last in [_last(execute, measured, stopped.group, name)]
    ]


def _last(execute: Executor, measured: Measured, group: Group, name: Any) -> Fact:
    """Returns the last period in which a group has a value."""
    grain = max("month", execute.axis.grain, key=time.GRAINS.index)
    known = [f"{quoting.name(column)} IS NOT NULL" for column in measured.columns]
    return execute.book.value(
        execute.says("label.last_with_value", grain=execute.grain(grain), name=name),
        f"max({execute.axis.bucket(grain)})",
        time.unit_of(grain),
        execute.one_group(group, name),
        *known,
        groups=(str(name),),
    )


def noun(execute: Executor, measured: Measured, stopped: Stopped | None) -> str | Statement:
    """Returns what the measure is called where these groups are left out."""
    if stopped is None:
        return measured.noun
    names = [execute.name(stopped.group, name) for name in stopped.names[:TOLD]]
    return state("stopped.without", measure=measured.noun, names=names)
