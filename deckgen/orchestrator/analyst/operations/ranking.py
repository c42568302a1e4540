"""Ranking: which group has the most or the least of something, and how the others follow."""

import re
from typing import Any

from deckgen.domain.facts import Fact
from deckgen.domain.plans import By, Condition, Group, Measured, Plan, Ratio, Relation
from deckgen.orchestrator.analyst.execution import leads, newsworthy, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.role_words import CALENDAR_WORDS
from deckgen.orchestrator.analyst.lexicon.synonyms import EMPTY
from deckgen.orchestrator.analyst.planning import columns, comparing, order, per_unit, slots
from deckgen.orchestrator.analyst.planning.operation import FORM, NOT, WORDS, Looks, Operation
from deckgen.orchestrator.analyst.questions import kinds
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

ALIKE = 0.005  # a relative distance that no display form shows
SMALL = 0.01  # of the whole's denominator: the rate of a smaller group is left out
_WHICH = re.compile(
    r"\b(?:which|welche[rsmn]?)\s+(?:of\s+(?:our|the|these)\s+|unserer\s+)?"
    r"(?:(?:kind|type|sort|kinds|types)\s+of\s+)?([^\W\d_]+)",
    re.IGNORECASE,
)
# What somebody brings most of adds up: no mean of another column answers that.
_BRINGS = re.compile(
    r"\b(?:brings?|makes?|generates?|earns?)\s+(?:us\s+)?(?:the\s+)?(?:most|least)\s+([a-z]+)\b"
    r"|\bsells?\s+(?:the\s+)?(?:best|most|worst|least)\b"
    r"|\bbring(?:t|en)\s+(?:uns\s+)?(?:am\s+meisten|den\s+meisten)\s+([^\W\d_]+)",
    re.IGNORECASE,
)
_ANY = frozenset({"one", "ones", "group", "groups", "things", "parts", "areas", "gruppe", "gruppen"})
TOLD = 3
NAMED = 4  # groups that a sentence names


def asks(question: Question, table: Table) -> float:
    """Which, who or where: best with a word for the most or the least."""
    names_one = question.has(Cue.WHICH, Cue.WHO, Cue.WHERE)
    ends = question.has(Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD)
    return WORDS if names_one and ends else FORM + 0.5 if ends or names_one else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    if question.has(Cue.COMPARE) and table.timeline is None:
        return Lacking(comparing.DATES)
    if (unknown := _unknown_groups(question, table)) is not None:
        return Lacking(f"the table has nothing called “{unknown}”", is_said=True)
    measure = slots.measure_of(question, table)
    brought = _BRINGS.search(question.text)
    if brought and not question.measures and not measure.measured.adds_up:
        amount = (brought[1] or brought[2] or "sales").lower()
        return Lacking(f"the table has nothing called “{amount}”", is_said=True)
    if per_unit.is_asked(question, measure):
        each = per_unit.of(question, table, measure)
        if each is None and not per_unit.is_known(question, table):
            return Lacking("a number of what it is asked for each of")
        measure = each or measure
    if question.has(Cue.SLOW) and not question.measures and not slots.is_duration(measure, table):
        return Lacking("how long anything takes")
    groups = slots.groups_of(question, table, measure)
    if not groups:
        return Lacking("a column that forms groups")
    return Plan(
        operation="ranking",
        measures=[measure.measured],
        groups=groups,
        filters=slots.filters_of(question, table, measure),
        period=comparing.period_of(question),
        order=order.of(question, measure.measured),
    )


def _unknown_groups(question: Question, table: Table) -> str | None:
    """Returns what groups are called in a question, if the table has none of that name or of its kind,
    nor just one column of names that could be meant.
    """
    asked = _WHICH.search(question.text)
    before = question.before is not None and bool(question.before.groups)
    if asked is None or question.groups or question.filters or before:
        return None
    noun = asked[1].lower()
    if noun in EMPTY or noun in _ANY:
        return None
    found = [(each, table.model.columns[each.index]) for each in table.dimensions]
    named = [
        (dimension, column.name)
        for dimension, column in found
        if column.type == "VARCHAR" and not columns.says(column, CALENDAR_WORDS)
    ]
    if any(kinds.is_of_kind(noun, dimension, table) for dimension, _ in named):
        return None
    meant = slots.groups_of(question, table, slots.measure_of(question, table))
    return None if [name for _, name in named] == [each.column for each in meant] else asked[1]


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_) = plan.measures, plan.groups
    scope, small = without_small(execute, measured, group, Scope.of(plan))
    found = execute.groups(measured, group, scope)
    if all(each.rows == 1 for each in found):
        measured = parts.of_one_row(measured)
    if len(found) < 2:
        return Lacking("two groups with a value of it")
    lowest = plan.order == "lowest"
    ranked = found[::-1] if lowest else found
    level = leads.level_with_first(execute, measured, group, scope, ranked)
    statements = [*_lead(execute, measured, group, scope, ranked, level, lowest=lowest)]
    statements += _whole(execute, measured, scope)
    statements += [*_small(execute, group, small), *parts.left_out(plan, execute)]
    title = f"{measured.noun} by {execute.noun(group.column)}"
    chart = execute.bars(
        [measured],
        group,
        scope,
        title=title,
        alt=title,
        lowest=lowest,
        highlight=_marked(ranked, level),
    )
    figures = _figures(statements[0])
    method = parts.method(measured, execute, scope)
    news = newsworthy.of_shares(execute, measured, group, scope, found)
    summed = 2 if len(found) > 2 else 1
    return Result(statements, chart, figures, method, summed=summed, news=news)


