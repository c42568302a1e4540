"""Headcount: how many are on board, and how that developed, out of dates of coming and leaving."""

import datetime

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Difference, Measured, Plan, Rows
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, employment, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

YEAR = time.unit_of("year")


def asks(question: Question, table: Table) -> float:
    """How many people there are, in a table with a row a person and the date of coming."""
    others = (Cue.BELOW, Cue.OVER, Cue.LEAVERS, Cue.LATE, Cue.CAUSE, Cue.EXPECT, Cue.AVERAGE)
    if question.has(*others) or not question.has(Cue.PEOPLE):
        return NOT
    return PHRASE if employment.dates_of(table) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    dates = employment.dates_of(table)
    if dates is None:
        return Lacking(state("lacks.date_at_each_person_came"))
    start, end = dates
    date = employment.last_date(table, start, end)
    if question.periods and question.periods[-1].end:
        date = min(date, question.periods[-1].end - datetime.timedelta(days=1))
    noun = columns.row_count(table).noun
    measured = employment.there_at(start.name, end.name if end else None, date, noun)
    offered = Offered(measured, Concept.COUNT, ())
    return Plan(
        operation="headcount",
        measures=[measured],
        groups=slots.groups_of(question, table, offered) if question.groups else [],
        filters=slots.filters_of(question, table, offered),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (now, *_), scope = plan.measures, Scope.of(plan)
    start, end = now.columns[0], now.columns[1] if len(now.columns) > 1 else None
    date = _date_of(now)
    value = execute.value(now, scope)
    if not value.value:
        return Lacking(state("lacks.anybody_there"))
    day = execute.book.query(
        execute.says("label.the_date"), f"SELECT min(DATE '{date}') FROM data", parts.DAY
    )
    level = state("headcount.level", value=value, things=now.noun, date=day)
    course = _course(execute, now, scope, start, end, date)
    without_end = [] if end else [state("headcount.no_end", things=now.noun)]
    chart = _chart(execute, now, scope, start, end, date)
    told: list[Statement] = []
    if plan.groups:
        chart, told = parts.breakdown(execute, now, plan.groups[0], scope)
    head = course[0] if course else level
    figures = figures_of(
        head, old=execute.says("label.at_first"), new=execute.says("label.at_last"), value=now.noun
    )
    statements = [*course, level, *told, *without_end, *parts.left_out(plan, execute)]
    return Result(statements, chart, figures, parts.method(now, execute, scope), summed=2)


def _date_of(now: Measured) -> datetime.date:
    """Returns the date of a headcount, which stands in its conditions."""
    came = now.measure.of if isinstance(now.measure, Difference) else now.measure
    assert isinstance(came, Rows)
    return datetime.date.fromisoformat(str(came.where[0].values[0]))


def _course(
    execute: Executor, now: Measured, scope: Scope, start: str, end: str | None, date: datetime.date
) -> list[Statement]:
    """Returns how the headcount moved from the end of the first year to the last date."""
    (first,) = execute.table.one(f"SELECT min(year({quoting.name(start)})) FROM data")
    if first is None or first >= date.year:
        return []
    before = employment.there_at(start, end, datetime.date(first, 12, 31), now.noun)
    old, new = (execute.value(each, scope) for each in (before, now))
    if not old.value:
        return []
    years = [_year(execute, each) for each in (first, date.year)]
    rose, fell = float(new.value or 0) > float(old.value), float(new.value or 0) < float(old.value)
    says = "headcount.rose" if rose else "headcount.fell" if fell else "headcount.same"
    return [state(says, things=now.noun, old=old, new=new, first=years[0], last=years[1])]


def _year(execute: Executor, year: int) -> Fact:
    return execute.book.query(
        execute.says("fact.period.year"), f"SELECT min(DATE '{year}-01-01') FROM data", YEAR
    )


def _chart(
    execute: Executor, now: Measured, scope: Scope, start: str, end: str | None, date: datetime.date
) -> Chart | None:
    """Returns how many were there at the end of each year, the last at its last date."""
    where = execute.conditions(scope)
    moves = [_moves(start, 1, date, where)] + ([_moves(end, -1, date, where)] if end else [])
    years = f"SELECT y, sum(n) AS n FROM ({' UNION ALL '.join(moves)}) GROUP BY y"
    query = f"SELECT y, sum(n) OVER (ORDER BY y) AS n FROM ({years}) ORDER BY y"
    chart = execute.book.chart(
        ChartKind.COLUMN,
        execute.says("chart.at_year_ends", measure=now.noun),
        f"SELECT y, CAST(n AS BIGINT) AS n FROM ({query}) ORDER BY y",
        (execute.grain("year"), YEAR),
        [(now.noun, COUNT)],
        execute.says("chart.at_year_ends", measure=now.noun),
    )
    return chart if len(chart.categories) > 1 else None


def _moves(column: str, sign: int, date: datetime.date, where: tuple[str, ...]) -> str:
    name = quoting.name(column)
    until = quoting.where(*where, f"{name} <= DATE '{date}'")
    return f"SELECT CAST(date_trunc('year', {name}) AS DATE) AS y, {sign} AS n FROM data{until}"


OPERATION = Operation(asks, plan, run)
