"""Overtime: who works more hours a week than a limit."""

import re

from deckgen.domain.charts import ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, TEXT, Unit, ValueFormat
from deckgen.domain.plans import Bound, By, Group, Plan, Relation
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.bounded import meets
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

USUAL = 40.0  # hours a week, where the question names no limit
HOURS = frozenset({"hours", "hour", "stunden", "hrs", "h", "arbeitszeit", "time"})
OWN = frozenset({"overtime", "uberstunden", "mehrarbeit"})
UNIT = Unit(format=ValueFormat.NUMBER)
TOLD = 3
_LIMIT = re.compile(r"(?<!\d)(\d++(?:[.,]\d++)?+)\s*+(?:h\b|hours?|stunden|std)", re.IGNORECASE)


def asks(question: Question, table: Table) -> float:
    """Who works overtime, unless a column of overtime says it."""
    if not question.has(Cue.OVERTIME) or question.has(Cue.CAUSE):
        return NOT
    return NOT if any(columns.says(each, OWN) for each in table.model.columns) else PHRASE


def plan(question: Question, table: Table) -> Plan | Lacking:
    hours = next((each for each in columns.numbers(table) if columns.says(each, HOURS)), None)
    person = columns.who(question, table) or _named_person(table)
    if hours is None or person is None or table.timeline is None:
        return Lacking(state("lacks.hours_each_person_their_dates"))
    if table.timeline.grain not in ("day", "week"):
        return Lacking(state("lacks.hours_week_day"))
    said = _LIMIT.search(question.text)
    limit = float(said[1].replace(",", ".")) if said else USUAL
    measured = columns.total_of(table, hours, UNIT)
    axis = table.source.columns[table.timeline.column].name
    return Plan(
        operation="overtime",
        measures=[measured],
        groups=[Group(column=person.name), Group(column=axis, by=By.PERIOD, grain="week")],
        filters=slots.filters_of(question, table, Offered(measured, Concept.COLUMN, ())),
        period=comparing.period_of(question),
        bound=Bound(relation=Relation.MORE, value=limit),
    )


def _named_person(table: Table) -> ColumnModel | None:
    """Returns the first column that forms groups: a table of hours has a row for each person."""
    return next((each for each in table.model.columns if each.role.forms_groups), None)


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (person, *_), scope, bound = plan.measures, plan.groups, Scope.of(plan), plan.bound
    assert bound is not None
    query = _by_person(plan, execute, scope)
    ranked = execute.table.all(f"SELECT g, m FROM ({query}) ORDER BY m DESC, g")
    if not ranked:
        return Lacking(state("lacks.hours_anybody"))
    limit = execute.book.query(
        execute.says("label.the_limit"), f"SELECT {_plain(bound.value)!r}", COUNT
    )
    over = [name for name, mean in ranked if mean > bound.value]
    said = [_of_person(plan, execute, scope, name, limit) for name in over[:TOLD] or [ranked[0][0]]]
    if over:
        statements = [
            state("overtime.over", **said[0]),
            *(state("overtime.also", **each) for each in said[1:]),
        ]
    else:
        statements = [state("overtime.none", **said[0])]
    others = [state("overtime.limit", limit=limit)]
    chart = execute.book.chart(
        ChartKind.BAR,
        execute.says("label.hours_on_average"),
        f"SELECT g, m FROM ({query}) ORDER BY m DESC, g LIMIT 12",
        (execute.noun(person.column), TEXT),
        [(execute.says("label.hours_a_week"), UNIT)],
        execute.says("label.hours_on_average"),
        highlight=list(range(min(len(over), 12))),
    )
    figures = figures_of(
        statements[0],
        mean=execute.says("label.hours_a_week"),
        weeks=execute.says("label.weeks_above"),
        limit=execute.says("label.the_limit"),
    )
    return Result([*statements, *others], chart, figures, parts.method(measured, execute, scope))


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _by_week(plan: Plan, execute: Executor, scope: Scope) -> str:
    """Returns the query of the hours of each person and week (g, w, v1)."""
    (measured, *_), (person, week) = plan.measures, plan.groups
    return (
        f"SELECT {execute.compiler.group(person)} AS g, {execute.compiler.group(week)} AS w, "
        f"{execute.compiler.measure(measured.measure)} AS v1 "
        f"FROM {execute.compiler.rows(measured.measure)}"
        f"{quoting.where(*execute.conditions(scope))} GROUP BY ALL"
    )


def _by_person(plan: Plan, execute: Executor, scope: Scope) -> str:
    """Returns the query of each person's mean hours of a week (g, m)."""
    weeks = _by_week(plan, execute, scope)
    return f"SELECT g, avg(v1) AS m FROM ({weeks}) WHERE g IS NOT NULL AND v1 IS NOT NULL GROUP BY g"


def _of_person(plan: Plan, execute: Executor, scope: Scope, name: str, limit: Fact) -> dict[str, Fact]:
    """Returns a person's mean hours, and in how many weeks they were above the limit."""
    assert plan.bound is not None
    within = scope.of_group(plan.groups[0], name)
    weeks, conditions = _by_week(plan, execute, within), execute.conditions(within)

    def told(label: str, expression: str, unit: Unit, *only: str) -> Fact:
        where = quoting.where(*only)
        sql = f"SELECT {expression} FROM ({weeks}){where}"
        return execute.book.query(f"{label}, {name}", sql, unit, *conditions, groups=(name,))

    return {
        "name": execute.name(plan.groups[0], name),
        "mean": told(execute.says("label.mean_hours"), "avg(v1)", UNIT),
        "weeks": told(execute.says("label.weeks_above_limit"), "count(*)", COUNT, meets(plan.bound)),
        "every": told("weeks", "count(v1)", COUNT),
        "limit": limit,
    }


OPERATION = Operation(asks, plan, run)
