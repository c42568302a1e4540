"""Drivers: which of all columns an outcome or a measure goes with most, and which play no part."""

from scipy.stats import false_discovery_control

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Text
from deckgen.domain.plans import Group, Level, Measured, Plan, Total
from deckgen.orchestrator.analyst.execution import lines, parts, telling
from deckgen.orchestrator.analyst.execution.effects import NOTICED, Effect, Factor, effects, kin
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.held import Held
from deckgen.orchestrator.analyst.execution.results import Lacking, News, Result, Statement, state
from deckgen.orchestrator.analyst.execution.row_values import is_outcome, per_row, row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import comparing, factors, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.stats.result import TestResult

TOLD = 3


def asks(question: Question, table: Table) -> float:
    """Why, or what drives it: unless the question is about a change, which has its own operation."""
    if not question.has(Cue.CAUSE):
        return NOT
    about_change = question.has(Cue.UP, Cue.DOWN, Cue.COMPARE, Cue.DIFFERENCE_MADE)
    measure = factors.explained(question, table)
    if measure and is_outcome(measure.measured) and not question.periods:
        return PHRASE
    return NOT if about_change and table.timeline is not None else WORDS + 0.5


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = factors.explained(question, table)
    if measure is None:
        return Lacking(state("lacks.measure_outcome_could_differ"))
    candidates = factors.factors_of(table, measure.columns)
    if not candidates:
        return Lacking(state("lacks.columns_could_go", measure=measure.measured.label))
    return Plan(
        operation="drivers",
        measures=[measure.measured, *(each for each in candidates if isinstance(each, Measured))],
        groups=[each for each in candidates if isinstance(each, Group)],
        filters=slots.filters_of(question, table, measure),
        period=comparing.period_of(question),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    measured, *numbers = plan.measures
    scope = Scope.of(plan)
    if row_value(execute.compiler, measured.measure) is None:
        return Lacking(state("lacks.value_each_row", measure=measured.label))
    measured = per_row(measured, execute.language)
    factors: list[Factor] = [*plan.groups, *numbers]
    found = effects(execute, measured, factors, scope)
    if not found:
        return Lacking(state("lacks.enough_rows_compare_anything", measure=measured.label))
    clear = [each for each in found if each.is_clear]
    news = execute.news(_news(found[0]) if clear and _is_told(plan, execute, found[0]) else None)
    statements = [
        *(_strongest if clear else _undecided)(execute, measured, found[0], scope),
        *(_others(execute, measured, factors, found, scope) if clear else []),
        *parts.left_out(plan, execute),
    ]  # fmt: skip
    chart = _exhibit(execute, measured, found[0], scope)
    figures = lines.clear_figures(execute, measured, found[0], scope)
    method = _method(execute, measured, found, scope)
    return Result(statements, chart, figures, method, summed=3, news=news)


def _may_be_news(plan: Plan, table: Table) -> bool:
    """True unless rows are periods, which go with all else that moves over time, or are no things, so
    that their size says nothing.
    """
    axis, grain = table.timeline, table.model.grain
    if axis is not None and axis.rows_per_date == 1:
        return False
    if not isinstance(plan.measures[0].measure, Total | Level):
        return True
    return grain is not None and bool(grain.key) and not (axis is not None and axis.is_panel)


def _is_told(plan: Plan, execute: Executor, effect: Effect) -> bool:
    """True unless nobody needs to be told: parts go with their total."""
    own, model = {*plan.measures[0].columns, telling.column_of(effect.factor)}, execute.model
    made = [set(each.columns) for each in model.derived]
    made += [{model.components.total, *model.components.parts}] if model.components else []
    return not any(own <= each for each in made)


def _news(effect: Effect) -> News:
    """Returns the part of the variation that the strongest column explains, and its test."""
    test = effect.association.test
    own = TestResult(test.name, test.statistic, effect.q_value, test.n)
    return News(strength("drivers", effect.association.effect), own)


def _strongest(execute: Executor, measured: Measured, effect: Effect, scope: Scope) -> list[Statement]:
    """Returns what the measure goes with most, and the value over all rows beside it."""
    noun = telling.noun_of(execute, measured)
    whole = state("drivers.whole", measure=noun, value=execute.value(measured, scope))
    factor = effect.factor
    if isinstance(factor, Group):
        values = _groups(execute, measured, factor, scope)
        column = execute.noun(factor.column)
        return [state("drivers.groups", measure=noun, column=column, values=values), whole]
    along = lines.line(execute, measured, factor, scope, effect.statistics)
    number = telling.plain_noun(factor)
    if is_outcome(measured):
        head = state("drivers.rate", measure=noun, number=number, low=along.low, high=along.high)
        return [head, lines.cuts_told(along, number), whole]
    head = state(
        "drivers.rises" if along.rises else "drivers.falls", measure=telling.plain_noun(measured),
        number=number, slope=along.slope, unit=lines.unit_word(execute, factor),
    )  # fmt: skip
    return [head, lines.ends(along, noun, number)]


def _groups(execute: Executor, measured: Measured, group: Group, scope: Scope) -> str:
    found = telling.compared(execute, measured, group, scope)
    return telling.all_or_ends(execute, measured, group, found, scope)


def _nearest(execute: Executor, measured: Measured, effect: Effect, scope: Scope) -> Statement:
    """Returns the column that comes nearest where none is clear."""
    factor = effect.factor
    if isinstance(factor, Group):
        values = _groups(execute, measured, factor, scope)
        return state("drivers.near.groups", column=execute.noun(factor.column), values=values)
    along = lines.line(execute, measured, factor, scope, effect.statistics)
    number = telling.plain_noun(factor)
    if is_outcome(measured):
        return state("drivers.near.rate", number=number, low=along.low, high=along.high)
    return state(
        "drivers.near.line", number=number, slope=along.slope, correlation=along.correlation,
        unit=lines.unit_word(execute, factor),
    )  # fmt: skip


def _undecided(execute: Executor, measured: Measured, nearest: Effect, scope: Scope) -> list[Statement]:
    """Returns that no column goes clearly with the measure, and the one that comes nearest."""
    noun = telling.noun_of(execute, measured)
    whole = state("drivers.whole", measure=noun, value=execute.value(measured, scope))
    return [
        state("drivers.none", measure=noun),
        _nearest(execute, measured, nearest, scope),
        whole,
    ]


def _others(
    execute: Executor, measured: Measured, factors: list[Factor], found: list[Effect], scope: Scope
) -> list[Statement]:
    """Returns what else the measure goes with, the strongest column held alike.

    Columns that tell the same as that, or of which nothing is left beside it, are only named.
    """
    strongest, *others = found
    if not others:
        return []
    same = kin(execute, measured, factors, found, scope)
    held = [
        (each, Held(execute, measured, strongest.factor, each.factor, scope))
        for each in others
        if each not in same
    ]
    left = _left(held)
    first, told = _noun(execute, strongest), [each for each, _ in left]
    gone = [each for each, _ in held if each not in told and each.is_clear]
    none = [each for each, _ in held if each not in told and not each.is_clear]
    return [
        *[_beside(execute, one, first) for _, one in left[:TOLD]],
        *_named(execute, "drivers.same", [each for each in same if each.is_clear], first),
        *_named(execute, "drivers.gone", gone, first),
        *_named(execute, "drivers.no_part", none, first),
    ]


def _named(execute: Executor, says: str, named: list[Effect], first: Text) -> list[Statement]:
    nouns = [_noun(execute, each) for each in named[:TOLD]]
    return [state(says, columns=execute.language.listed(nouns), first=first)] if nouns else []


def _noun(execute: Executor, effect: Effect) -> Text:
    return execute.noun(telling.column_of(effect.factor))


def _left(held: list[tuple[Effect, Held]]) -> list[tuple[Effect, Held]]:
    """Returns the factors of which something clear is left, the strongest first."""
    tested = [(one.association(), each, one) for each, one in held]
    known = [(found, each, one) for found, each, one in tested if found is not None]
    if not known:
        return []
    q_values = false_discovery_control([found.test.p_value for found, _, _ in known])
    clear = [
        (found.effect, each, one)
        for (found, each, one), q in zip(known, q_values, strict=True)
        if q < each.level and found.effect >= NOTICED
    ]
    return [(each, one) for _, each, one in sorted(clear, key=lambda each: -each[0])]


def _beside(execute: Executor, held: Held, first: Text) -> Statement:
    """Returns how the measure goes with a factor, the strongest one held alike."""
    factor = held.other
    if isinstance(factor, Measured):
        return state(
            "drivers.beside.line", first=first, number=telling.plain_noun(factor), slope=held.slope(),
            unit=lines.unit_word(execute, factor),
        )  # fmt: skip
    found = held.groups()
    told = found if len(found) <= telling.MOST_TOLD else [found[0], found[-1]]
    column = execute.noun(factor.column)
    if not held.are_possible([value for _, value in told]):
        high, low = (execute.name(factor, name) for name, _ in (told[0], told[-1]))
        return state("drivers.beside.ends", first=first, column=column, high=high, low=low)
    values = telling.pairs_said(execute, factor, told)
    return state("drivers.beside.groups", first=first, column=column, values=values)


def _exhibit(execute: Executor, measured: Measured, first: Effect, scope: Scope) -> Chart:
    if isinstance(first.factor, Group):
        return telling.bars(execute, measured, first.factor, scope)
    if is_outcome(measured):
        return lines.thirds(execute, measured, first.factor, scope)
    return lines.scatter(execute, measured, first.factor, scope)


def _method(execute: Executor, measured: Measured, found: list[Effect], scope: Scope) -> Statement:
    nouns = execute.language.listed([execute.noun(telling.column_of(each.factor)) for each in found])
    return state(
        "drivers.method", measure=telling.noun_of(execute, measured), columns=nouns,
        rows=parts.rows(execute, scope), things=parts.things(execute),
    )  # fmt: skip


OPERATION = Operation(asks, plan, run, Looks.MEASURES, _may_be_news)
