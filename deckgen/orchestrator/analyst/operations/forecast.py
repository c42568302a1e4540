"""Forecast: what can be expected of the next month, quarter or year, and how sure that is."""

import datetime
import re

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import By, Group, Level, Measured, Plan
from deckgen.orchestrator.analyst.execution import expected, parts, series
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.expected import Method
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.series import Series
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.time_words import GRAIN_WORDS
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.planning.figures import figure_of
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling.stemming import stem
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
EXPECTING = frozenset(map(stem, ("expected", "forecast", "predicted")))
SHOWN = 12  # periods before the one that is expected


def asks(question: Question, table: Table) -> float:
    """What can we expect, what will the next quarter bring; not against a forecast that was made."""
    if question.has(Cue.WHAT_IF, Cue.ADVICE):
        return NOT
    if question.has(Cue.NEXT):
        return PHRASE + 0.2
    told = any(EXPECTING & table.words_of(each.name) for each in table.model.columns)
    return (
        WORDS + 0.6 if question.has(Cue.EXPECT) and not told and not question.has(Cue.PLANNED) else NOT
    )


def plan(question: Question, table: Table) -> Plan | Lacking:
    axis = table.timeline
    if axis is None:
        return Lacking(state("lacks.dates_forecast_continues"))
    measure = figure_of(question, table)
    grain = max(_asked(question.text) or "month", axis.grain, key=GRAINS.index)
    period = Group(column=table.model.columns[axis.column].name, by=By.PERIOD, grain=grain)
    return Plan(
        operation="forecast",
        measures=[measure.measured],
        groups=[period],
        filters=slots.filters_of(question, table, measure),
    )


def _asked(text: str) -> Grain | None:
    """Returns the length of the period that a question asks for: the first that it names."""
    found = [
        (match.start(), grain)
        for grain, words in GRAIN_WORDS.items()
        if (match := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))
    ]
    return min(found)[1] if found else None


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (period, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    assert period.grain is not None
    base = _base(measured, period.grain, execute)
    own = series.of(execute, measured, base, scope)
    if not own.spans:
        return Lacking(state("lacks.complete_periods_forecast_continues"))
    start = _start(own, period.grain)
    if start is None:
        return Lacking(state("lacks.room_calendar_after_last_date"))
    method = expected.method_of(own, time.CYCLES.get(base, 1), *_steps(own, base, start, period.grain))
    if method is None:
        return Lacking(state("lacks.enough_periods_forecast", grain=state(f"grain.{period.grain}")))
    method = expected.nearest(execute, method)
    found = expected.expected(execute, method)
    name = _name(execute, period.grain, start, scope)
    statements = [
        state("forecast.expected", measure=measured.noun, value=found.value, low=found.low,
              high=found.high, period=name),
        state("forecast.tested", tests=found.tests, usual=found.usually_off, held=found.held),
        *_before(execute, measured, own, period.grain, start),
        state(f"forecast.method.{_kind(method)}"),
        *parts.left_out(plan, execute),
    ]  # fmt: skip
    chart = _chart(execute, measured, period, scope, method, start)
    figures = [
        Figure(measured.noun, found.value),
        Figure(execute.says("label.low_end"), found.low),
        Figure(execute.says("label.high_end"), found.high),
    ]
    return Result(statements, chart, figures, parts.method(measured, execute, scope))


def _base(measured: Measured, grain: Grain, execute: Executor) -> Grain:
    """Returns the periods that are continued: months of totals and of levels, else the same periods."""
    is_level = isinstance(measured.measure, Level)
    if grain not in MONTHS or not (measured.over_time or is_level):
        return grain
    return max(execute.axis.grain, "month", key=GRAINS.index)


def _start(own: Series, grain: Grain) -> datetime.date | None:
    """Returns the first day of the period after the one in which the data end."""
    last = own.spans[-1].start
    if grain == "year":
        last = last.replace(month=1, day=1)
    elif grain == "quarter":
        last = last.replace(month=(last.month - 1) // 3 * 3 + 1, day=1)
    return time.shift(last, grain, 1)


def _steps(own: Series, base: Grain, start: datetime.date, grain: Grain) -> tuple[int, int]:
    """Returns how many periods lie between the data and the forecast, and how many it covers."""
    if base == grain:
        return 0, 1
    length = MONTHS[base]
    last = own.spans[-1].start
    between = (12 * (start.year - last.year) + start.month - last.month) // length - 1
    return between, MONTHS[grain] // length


def _name(execute: Executor, grain: Grain, start: datetime.date, scope: Scope) -> Fact:
    """Returns the name of the period that is expected, counted from the last one of the data."""
    bucket = execute.axis.bucket(grain)
    steps = {"day": "to_days(1)", "week": "to_days(7)"}.get(grain, "")
    step = steps or f"to_months({MONTHS[grain]})"
    last = f"max({bucket})"
    shown = execute.table.one(f"SELECT CAST({last} + {step} AS DATE) FROM data")[0]
    # The last period may hold few dates: then it is itself the next one that is complete.
    expression = f"CAST({last} + {step} AS DATE)" if shown == start else last
    return execute.book.value(
        execute.says("label.expected_period", grain=execute.grain(grain)),
        expression,
        time.unit_of(grain),
        *execute.conditions(scope),
    )


def _before(
    execute: Executor, measured: Measured, own: Series, grain: Grain, start: datetime.date
) -> list[Statement]:
    """Returns the value of the same period a year before, or of the one before, to compare with."""
    for back in ("year", grain):
        begin = time.shift(start, back, -1)
        spans = execute.spans(grain, own.scope)
        found = [span for span in spans if span.start == begin]
        if found:
            value = execute.value(measured, own.scope.within(found[0]))
            name = execute.period(found[0])
            return [state("forecast.before", measure=measured.noun, value=value, period=name)]
    return []


def _kind(method: Method) -> str:
    season = "season" if method.cycle > 1 else "level"
    return f"{season}.{method.course}"


def _chart(
    execute: Executor, measured: Measured, period: Group, scope: Scope, method: Method,
    start: datetime.date,
) -> Chart:  # fmt: skip
    """Returns the last periods with the expected one after them, and the range that it is in."""
    assert period.grain is not None
    past = series.of(execute, measured, period.grain, scope)
    ahead = ", ".join(expected.range_of(method))
    query = (
        "SELECT period, value, expected, low, high FROM ("
        "SELECT period, value, NULL AS expected, NULL AS low, NULL AS high FROM "
        f"(SELECT period, value FROM ({past.query}) ORDER BY period DESC LIMIT {SHOWN}) "
        f"UNION ALL SELECT DATE '{start}', NULL, {ahead} FROM ({method.query()})) ORDER BY period"
    )
    title = execute.says(
        "chart.with_expected", measure=measured.noun, grain=execute.grain(period.grain)
    )
    names = [
        measured.noun,
        *(execute.says(key) for key in ("label.is_expected", "label.low_end", "label.high_end")),
    ]
    chart = execute.book.chart(
        ChartKind.FORECAST, title, query, (execute.noun(period.column), time.unit_of(period.grain)),
        [(name, measured.unit) for name in names], title,
    )  # fmt: skip
    roles = (SeriesRole.ACTUAL, SeriesRole.PLAN, SeriesRole.LOW, SeriesRole.HIGH)
    told = [
        each.model_copy(update={"role": role}) for each, role in zip(chart.series, roles, strict=True)
    ]
    return chart.model_copy(update={"series": told, "highlight": [len(chart.categories) - 1]})


OPERATION = Operation(asks, plan, run)
