"""Relation: whether something goes with something else: two numbers, or a category and a number."""

import re

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact, Text
from deckgen.domain.plans import Group, Measured, Plan
from deckgen.orchestrator.analyst.execution import lines, parts, telling
from deckgen.orchestrator.analyst.execution.effects import Effect, Factor, effect, effect_of_changes
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.row_values import is_outcome, per_row, row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.synonyms import EMPTY
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import common_meanings, comparing, factors, money, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import WORD, Words

_ON = r"depends? on|driven by|explained by|häng(?:t|en) .{1,60}\bvon\b"
_WITH = (
    r"\b(?:higher|lower|longer|shorter|better|worse|more|less|often|likely|höher|länger|häufiger|öfter)"
    r"\b.{0,12}\b(?:with|for|when|where|among|if|bei|mit|für|wenn)\b"
)
_DEPENDS = re.compile(_ON)
_SUBJECT = re.compile(
    r"\b(?:do|does|did) (.{2,40}?) (?:depend|sell|earn|cost|pay|buy|spend|bring|win|ride)\b"
    r"|\bhäng(?:t|en) (.{2,40}?) von\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"it", "this", "that", "they", "result", "results", "es", "er", "sie"})
_Y_FIRST = re.compile(f"{_ON}|{_WITH}")
_ALIKE = re.compile(r"\bbetween\b|\b(?:cor)?relat|zusammenh|häng(?:t|en) .{1,60}zusammen|\bzwischen\b")
_MADE = re.compile(r"\b(?:increase|reduce|raise|lower|improve|boost|cut|lengthen|shorten)s?\b")


def asks(question: Question, table: Table) -> float:
    """Whether one thing goes with another: best if the question names both."""
    if not question.has(Cue.RELATION, Cue.LIKELY):
        depends = _DEPENDS.search(question.text.lower()) is not None
        return PHRASE + 0.1 if depends and _is_of_two(question, table) else NOT
    if question.has(Cue.CAUSE, Cue.WHICH) or _is_of_one(question, table):
        return NOT
    if _both(question, table):
        return PHRASE + 0.1
    return WORDS if question.has(Cue.RELATION) else NOT


def _is_of_two(question: Question, table: Table) -> bool:
    """True if both sides are named, or one of them by words that the table does not know."""
    named = factors.named_factors(question, table)
    unknown = len(named) == 1 and _is_about_others(question, named[0][0])
    return unknown or _both(question, table) is not None


def _is_of_one(question: Question, table: Table) -> bool:
    """True if nothing is named that would be raised or lowered: “did sales in the North increase”."""
    made = _MADE.search(question.text.lower())
    named = factors.named_factors(question, table)
    return made is not None and all(place < made.end() for place, _ in named)


def plan(question: Question, table: Table) -> Plan | Lacking:
    pair = _both(question, table)
    if pair is None:
        return Lacking(state("lacks.two_columns_question_about"))
    factor, measure = pair
    apart = [each for each in slots.filters_of(question, table, measure)
             if each.column != telling.column_of(factor)]  # fmt: skip
    return Plan(
        operation="relation",
        measures=[measure.measured, *([factor] if isinstance(factor, Measured) else [])],
        groups=[factor] if isinstance(factor, Group) else [],
        filters=apart,
        period=comparing.period_of(question),
    )


def _both(question: Question, table: Table) -> tuple[Factor, Offered] | None:
    """Returns what may pay off, and the measure that shows it; None if the question names neither."""
    named = factors.named_factors(question, table)
    if not named:
        return None
    columns = [telling.column_of(factor) for _, factor in named]
    if len(columns) == 1 and _is_about_others(question, named[0][0]):
        return None
    measure = (
        _affected(question, table, named) if len(columns) > 1 else _other(question, table, columns)
    )
    if measure is None:
        return None
    others = [factor for _, factor in named if telling.column_of(factor) not in measure.columns]
    return (others[0], measure) if others else None


def _is_about_others(question: Question, place: int) -> bool:
    """True if something stands before “depend on” that no column is called by."""
    subject = _SUBJECT.search(question.text)
    group = 1 if subject and subject[1] else 2
    if subject is None or subject.end(group) > place:
        return False
    said = Words(subject[group])
    if any(said.fit(names) for _, each in question.measures for names in each.names):
        return False
    return any(word not in EMPTY | _PRONOUNS for word in WORD.findall(said.text.lower()))


def _affected(question: Question, table: Table, named: list[tuple[int, Factor]]) -> Offered | None:
    """Returns the named measure that is affected: the last one, or the first one where the words turn
    it round; of two that are named alike the one that matters more.
    """
    text = question.text.lower()
    order = [factor for _, factor in (named if _Y_FIRST.search(text) else reversed(named))]
    found = [each for factor in order if (each := _measure_of(question, table, factor)) is not None]
    if _ALIKE.search(text):
        return max(found, key=lambda each: each.weight, default=None)
    return found[0] if found else _other(question, table, [telling.column_of(each) for each in order])


def _measure_of(question: Question, table: Table, factor: Factor) -> Offered | None:
    """Returns the measure of a named column: its outcome, else its number; none of other categories."""
    own = [each for _, each in question.measures if each.columns == (telling.column_of(factor),)]
    column = {telling.column_of(factor)}
    outcome = [each for each in table.offered if factors.is_outcome_of(each, column)]
    numbers = [each for each in own if each.concept is Concept.COLUMN]
    if outcome or numbers:
        return (outcome or numbers)[0]
    return Offered(factor, Concept.COLUMN, (frozenset(),)) if isinstance(factor, Measured) else None


def _other(question: Question, table: Table, columns: list[str]) -> Offered | None:
    """Returns what the question before was about, else what matters most beside the named columns."""
    amount = common_meanings.of_value(question, table) or money.of_a_row(question, table)
    before = question.before.measures if question.before is not None else []
    for each in [*([amount] if amount else []), *(each for _, each in before)]:
        if each.concept is not Concept.COUNT and not set(each.columns) & set(columns):
            return each
    usable = [
        each
        for each in table.offered
        if each.concept is not Concept.COUNT and not set(each.columns) & set(columns)
    ]
    outcome = [each for each in usable if each.concept is Concept.OUTCOME and each.measured.better]
    return max(usable, key=lambda each: (each in outcome[:1], each.weight), default=None)


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    measured, scope = plan.measures[0], Scope.of(plan)
    factor: Factor = plan.groups[0] if plan.groups else plan.measures[1]
    if row_value(execute.compiler, measured.measure) is None:
        return Lacking(state("lacks.value_each_row", measure=measured.label))
    measured = per_row(measured, execute.language)
    found = effect(execute, measured, factor, scope)
    if found is None:
        return Lacking(state("lacks.enough_rows_have_both"))
    if isinstance(factor, Group):
        statements = _of_groups(execute, measured, factor, found, scope)
    else:
        statements = _of_number(execute, measured, factor, found, scope)
    statements += [state("relation.no_cause")] if found.is_clear else []
    statements += [*parts.left_out(plan, execute)]
    method = state(
        "relation.method", measure=telling.noun_of(execute, measured),
        column=execute.noun(telling.column_of(factor)), rows=parts.rows(execute, scope),
        things=parts.things(execute),
    )  # fmt: skip
    return Result(
        statements,
        exhibit(execute, measured, factor, scope),
        lines.clear_figures(execute, measured, found, scope) or _unclear(execute, statements[0]),
        method,
    )


def _unclear(execute: Executor, head: Statement) -> list[Figure]:
    """Returns the correlation that is none, which no point of the chart shows."""
    found = head.slots.get("correlation")
    return [Figure(execute.says("label.correlation"), found)] if isinstance(found, Fact) else []


def exhibit(execute: Executor, measured: Measured, factor: Factor, scope: Scope) -> Chart:
    """Returns the groups of a category; points of two numbers; an outcome along a number in thirds."""
    if isinstance(factor, Group):
        return telling.bars(execute, measured, factor, scope)
    if is_outcome(measured):
        return lines.thirds(execute, measured, factor, scope)
    return lines.scatter(execute, measured, factor, scope)


def _of_groups(
    execute: Executor, measured: Measured, group: Group, found: Effect, scope: Scope
) -> list[Statement]:
    compared = telling.compared(execute, measured, group, scope)
    values = telling.all_or_ends(execute, measured, group, compared, scope)
    noun, column = telling.noun_of(execute, measured), execute.noun(group.column)
    clear = "groups" if found.is_clear else "groups_alike"
    small = telling.too_small(execute, measured, group, scope)
    return [
        state(f"relation.{clear}", measure=noun, column=column, values=values),
        state("drivers.whole", measure=noun, value=execute.value(measured, scope)),
        *([state("relation.small", names=small)] if small else []),
    ]


def _of_number(
    execute: Executor, measured: Measured, number: Measured, found: Effect, scope: Scope
) -> list[Statement]:
    along = lines.line(execute, measured, number, scope, found.statistics)
    noun, other = telling.noun_of(execute, measured), telling.plain_noun(number)
    if is_outcome(measured):
        return _rate_along(along, noun, other, found)
    if not found.is_clear:
        head = state("relation.unclear", measure=noun, number=other, correlation=along.correlation)
    else:
        says = "relation.up" if along.rises else "relation.down"
        head = state(
            says, measure=noun, number=other, slope=along.slope, unit=lines.unit_word(execute, number)
        )
    ends = lines.ends(along, noun, other)
    return [
        head,
        ends,
        *_changes(execute, measured, number, scope),
    ]


def _rate_along(along: lines.Line, noun: Text, number: Text, found: Effect) -> list[Statement]:
    """Returns how a rate goes with a number, told at its low and its high end."""
    says = "relation.rate_unclear"
    if found.is_clear:
        says = "relation.rate_up" if along.rises else "relation.rate_down"
    head = state(says, measure=noun, number=number, low=along.low, high=along.high)
    return [head, lines.cuts_told(along, number)]


def _changes(execute: Executor, measured: Measured, number: Measured, scope: Scope) -> list[Statement]:
    """Returns whether the changes go together too, of two series over time: both may only grow."""
    changes = effect_of_changes(execute, measured, number, scope)
    if changes is None:
        return []
    slope = lines.slope_of_changes(execute, measured, number, scope)
    return [
        state(
            "relation.changes" if changes.is_clear else "relation.changes_unclear",
            slope=slope,
            unit=lines.unit_word(execute, number),
        )
    ]


OPERATION = Operation(asks, plan, run)
