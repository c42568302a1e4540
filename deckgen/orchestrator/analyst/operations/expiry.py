"""Expiry: when contracts end, how much is at stake, and how many have no end."""

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, Grain
from deckgen.domain.plans import By, Cell, Condition, Group, Measured, Plan, Relation, Total
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon import employment_words
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, employment, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

SHORT = 800  # days, up to which ends are told by month, else by year


def asks(question: Question, table: Table) -> float:
    """When contracts end; then how much is at stake."""
    if _end(table) is None or question.has(Cue.CAUSE):
        return NOT
    if question.has(Cue.RUN_OUT):
        return PHRASE
    before = question.before
    follows = before is not None and before.has(Cue.RUN_OUT) and question.has(Cue.MUCH)
    return WORDS if follows and not question.measures else NOT


def _end(table: Table) -> ColumnModel | None:
    """Returns the column of ends."""
    found = [each for each in columns.dates(table) if columns.says(each, employment_words.RUNS_OUT)]
    return found[0] if found else None


def plan(question: Question, table: Table) -> Plan | Lacking:
    end = _end(table)
    if end is None:
        return Lacking(state("lacks.date_at_each_ends"))
    counted = columns.row_count(table)
    worth = [each for each in columns.numbers(table) if columns.says(each, employment_words.WORTH)]
    offered = Offered(counted, Concept.COUNT, ())
    return Plan(
        operation="expiry",
        measures=[counted, *(_worth(table, each) for each in worth[:1])],
        groups=[Group(column=end.name, by=By.PERIOD, grain=_grain(table, end))],
        filters=slots.filters_of(question, table, offered),
    )


def _worth(table: Table, column: ColumnModel) -> Measured:
    return Measured(
        measure=Total(of=Cell(column=column.name)), label=column.label,
        noun=columns.noun_of(table, column), unit=unit_of(column), columns=[column.name],
        adds_up=True, over_time=True,
    )  # fmt: skip


def _grain(table: Table, end: ColumnModel) -> Grain:
    name = quoting.name(end.name)
    first, last = table.data.one(
        f"SELECT min({name}), max({name}) FROM data WHERE {name} < DATE '{employment.OPEN_FROM}'"
    )
    return "month" if first and last and (last - first).days <= SHORT else "year"


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (counted, *worth), (group, *_) = plan.measures, plan.groups
    ending = Scope.of(plan).also(_dated(group, Relation.LESS))
    count = execute.value(counted, ending)
    if not count.value:
        return Lacking(state("lacks.date_at_ends"))
    first, last = _ends(execute, group, ending)
    every = execute.value(counted, Scope.of(plan))
    slots_of = {"count": count, "every": every, "first": first, "last": last}
    if worth:
        value = execute.value(worth[0], ending)
        head = state("expiry.worth", **slots_of, things=counted.noun, value=value)
    else:
        head = state("expiry.count", **slots_of, things=counted.noun)
    statements = [head, *_open(plan, execute), *_busiest(plan, execute, ending)]
    figures = figures_of(
        head,
        value=execute.says("label.at_stake"),
        count=execute.says("label.that_end", things=counted.noun),
        every=execute.says("label.in_all"),
    )
    chart = _chart(plan, execute, ending)
    return Result(statements, chart, figures, parts.method(counted, execute, ending), summed=3)


def _dated(group: Group, relation: Relation) -> Condition:
    """Returns the condition of a real end, or of one that stands for none."""
    return Condition(column=group.column, relation=relation, values=[str(employment.OPEN_FROM)])


def _bucket(group: Group) -> str:
    return f"CAST(date_trunc('{group.grain}', {quoting.name(group.column)}) AS DATE)"


def _ends(execute: Executor, group: Group, scope: Scope) -> tuple[Fact, Fact]:
    """Returns the first and the last period in which something ends."""
    assert group.grain is not None
    unit, where = time.unit_of(group.grain), execute.conditions(scope)
    first, last = (
        execute.book.value(
            execute.says("label.ends", way=label), f"{way}({_bucket(group)})", unit, *where
        )
        for label, way in (("first", "min"), ("last", "max"))
    )
    return first, last


def _open(plan: Plan, execute: Executor) -> list[Statement]:
    """Returns how many have no end: their date is blank, or so late that it stands for none."""
    (counted, *worth), (group, *_) = plan.measures, plan.groups
    found = []
    blank = Condition(column=group.column, relation=Relation.BLANK)
    for says, condition in (("open", _dated(group, Relation.AT_LEAST)), ("blank", blank)):
        scope = Scope.of(plan).also(condition)
        if not execute.rows(scope):
            continue
        count = execute.value(counted, scope)
        if worth:
            value = execute.value(worth[0], scope)
            found.append(state(f"expiry.{says}.worth", count=count, things=counted.noun, value=value))
        else:
            found.append(state(f"expiry.{says}", count=count, things=counted.noun))
    return found


def _busiest(plan: Plan, execute: Executor, scope: Scope) -> list[Statement]:
    """Returns the period in which most end, or most money does, if there is one such."""
    measured, (group, *_) = plan.measures[-1], plan.groups
    assert group.grain is not None
    where = quoting.where(*execute.conditions(scope))
    query = (
        f"SELECT {_bucket(group)} AS p, {execute.compiler.measure(measured.measure)} AS v "
        f"FROM {execute.compiler.rows(measured.measure)}{where} GROUP BY p"
    )
    values = execute.table.all(f"SELECT v FROM ({query}) ORDER BY v DESC")
    if len(values) < 2 or values[0] == values[1]:
        return []
    order = f"FROM ({query}) ORDER BY v DESC LIMIT 1"
    conditions = execute.conditions(scope)
    unit = time.unit_of(group.grain)
    period = execute.book.query(
        execute.says("label.most_ends", grain=execute.grain(group.grain)),
        f"SELECT p {order}",
        unit,
        *conditions,
    )
    value = execute.book.query(
        execute.says("label.in_it", measure=measured.label),
        f"SELECT v {order}",
        measured.unit,
        *conditions,
    )
    says = "expiry.most.worth" if len(plan.measures) > 1 else "expiry.most"
    return [state(says, period=period, value=value)]


def _chart(plan: Plan, execute: Executor, scope: Scope) -> Chart:
    """Returns what ends in each period."""
    measured, (group, *_) = plan.measures[-1], plan.groups
    assert group.grain is not None
    where = quoting.where(*execute.conditions(scope))
    title = execute.says("chart.by_end", measure=measured.noun, grain=execute.grain(group.grain))
    return execute.book.chart(
        ChartKind.COLUMN,
        title,
        f"SELECT {_bucket(group)} AS p, {execute.compiler.measure(measured.measure)} AS v "
        f"FROM {execute.compiler.rows(measured.measure)}{where} GROUP BY p ORDER BY p",
        (execute.noun(group.column), time.unit_of(group.grain)),
        [(measured.noun, measured.unit if measured.unit.is_numeric else COUNT)],
        title,
    )


OPERATION = Operation(asks, plan, run)
