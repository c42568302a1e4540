"""Cohort: how many of those who came first in a month are active in the months after it."""

from dataclasses import dataclass

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import PERCENT, Grain
from deckgen.domain.plans import By, Group, Plan, Span
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import listed
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.shares import p_of_shares

AFTER = (1, 2, 3)  # periods after the first, of which the share is told
RARE = 0.01
LEAST_PERIODS = 3
_STEPS = {"week": "to_days({} * 7)", "month": "to_months({})", "quarter": "to_months({} * 3)"}


@dataclass(frozen=True)
class Cohorts:
    """Those of a scope by the period in which they came first; `last` is the last complete one."""

    execute: Executor
    plan: Plan
    last: Span

    @property
    def grain(self) -> Grain:
        """The grain of the periods."""
        return self.last.grain

    def came(self) -> str:
        """Returns the query of who was active in which period (c, p)."""
        person = quoting.name(self.plan.groups[0].column)
        bucket = self.execute.axis.bucket(self.grain)
        where = quoting.where(
            *self.execute.conditions(Scope.of(self.plan)),
            f"{person} IS NOT NULL",
            self.execute.axis.known(),
        )
        return f"SELECT DISTINCT CAST({person} AS VARCHAR) AS c, {bucket} AS p FROM data{where}"

    def followed(self, after: int) -> str:
        """Returns the query of who came first in which period, and came again so many periods later
        (f, c, again). First periods whose later one is not complete are left out.
        """
        until = time.shift(self.last.start, self.grain, -after)
        step = _STEPS[self.grain].format(after)
        first = f"SELECT c, min(p) AS f FROM ({self.came()}) GROUP BY c"
        return (
            f"SELECT x.f AS f, x.c AS c, a.c AS again FROM ({first}) AS x "
            f"LEFT JOIN ({self.came()}) AS a "
            f"ON a.c = x.c AND a.p = CAST(x.f + {step} AS DATE) WHERE x.f <= DATE '{until}'"
        )

    def share(self, after: int, *only: str) -> Fact:
        """Returns the part of those who came again so many periods after their first."""
        rows = f"({self.followed(after)}){quoting.where(*only)}"
        query = f"SELECT count(again) / nullif(count(*), 0) FROM {rows}"
        which = f", {only[0]}" if only else ""
        label = self.execute.says(
            "label.active", count=str(after), grain=self.execute.grains(self.grain), which=which
        )
        conditions = self.execute.conditions(Scope.of(self.plan))
        return self.execute.book.query(label, query, PERCENT, *conditions)


def asks(question: Question, table: Table) -> float:
    """Retention, cohorts, who is still there after some time."""
    if not question.has(Cue.COHORT) or question.has(Cue.CAUSE, Cue.ADVICE):
        return NOT
    return PHRASE + 0.1 if columns.who(question, table) and table.timeline else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    person = columns.who(question, table)
    if person is None or table.timeline is None:
        return Lacking(state("lacks.came_when"))
    if person.distinct >= 0.95 * table.model.rows:
        return Lacking(state("lacks.more_than_visit_same_person"))
    people = columns.different(person)
    axis = table.source.columns[table.timeline.column].name
    return Plan(
        operation="cohort",
        measures=[people],
        groups=[
            Group(column=person.name),
            Group(column=axis, by=By.PERIOD, grain=_grain(table)),
        ],
        filters=slots.filters_of(question, table, Offered(people, Concept.COUNT, ())),
    )


def _grain(table: Table) -> Grain:
    """Returns months, for a short time weeks, and quarters where dates are such."""
    assert table.timeline is not None
    if table.timeline.grain == "quarter":
        return "quarter"
    days = (table.timeline.last - table.timeline.first).days
    return "week" if days < 100 and table.timeline.grain in ("day", "week") else "month"


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (people, *_), (_, period) = plan.measures, plan.groups
    assert period.grain is not None
    spans = execute.spans(period.grain, Scope.of(plan))
    if len(spans) < LEAST_PERIODS:
        return Lacking(state("lacks.enough_complete_periods_after_first"))
    cohorts = Cohorts(execute, plan, spans[-1])
    after = [each for each in AFTER if each < len(spans)]
    shares = [cohorts.share(each) for each in after]
    says = f"cohort.{period.grain}" if len(shares) == len(AFTER) else f"cohort.{period.grain}.one"
    head = state(says, people=people.noun, first=shares[0], last=shares[-1])
    statements = [head, *_later(cohorts, spans), state("cohort.left", period=period.grain)]
    chart = _chart(cohorts, len(spans))
    figures = figures_of(
        head, first=execute.says("label.in_the_next"), last=execute.says("label.in_the_third")
    )
    return Result(statements, chart, figures, parts.method(people, execute, Scope.of(plan)))


def _later(cohorts: Cohorts, spans: list[Span]) -> list[Statement]:
    """Returns whether those who came later come back as often as those who came early."""
    middle = spans[len(spans) // 2].start
    halves = (f"f < DATE '{middle}'", f"f >= DATE '{middle}'")
    counts = [
        cohorts.execute.table.one(
            f"SELECT count(again), count(*) FROM ({cohorts.followed(1)}) WHERE {half}"
        )
        for half in halves
    ]
    p = p_of_shares([(float(hits), float(size)) for hits, size in counts])
    if p is None:
        return []
    early, late = (cohorts.share(1, half) for half in halves)
    says = (
        "alike" if p >= RARE else "more" if float(late.value or 0) > float(early.value or 0) else "less"
    )
    date = cohorts.execute.period(spans[len(spans) // 2])
    return [state(f"cohort.{says}", early=early, late=late, date=date)]


def _chart(cohorts: Cohorts, periods: int) -> Chart:
    """Returns the share that is active so many periods after the first."""
    execute = cohorts.execute
    points = [
        (
            execute.says(
                f"{'ordinal.one' if after == 1 else 'ordinal.some'}.{cohorts.grain}", count=str(after)
            ),
            cohorts.share(after),
        )
        for after in range(1, min(periods, 7))
    ]
    title = execute.says("chart.active", grain=execute.grain(cohorts.grain))
    series = execute.says("label.active_series")
    return listed(execute, points, title=title, category=execute.grain(cohorts.grain), series=series)


OPERATION = Operation(asks, plan, run)
