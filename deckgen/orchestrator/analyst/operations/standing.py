"""Standing: how many are there, of a table that only says when each one came."""

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, Grain
from deckgen.domain.plans import Measured, Plan, Rows, Span
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import columns, comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

CAME = frozenset(
    {"hire", "hired", "joined", "join", "start", "started", "entry", "eintritt", "einstellung"}
)
WENT = frozenset({
    "left", "leave", "leaving", "exit", "termination", "terminated", "end", "ended", "austritt", "ende",
})  # fmt: skip
STAND = ("headcount", "staff", "employees", "people", "workforce", "team", "members", "mitarbeiter",
         "belegschaft", "personal", "mitglieder")  # fmt: skip


def asks(question: Question, table: Table) -> float:
    """How did our headcount develop, of a table of hires: a row is a person with the day they came."""
    moves = question.has(Cue.DEVELOP, Cue.UP, Cue.DOWN) and not question.has(Cue.EXPECT, Cue.WHAT_IF)
    if not moves or question.has(Cue.WHICH, Cue.LOSE_THINGS) or not question.words.says(STAND):
        return NOT
    return PHRASE + 0.5 if _only_says_who_came(table) else NOT


def _only_says_who_came(table: Table) -> bool:
    """True if each row is one thing with the date on which it came, and nothing says that it went."""
    if table.timeline is None or not table.model.grain:
        return False
    names = [column.name for column in table.model.columns]
    words = [{word.lower() for word in read_name(name).words} for name in names]
    is_of_things = len(table.model.grain.key) == 1 and names[table.timeline.column] not in (
        table.model.grain.key
    )
    came = bool(words[table.timeline.column] & CAME)
    return is_of_things and came and not any(each & WENT for each in words)


def plan(question: Question, table: Table) -> Plan | Lacking:
    noun = columns.row_count(table).noun
    counted = Measured(
        measure=Rows(), label=noun, noun=noun, unit=COUNT, columns=[], adds_up=True, over_time=False
    )
    measure = slots.main_of(table)
    return Plan(
        operation="standing",
        measures=[counted],
        filters=slots.filters_of(question, table, measure),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    """Returns how many had come by the end of the first year, and how many by the end of the data."""
    (measured, *_), scope = plan.measures, Scope(tuple(plan.filters))
    years = execute.spans("year", scope)
    grain: Grain = max("month", execute.axis.grain, key=time.GRAINS.index)
    last = time.shift(execute.axis.last.replace(day=1), grain, 1)
    if not years or last is None or years[0].end is None or years[0].end >= last:
        return Lacking(comparing.DATES)
    begin = years[0].start
    first, all_of_them = (Span(start=begin, end=end, grain=grain) for end in (years[0].end, last))
    old, new = (execute.value(measured, scope.within(span)) for span in (first, all_of_them))
    start, end = (_end(execute, span, grain) for span in (first, all_of_them))
    head = state("standing.rose", things=measured.noun, old=old, new=new, start=start, end=end)
    return Result(
        [head, state("standing.left", things=measured.noun)],
        _chart(execute, measured, scope),
        [Figure(say(start), old), Figure(say(end), new)],
        parts.method(measured, execute, scope),
    )


def _end(execute: Executor, span: Span, grain: Grain) -> Fact:
    """Returns the last period of a span in which someone came."""
    bucket = f"max({execute.axis.bucket(grain)})"
    where = execute.compiler.span(span)
    return execute.book.value(
        execute.says("label.last_of_stretch", grain=execute.grain(grain)),
        bucket,
        time.unit_of(grain),
        where,
    )


def _chart(execute: Executor, measured: Measured, scope: Scope) -> Chart:
    grain = execute.axis.chart_grain()
    came = execute.by_group([measured.measure], execute.periods(grain), scope)
    title = execute.says("chart.by", measure=measured.noun, group=execute.grain(grain))
    return execute.book.chart(
        ChartKind.LINE,
        title,
        f"SELECT g, sum(v1) OVER (ORDER BY g) AS standing FROM ({came}) ORDER BY g",
        (execute.noun(execute.periods(grain).column), time.unit_of(grain)),
        [(measured.noun, measured.unit)],
        title,
    )


OPERATION = Operation(asks, plan, run)
