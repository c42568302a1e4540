"""Repeat: how many customers there are, and how many of them come back."""

from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Bound, Condition, Distinct, Group, Measured, Plan, Relation, Rows
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.execution import bounded, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import columns, comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

AGAIN = Bound(relation=Relation.MORE, value=1)


def asks(question: Question, table: Table) -> float:
    """How many come back; in a table of what they did, how many there are."""
    if question.has(Cue.RETURN) and not question.has(Cue.COHORT):
        return PHRASE if columns.who(question, table) else WORDS
    person = columns.who(question, table)
    counts = question.has(Cue.MANY) and _is_alone(question)
    return WORDS if counts and person and _is_named(question, table, person) else NOT


def _is_alone(question: Question) -> bool:
    """True if nothing else is asked of those who are counted."""
    others = (Cue.BELOW, Cue.OVER, Cue.LEAVERS, Cue.LATE, Cue.LAPSED, Cue.COHORT, Cue.PEOPLE)
    return not question.has(*others)


def _is_named(question: Question, table: Table, person: ColumnModel) -> bool:
    comes_again = person.distinct < 0.95 * table.model.rows
    return comes_again and question.words.fit(table.words_of(person.name)) > 0


def plan(question: Question, table: Table) -> Plan | Lacking:
    person = columns.who(question, table)
    if person is None:
        return Lacking(state("lacks.column_tells_customers_apart"))
    return Plan(
        operation="repeat",
        measures=[_visits(table, person), columns.different(person)],
        groups=[Group(column=person.name)],
        filters=slots.filters_of(question, table, table.offered[0]),
        period=comparing.period_of(question),
        bound=AGAIN,
    )


def _visits(table: Table, person: ColumnModel) -> Measured:
    """Returns how often somebody came: different orders, if lines share an order, else rows."""
    grain = table.model.grain
    lines = [each.parent for each in grain.repeated] if grain else []
    keys = [each for each in table.model.columns if each.role == "id" and each is not person]
    shared = [each for each in keys if each.distinct < table.model.rows and each.name in lines]
    if shared or (keys and keys[0].distinct < table.model.rows):
        return columns.different((shared or keys)[0])
    counted = columns.row_count(table)
    if columns.row_noun(table) != "rows":
        return counted
    visits = table.language.nouns.of("visits")
    return counted.model_copy(update={"noun": visits, "label": visits})


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (often, people), (group, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    assert plan.bound is not None
    every = execute.value(people, scope.also(Condition(column=group.column, relation=Relation.KNOWN)))
    if not every.value:
        return Lacking(state("lacks.rows"))
    again = bounded.groups_meeting(
        execute, often, group, scope, plan.bound, execute.says("label.came_again")
    )
    share = execute.share(again, every, execute.says("label.part_again", measure=people.label))
    per_head = _per_head(execute, often, people, scope)
    says = "repeat.some" if again.value else "repeat.none"
    statements = [state(says, every=every, again=again, share=share, people=people.noun)]
    statements += [state("repeat.mean", value=per_head, visits=often.noun, people=people.noun)]
    statements += _of_rows(execute, often, group, scope, plan.bound)
    statements += parts.left_out(plan, execute)
    chart = bounded.chart_of_counts(execute, often, people, group, scope)
    figures = [
        Figure(people.noun, every),
        Figure(execute.says("label.come_back"), again),
        Figure(execute.says("label.of_all"), share),
    ]
    return Result(statements, chart, figures, parts.method(often, execute, scope))


def _per_head(execute: Executor, often: Measured, people: Measured, scope: Scope) -> Fact:
    """Returns how often somebody came on average."""
    visits, heads = (execute.value(each, scope) for each in (often, people))
    return bounded.quotient(
        execute, visits, heads, execute.says("label.for_each", measure=often.label, other=people.label)
    )


def _of_rows(
    execute: Executor, often: Measured, group: Group, scope: Scope, bound: Bound
) -> list[Statement]:
    """Returns what share of all visits those bring who come back."""
    if not isinstance(often.measure, Rows | Distinct):
        return []
    whole = execute.value(often, scope)
    theirs = bounded.sum_of_meeting(
        execute, often, group, scope, bound, execute.says("label.of_those_again", measure=often.label)
    )
    if not theirs.value or theirs.value == whole.value or theirs.unit != COUNT:
        return []
    share = execute.share(theirs, whole, execute.says("label.part_of_again", measure=often.label))
    return [state("repeat.rows", share=share, value=theirs, visits=often.noun)]


OPERATION = Operation(asks, plan, run)