def _figures(head: Statement) -> list[Figure]:
    """Returns the share of the first group, which the chart does not show."""
    name, share = head.slots.get("name"), head.slots.get("share")
    return [Figure(say(name), share)] if isinstance(name, Fact) and isinstance(share, Fact) else []


def _marked(ranked: list[GroupValue], level: list[GroupValue]) -> tuple[Any, ...]:
    """Returns the groups that a chart points at: the first ones, unless none stands out."""
    return () if len(level) == len(ranked) else tuple(each.name for each in tied(ranked))


def tied(ranked: list[GroupValue]) -> list[GroupValue]:
    """Returns the groups at the head of a ranking that no display form tells apart."""
    first = ranked[0].value
    near = ALIKE * max(abs(each.value) for each in ranked)
    return [each for each in ranked if abs(each.value - first) <= near]


def without_small(
    execute: Executor, measured: Measured, group: Group, scope: Scope
) -> tuple[Scope, list[GroupValue]]:
    """Returns a scope without groups that are too small for a rate of their own, and these."""
    if not isinstance(measured.measure, Ratio) or group.by is not By.VALUE:
        return scope, []
    base = measured.model_copy(update={"measure": measured.measure.per})
    sizes = execute.groups(base, group, scope)
    whole = sum(abs(each.value) for each in sizes)
    small = [each for each in sizes if abs(each.value) < SMALL * whole]
    if not small or len(sizes) - len(small) < 2:
        return scope, []
    names = [each.name for each in small]
    return scope.also(Condition(column=group.column, relation=Relation.IS_NOT, values=names)), small


def _lead(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    ranked: list[GroupValue],
    level: list[GroupValue],
    *,
    lowest: bool,
) -> list[Statement]:
    """Returns who is first, who follows and who is last; ties are ties."""
    same, end = tied(ranked), "lowest" if lowest else "highest"
    noun, grouping = measured.noun, execute.noun(group.column)
    if len(same) == len(ranked):
        value = execute.placed(measured, group, scope, 1, lowest=lowest)[1]
        if len(same) > NAMED:
            number = parts.distinct(execute, group, scope)
            return [
                state("ranking.all_alike", number=number, measure=noun, value=value, groups=grouping)
            ]
        names = [execute.name(group, each.name) for each in same]
        return [state("ranking.all_tied", names=names, measure=noun, value=value, groups=grouping)]
    if len(level) == len(ranked):
        return _none_stands_out(execute, measured, group, scope, lowest=lowest)
    places = [
        execute.placed(measured, group, scope, place, lowest=lowest)
        for place in range(1, min(len(ranked), TOLD) + 1)
    ]
    if len(same) > 1:
        names = [execute.name(group, each.name) for each in same[:NAMED]]
        head = state(f"ranking.tied.{end}", names=names, measure=noun, value=places[0][1])
    elif len(level) > 1:
        head = _not_clearly_first(execute, measured, group, scope, level, end)
    else:
        head = _first(execute, measured, scope, places[0], end)
    return [head, *_others(execute, measured, group, scope, ranked, places, lowest=lowest)]


def _none_stands_out(
    execute: Executor, measured: Measured, group: Group, scope: Scope, *, lowest: bool
) -> list[Statement]:
    """Returns between which values all groups lie, and whose these are."""
    (last, low), (first, high) = (
        execute.placed(measured, group, scope, 1, lowest=way) for way in (True, False)
    )
    head = state(
        "ranking.level", groups=execute.noun(group.column), measure=measured.noun, low=low, high=high
    )
    ends = {"first": first, "high": high, "last": last, "low": low}
    return [head, state(f"ranking.level.{'lowest' if lowest else 'highest'}", **ends)]


def _not_clearly_first(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    level: list[GroupValue],
    end: str,
) -> Statement:
    """Returns the first group with those that chance may have put behind it."""
    names = [execute.name(group, each.name) for each in level]
    value = execute.value(measured, scope.of_group(group, level[0].name))
    key = f"ranking.{end}.unclear" + ("" if len(level) - 1 <= NAMED else ".others")
    return state(key, name=names[0], others=names[1:], value=value, measure=measured.noun)


def _first(
    execute: Executor, measured: Measured, scope: Scope, first: tuple[Fact, Fact], end: str
) -> Statement:
    name, value = first
    if measured.adds_up and end == "highest" and parts.has_shares(execute, measured, scope):
        share = execute.share(
            value, execute.value(measured, scope), f"share of {measured.label}, {name.display}"
        )
        return state("ranking.share", name=name, value=value, share=share, measure=measured.noun)
    return state(f"ranking.{end}", name=name, value=value, measure=measured.noun)


def _others(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    ranked: list[GroupValue],
    places: list[tuple[Fact, Fact]],
    *,
    lowest: bool,
) -> list[Statement]:
    after = places[len(tied(ranked)) :]
    found = [state("ranking.next", name=name, value=value) for name, value in after[:1]]
    if len(ranked) > len(tied(ranked)) + 1:
        name, value = execute.placed(measured, group, scope, 1, lowest=not lowest)
        other = "highest" if lowest else "lowest"
        # It stands first, since it can be understood alone.
        found.insert(0, state(f"ranking.{other}", name=name, value=value, measure=measured.noun))
    return found


def _whole(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns the value over all groups, which each of them is seen beside."""
    return [state("ranking.whole", value=execute.value(measured, scope), measure=measured.noun)]


def _small(execute: Executor, group: Group, small: list[GroupValue]) -> list[Statement]:
    if not small:
        return []
    names = [execute.name(group, each.name) for each in small[:3]]
    return [state("ranking.small", names=names, groups=execute.noun(group.column))]


OPERATION = Operation(asks, plan, run, Looks.GROUPS)
