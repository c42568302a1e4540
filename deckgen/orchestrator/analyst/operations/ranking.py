"""Ranking: which group has the most or the least of something, and how the others follow."""

import re
from typing import Any

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.plans import By, Condition, Group, Measured, Plan, Ratio, Relation
from deckgen.orchestrator.analyst.execution import leaders, newsworthy, paretos, parts, pointing
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.role_words import CALENDAR_WORDS
from deckgen.orchestrator.analyst.lexicon.synonyms import EMPTY
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, order, per_unit, slots
from deckgen.orchestrator.analyst.planning.operation import FORM, NOT, WORDS, Looks, Operation
from deckgen.orchestrator.analyst.questions import kinds
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

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


def asks(question: Question, table: Table) -> float:
    """Which, who or where, best with a word for the most or the least; or only by what groups."""
    if question.has(Cue.NEGATED) and question.has(Cue.WHO):
        return NOT  # who did not come is nobody who has least of something
    names_one = question.has(Cue.WHICH, Cue.WHO, Cue.WHERE)
    ends = question.has(Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD)
    if names_one or ends:
        return WORDS if names_one and ends else FORM + 0.5
    return FORM + 0.2 if _is_split(question, table) else NOT


def _is_split(question: Question, table: Table) -> bool:
    """True if a measure is asked by groups: the average weight by zone, revenue per region."""
    measure, group = question.measure, question.group
    if measure is None or group is None or not question.has(Cue.BY):
        return False
    own = table.model.columns[group.index].name not in measure.columns
    return own and columns.asks_by_group(question, table)


def _says_speed(measure: Offered, table: Table) -> bool:
    """True if a measure says how long something takes, or how much is done for each of something."""
    return slots.is_duration(measure, table) or measure.concept is Concept.RATIO


def _nothing_called(name: str) -> Lacking:
    return Lacking(state("reason.nothing_called", names=state("list.quoted", name=name)), is_said=True)


def plan(question: Question, table: Table) -> Plan | Lacking:
    if question.has(Cue.COMPARE) and table.timeline is None:
        return Lacking(comparing.DATES)
    if (unknown := _unknown_groups(question, table)) is not None:
        return _nothing_called(unknown)
    measure = slots.measure_of(question, table)
    brought = _BRINGS.search(question.text)
    if brought and not question.measures and not measure.measured.adds_up:
        amount = (brought[1] or brought[2] or "sales").lower()
        return _nothing_called(amount)
    if per_unit.is_asked(question, measure):
        each = per_unit.of(question, table, measure)
        if each is None and not per_unit.is_known(question, table):
            return Lacking(state("lacks.number_asked_each"))
        measure = each or measure
    if question.has(Cue.SLOW) and not question.measures and not _says_speed(measure, table):
        return Lacking(state("lacks.how_long_anything_takes"))
    groups = slots.groups_of(question, table, measure)
    if not groups:
        return Lacking(state("lacks.column_forms_groups"))
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
        return Lacking(state("lacks.two_groups_value"))
    news = execute.news(newsworthy.of_shares(execute, measured, group, scope, found))
    lowest = plan.order == "lowest"
    ranked = found[::-1] if lowest else found
    ranking = leaders.Order(execute, measured, group, scope, ranked, lowest)
    statements = leaders.told(ranking)
    statements += _whole(execute, measured, scope)
    statements += [*_small(execute, group, small), *parts.left_out(plan, execute)]
    chart = _chart(ranking, _marked(ranking, statements[0]))
    figures = _figures(statements[0])
    method = parts.method(measured, execute, scope)
    summed = 2 if len(found) > 2 else 1
    return Result(statements, chart, figures, method, summed=summed, news=news)


def _chart(ranking: leaders.Order, marked: tuple[Any, ...]) -> Chart:
    """Returns the groups in their order: of a sum with what they reach together, else beside the
    value over all of them.
    """
    execute, measured, group, scope = ranking.execute, ranking.measured, ranking.group, ranking.scope
    if not ranking.lowest and paretos.suits(measured, group, ranking.ranked):
        return paretos.pareto(execute, measured, group, scope, highlight=marked)
    title = execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column))
    chart = execute.bars(
        [measured], group, scope, title=title, alt=title, lowest=ranking.lowest, highlight=marked
    )  # fmt: skip
    return pointing.beside_all(chart, execute, measured, scope)


def _figures(head: Statement) -> list[Figure]:
    """Returns the share of the first group, which the chart does not show."""
    name, share = head.slots.get("name"), head.slots.get("share")
    return [Figure(say(name), share)] if isinstance(name, Fact) and isinstance(share, Fact) else []


def _marked(ranking: leaders.Order, head: Statement) -> tuple[Any, ...]:
    """Returns the groups that a chart points at: the first ones, unless none stands out."""
    return () if head.says == "ranking.level" else tuple(each.name for each in ranking.tied)


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


def _whole(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns the value over all groups, which each of them is seen beside."""
    return [state("ranking.whole", value=execute.value(measured, scope), measure=measured.noun)]


def _small(execute: Executor, group: Group, small: list[GroupValue]) -> list[Statement]:
    if not small:
        return []
    names = [execute.name(group, each.name) for each in small[:3]]
    return [state("ranking.small", names=names, groups=execute.noun(group.column))]


OPERATION = Operation(asks, plan, run, Looks.GROUPS)
