"""Outstanding: how much is not paid yet, or not done, and with whom."""

from deckgen.domain.charts import Chart
from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Condition, Group, Measured, Plan, Relation, Rows, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind, Outcome
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon import due_words
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.table_model.outcomes import OTHERS


def asks(question: Question, table: Table) -> float:
    """What is still open: unpaid, outstanding, not yet done; then also with whom most."""
    if question.has(Cue.CAUSE, Cue.EXPECT):
        return NOT
    if question.has(Cue.OPEN_MONEY):
        return PHRASE + 0.1
    before = question.before
    follows = before is not None and before.has(Cue.OPEN_MONEY) and question.has(Cue.MOST)
    return WORDS + 0.5 if follows and not question.measures else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    balance = _balance(table)
    still = [] if balance else _still_open(table)
    if not balance and not still:
        return Lacking(state("lacks.date_payment_status_says_open"))
    amount = balance or _amount(question, table)
    measures = [_total(table, amount)] if amount and not _counts(question) else []
    measures.append(columns.row_count(table))
    by_group = columns.asks_by_group(question, table)
    offered = Offered(measures[0], Concept.COLUMN, ())
    return Plan(
        operation="outstanding",
        measures=measures,
        groups=slots.groups_of(question, table, offered) if by_group else [],
        filters=[*still, *_others(question, still)],
        period=comparing.period_of(question),
    )


def _others(question: Question, still: list[Condition]) -> list[Condition]:
    """Returns the groups that are named, but for a status: what is open was decided already."""
    decided = {each.column for each in still}
    return [each for each in question.filters if each.column not in decided]


def _counts(question: Question) -> bool:
    many = question.cues.get(Cue.MANY)
    return many is not None and many <= question.cues.get(Cue.MUCH, many)


def _balance(table: Table) -> ColumnModel | None:
    """Returns the column of open amounts."""
    return next(
        (each for each in columns.numbers(table) if columns.says(each, due_words.OPEN_AMOUNTS)), None
    )


def _still_open(table: Table) -> list[Condition]:
    """Returns the condition of open rows: no date of payment yet, or a status that says so."""
    for column in columns.dates(table):
        if columns.says(column, due_words.SETTLED) and column.missing:
            return [Condition(column=column.name, relation=Relation.BLANK)]
    for column in table.model.columns:
        if column.outcome and columns.says(column, due_words.SETTLED) and column.outcome.otherwise:
            return [_is_not_settled(column.name, column.outcome)]
        if opened := _open_values(table, column):
            return [Condition(column=column.name, relation=Relation.IS, values=opened)]
    return []


def _is_not_settled(column: str, outcome: Outcome) -> Condition:
    if outcome.otherwise == OTHERS:
        return Condition(column=column, relation=Relation.IS_NOT, values=[outcome.counts])
    return Condition(column=column, relation=Relation.IS, values=[outcome.otherwise])


def _open_values(table: Table, column: ColumnModel) -> list[str]:
    if column.role is not Role.DIMENSION or column.type != "VARCHAR" or column.distinct > 12:
        return []
    name = '"' + column.name.replace('"', '""') + '"'
    values = table.data.all(f"SELECT DISTINCT {name} FROM data WHERE {name} IS NOT NULL ORDER BY ALL")
    return [value for (value,) in values if plain(value) in due_words.OPEN_VALUES]


def _amount(question: Question, table: Table) -> ColumnModel | None:
    """Returns the amount of money: the named one, else the one in a currency, else the only flow."""
    flows = columns.kinds(table, MeasureKind.FLOW)
    named = [each for each in flows if question.words.fit(table.words_of(each.name))]
    money = [each for each in flows if each.symbol and each.symbol != "%"]
    owed = [each for each in [*money, *flows] if columns.says(each, due_words.OWED)]
    return next(iter([*named, *owed, *money, *flows]), None)


def _total(table: Table, column: ColumnModel) -> Measured:
    return Measured(
        measure=Total(of=cell_of(table.model, column)), label=column.label,
        noun=columns.noun_of(table, column), unit=unit_of(column), columns=[column.name], adds_up=True,
        over_time=False, better="lower",
    )  # fmt: skip


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), scope = plan.measures, Scope.of(plan)
    value = execute.value(measured, scope)
    if not value.value:
        return Result([state("outstanding.none", things=parts.things(execute))])
    chart: Chart | None = None
    told: list[Statement] = []
    for group in plan.groups[:1]:
        chart, told = _by_group(execute, measured, group, scope)
    level = _level(plan, execute, measured, scope)
    statements = [*told, level, *_overdue(plan, execute, measured, scope)]
    figures = figures_of(told[0], share=execute.says("label.of_what_is_open")) if told else []
    things = parts.things(execute)
    figures += figures_of(
        level,
        value=execute.says("label.outstanding"),
        rows=execute.says("label.open_things", things=things),
        every=execute.says("label.all_things", things=things),
        share=execute.says("label.share"),
    )
    return Result(statements, chart, figures, parts.method(measured, execute, scope))


def _level(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> Statement:
    """Returns what is open, on how many of all rows."""
    value, rows = execute.value(measured, scope), parts.rows(execute, scope)
    every = parts.rows(execute, Scope(period=plan.period))
    things = parts.things(execute)
    if isinstance(measured.measure, Rows):
        share = execute.share(rows, every, execute.says("label.part_open", things=things))
        return state("outstanding.rows", rows=rows, every=every, things=things, share=share)
    if rows.value == every.value:
        return state("outstanding.all", value=value, rows=rows, things=things, amount=measured.noun)
    return state("outstanding.money", value=value, rows=rows, every=every, things=things)


def _overdue(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns how much of it was due before the last date of the table."""
    due = [each for each in execute.model.columns if columns.says(each, due_words.DUE)]
    dated = [each for each in due if each.type in ("DATE", "TIMESTAMP")]
    blank = [each.column for each in plan.filters if each.relation is Relation.BLANK]
    if not dated or not blank or not execute.timeline:
        return []
    late = scope.also(_before(dated[0].name, execute))
    value = execute.value(measured, late)
    if not value.value:
        return []
    last = execute.book.value(execute.says("label.last_date"), f"max({execute.axis.sql})", parts.DAY)
    return [state("outstanding.overdue", value=value, date=last)]


def _before(column: str, execute: Executor) -> Condition:
    return Condition(column=column, relation=Relation.LESS, values=[execute.axis.last.isoformat()])


def _by_group(
    execute: Executor, measured: Measured, group: Group, scope: Scope
) -> tuple[Chart | None, list[Statement]]:
    """Returns with whom most is open."""
    found = execute.groups(measured, group, scope)
    if len(found) < 2:
        return None, []
    name, value = execute.placed(measured, group, scope, 1)
    share = execute.share(
        value, execute.value(measured, scope), execute.says("label.part_of_open", name=name.display)
    )
    chart = execute.bars(
        [measured],
        group,
        scope,
        title=execute.says("chart.open_by", measure=measured.noun, group=execute.noun(group.column)),
        alt=execute.says("chart.open_by", measure=measured.noun, group=execute.noun(group.column)),
        highlight=(name.value,),
    )
    second = execute.placed(measured, group, scope, 2)
    told = [state("outstanding.most", name=name, value=value, share=share)]
    told.append(state("outstanding.next", name=second[0], value=second[1]))
    return chart, told if measured.unit == COUNT or found[0].value > found[1].value else []


OPERATION = Operation(asks, plan, run)
