"""Cross: two categories at once, the value of each pair, and which pairs are highest and lowest."""

import re

from deckgen.domain.plans import Group, Measured, Plan
from deckgen.orchestrator.analyst.execution import crossed, parts, telling
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, factors, order, slots
from deckgen.orchestrator.analyst.planning.operation import FORM, NOT, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_CROSSED = re.compile(
    r"\b(?:by|per|for each|across|nach|je|pro) [^,?]{2,40}\b(?:and|und|by|per|within|innerhalb)\b"
    r"|\b(?:which|what|welche[rsmn]?) [^,?]{2,80}\b(?:in|at|on|of|bei|für) "
    r"(?:which|what|each|every|welche[rsmn]?|jede[rsmn]?)\b"
    r"|\bcombination|\bkombination"
)


def asks(question: Question, table: Table) -> float:
    """By one and by another, which in which, combinations: two named columns of groups."""
    if len(_groups(question, table)) < 2 or not _CROSSED.search(question.text.lower()):
        return NOT
    moved = table.timeline is not None and question.has(Cue.UP, Cue.DOWN)
    return FORM + 0.5 if moved or question.has(Cue.TEST, Cue.CAUSE) else WORDS + 0.9


def _groups(question: Question, table: Table) -> list[Group]:
    """Returns the columns of groups that a question names, in the order of its words."""
    placed = [
        (factors.place_of(question, table.words_of(name)), -fit, name)
        for fit, dimension in question.groups
        if (name := table.model.columns[dimension.index].name)
    ]
    by_place = {place: name for place, _, name in sorted(placed, reverse=True)}
    return [Group(column=by_place[place]) for place in sorted(by_place)]


def plan(question: Question, table: Table) -> Plan | Lacking:
    groups = _groups(question, table)[:2]
    if len(groups) < 2:
        return Lacking(state("lacks.two_columns_form_groups"))
    own = {each.column for each in groups}
    measure = _measure(question, table, own)
    return Plan(
        operation="cross",
        measures=[measure.measured],
        groups=groups,
        filters=slots.filters_of(question, table, measure),
        period=comparing.period_of(question),
        order=order.of(question, measure.measured),
    )


def _measure(question: Question, table: Table, own: set[str]) -> Offered:
    """Returns the named measure; a count only if the question asks how many."""
    counts = question.has(Cue.MANY)
    for _, each in question.measures:
        if not own & set(each.columns) and (counts or each.concept is not Concept.COUNT):
            return each
    bad = [each for each in table.offered if each.measured.better == "lower"]
    outcomes = [each for each in bad if each.concept is Concept.OUTCOME and not own & set(each.columns)]
    return outcomes[0] if outcomes else slots.main_of(table)


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (first, second, *_) = plan.measures, plan.groups
    scope, lowest = Scope.of(plan), plan.order == "lowest"
    pairs = crossed.Pairs(execute, measured, first, second, scope)
    if pairs.count < 2:
        return Lacking(state("lacks.two_pairs_groups_enough_rows"))
    noun = telling.noun_of(execute, measured, article=False)
    end = "cross.lowest" if lowest else "cross.highest"
    statements = [
        _told(pairs, end if pairs.differ else "cross.alike", noun, 1, lowest=lowest),
        _told(pairs, "cross.next", noun, 2, lowest=lowest),
        _told(pairs, "cross.highest" if lowest else "cross.lowest", noun, 1, lowest=not lowest),
        state("ranking.whole", value=execute.value(measured, scope), measure=noun),
        *([state("cross.small")] if pairs.has_small else []),
        *parts.left_out(plan, execute),
    ]
    figures = figures_of(statements[0], value=noun)
    return Result(statements, pairs.chart(), figures, _method(execute, measured, plan, scope))


def _told(pairs: crossed.Pairs, says: str, noun: str, place: int, *, lowest: bool) -> Statement:
    first, second, value = pairs.placed(place, lowest=lowest)
    return state(says, first=first, second=second, value=value, measure=noun)


def _method(execute: Executor, measured: Measured, plan: Plan, scope: Scope) -> Statement:
    return state(
        "cross.method", measure=telling.noun_of(execute, measured),
        first=execute.noun(plan.groups[0].column), second=execute.noun(plan.groups[1].column),
        rows=parts.rows(execute, scope), things=parts.things(execute),
    )  # fmt: skip


OPERATION = Operation(asks, plan, run)
