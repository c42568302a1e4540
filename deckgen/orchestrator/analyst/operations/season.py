"""Season: at which hour, on which weekday or in which month something is high or low, and where."""

from dataclasses import dataclass, replace

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import By, Group, Measured, Periods, Plan, Ratio, Rows, Total
from deckgen.orchestrator.analyst.execution import cycles, parts, peaks, shares
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    News,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.row_values import is_outcome
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.role_words import CALENDAR_WORDS
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.planning import calendar, columns, comparing, events, order
from deckgen.orchestrator.analyst.planning.figures import figure_of
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.stats.result import TestResult

MOST_TIED = 4
CALENDAR = CALENDAR_WORDS | frozenset({"wday", "weekend", "holiday", "wochenende", "feiertag"})


def asks(question: Question, table: Table) -> float:
    """At which time of day, on which weekday, in which season; or when something happens."""
    if question.has(Cue.EXPECT, Cue.NEXT, Cue.SHIFT) or _is_course_of_one_year(question, table):
        return NOT
    if question.has(Cue.TIME_OF_DAY, Cue.WEEKDAY, Cue.TIME_OF_YEAR):
        # A column that says “Mon” is one of groups, where no date says it.
        told = not question.groups or calendar.groups_of(question, table)
        return PHRASE if told else NOT
    ends = question.has(Cue.OCCUR, Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD)
    varies = question.of(Concept.OUTCOME, Concept.DURATION) is not None
    return WORDS + 0.4 if question.has(Cue.WHEN) and (ends or varies) else NOT


def _is_course_of_one_year(question: Question, table: Table) -> bool:
    """True if it is asked how something moved over the year, and there is but one."""
    moves = question.has(Cue.DEVELOP, Cue.UP, Cue.DOWN) and question.has(Cue.TIME_OF_YEAR)
    axis = table.timeline
    return moves and axis is not None and (axis.last - axis.first).days < calendar.TWO_YEARS


def plan(question: Question, table: Table) -> Plan | Lacking:
    groups = calendar.groups_of(question, table)
    if not groups:
        return Lacking(state("lacks.times_dates_come_round_often"))
    clocks = {*calendar.clocks_of(table), *_of_calendar(table)}
    found = events.share_of(question, table) or figure_of(question, table, clocks).measured
    where = events.where_of(question, table, found) if question.has(Cue.WHERE) else []
    return Plan(
        operation="season",
        measures=[found],
        groups=[*groups, *where],
        filters=events.filters_of(question, table, found),
        period=comparing.period_of(question),
        order=order.of(question, found),
    )


def _of_calendar(table: Table) -> list[str]:
    """Returns the columns that only say which weekday or month it is, or whether it is a weekday."""
    return [each.name for each in table.model.columns if set(columns.words(each)) <= CALENDAR]


@dataclass(frozen=True)
class Look:
    """A measure by the slots of a cycle; `found` are those with enough rows, the highest first."""

    execute: Executor
    measured: Measured
    group: Group
    scope: Scope
    found: list[GroupValue]
    test: TestResult | None

    @property
    def p_value(self) -> float:
        """Returns the chance of such differences; 1 without a test."""
        return self.test.p_value if self.test else 1.0

    @property
    def comes_round(self) -> bool:
        """True unless the slots are periods of one time axis: then there is nothing to test."""
        return self.group.by is not By.PERIOD

    def value(self, slot: GroupValue) -> Fact:
        """Returns the value of a slot, as a fact."""
        return self.execute.value(self.measured, self.scope.of_group(self.group, slot.name))

    def name(self, slot: GroupValue) -> Fact:
        """Returns the name of a slot, as a fact."""
        return self.execute.name(self.group, slot.name)


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    """Returns the first cycle whose slots differ clearly, else that none does."""
    (measured, *_), scope = plan.measures, Scope.of(plan)
    cyclic = [group for group in plan.groups if group.by is not By.VALUE]
    looked = [_look(execute, measured, group, scope) for group in cyclic]
    enough = [each for each in looked if len(each.found) > 1]
    if not enough:
        return Lacking(state("lacks.two_times_value"))
    clear = [
        each for each in enough if each.p_value < execute.level / len(looked) or not each.comes_round
    ]
    told = (clear or enough)[0]
    news = execute.news(_news(told, len(looked)) if clear else None)
    statements = _clear(told, plan.order) if clear else _unclear(told)
    for where in plan.groups[len(cyclic) :]:
        statements[1:1] = _where(execute, measured, where, scope)
    statements += parts.left_out(plan, execute)
    marked = told.found[:1] if clear and plan.order == "highest" else []
    figures = _figures(execute, statements[0], told.measured.noun, parts.things(execute))
    method = parts.method(told.measured, execute, scope)
    return Result(statements, _chart(told, marked), figures, method, summed=3, news=news)


def _news(look: Look, looked_at: int) -> News | None:
    """Returns how far the lowest slot is from the highest; nothing of periods that come once."""
    high, low = look.found[0].value, look.found[-1].value
    if look.test is None or high <= 0:
        return None
    test = replace(look.test, p_value=min(1.0, looked_at * look.test.p_value))
    return News(strength("season", (high - low) / high), test)


def _figures(execute: Executor, head: Statement, noun: Text, things: str) -> list[Figure]:
    """Returns the values that the first sentence tells, and what a share is made of."""
    labels = {
        "value": noun, "part": execute.says("label.that_count", things=things),
        "whole": execute.says("label.all_things", things=things), "share": execute.says("label.share"),
        "low": execute.says("label.lowest"), "high": execute.says("label.highest"),
    }  # fmt: skip
    found = ((label, head.slots.get(name)) for name, label in labels.items())
    return [Figure(label, fact) for label, fact in found if isinstance(fact, Fact)]


def _look(execute: Executor, measured: Measured, group: Group, scope: Scope) -> Look:
    own = _spread(measured, group, execute)
    found = execute.groups(own, group, scope)
    if not isinstance(own.measure, Rows | Total):
        many = [each for each in found if each.rows >= cycles.ENOUGH]
        found = many if len(many) > 1 else found
    tested = group.by is not By.PERIOD
    test = cycles.test_of(execute, own, group, scope) if tested else None
    return Look(execute, own, group, scope, found, test)


def _spread(measured: Measured, group: Group, execute: Executor) -> Measured:
    """Returns a total as its mean a day or a month: some weekdays come once more than others."""
    grains: dict[By, Grain] = {By.WEEKDAY: "day", By.MONTH: "month"}
    if not isinstance(measured.measure, Total) or group.by not in grains or execute.timeline is None:
        return measured
    grain = grains[group.by]
    per = Ratio(over=measured.measure, per=Periods(grain=grain))
    return measured.model_copy(
        update={
            "measure": per,
            "label": execute.says(
                "measure.a_period", measure=measured.label, grain=execute.grain(grain)
            ),
            "adds_up": False,
            "noun": execute.says("measure.a_period", measure=measured.noun, grain=execute.grain(grain)),
            "over_time": False,
        }
    )


def _clear(look: Look, order: str) -> list[Statement]:
    """Returns the end that is asked for, what belongs to a peak, and the other end."""
    own = look.execute, look.measured, look.group, look.scope
    high, low = look.found[0], look.found[-1]
    if order == "lowest":
        return [_end(look, low, "low"), _end(look, high, "high"), *_once(look)]
    statements = [_tie(look) if _is_tied(look, high) else _end(look, high, "high")]
    statements += [*peaks.window(*own), *peaks.one_date(*own, high)]
    if not _is_tied(look, low):
        statements.append(_end(look, low, "low"))
    return [*statements, *peaks.through_the_day(look.measured, look.group, look.found), *_once(look)]


def _is_tied(look: Look, slot: GroupValue) -> bool:
    return sum(each.value == slot.value for each in look.found) > 1


def _tie(look: Look) -> Statement:
    """Returns the slots that share the highest value."""
    same = [each for each in look.found if each.value == look.found[0].value]
    slots: dict[str, Slot] = {
        "slots": [look.name(each) for each in same[:MOST_TIED]], "value": look.value(same[0]),
    }  # fmt: skip
    what = shares.thing(look.execute, look.measured)
    if isinstance(what, Fact):
        return state(f"season.share.tied.{look.group.by}", what=what, **slots)
    says = "season.tied.total" if isinstance(look.measured.measure, Rows) else "season.tied"
    return state(says, what=look.measured.noun, **slots)


def _end(look: Look, slot: GroupValue, end: str) -> Statement:
    """Returns the highest or the lowest slot with its value, and what a share is made of."""
    measured, execute = look.measured, look.execute
    name, value = look.name(slot), look.value(slot)
    execute.book.note_end(value.id, "highest" if end == "high" else "lowest")
    if is_outcome(measured):
        part, whole = shares.of(execute, measured, look.scope.of_group(look.group, slot.name))
        what = shares.thing(execute, measured)
        says = f"season.share.{end}.{look.group.by}" if isinstance(what, Fact) else f"season.rate.{end}"
        return state(
            says, what=what, slot=name, value=value, part=part, whole=whole,
            things=parts.things(execute),
        )  # fmt: skip
    if isinstance(measured.measure, Rows | Total) and look.comes_round:
        whole = execute.value(measured, look.scope)
        share = execute.share(value, whole, look.execute.says("label.share_of", measure=measured.label))
        return state(f"season.total.{end}", what=measured.noun, slot=name, value=value, share=share)
    return state(f"season.{end}", what=measured.noun, slot=name, value=value)


def _once(look: Look) -> list[Statement]:
    return [] if look.comes_round else [state("season.once")]


def _unclear(look: Look) -> list[Statement]:
    """Returns that no slot stands out, with the values between which they all lie."""
    ends = look.found[0], look.found[-1]
    (high, low), (first, last) = map(look.value, ends), map(look.name, ends)
    slots: dict[str, Slot] = {
        "what": look.measured.noun, "low": low, "high": high, "first": first, "last": last,
        "slot": look.execute.says(f"by.{look.group.by}"),
    }  # fmt: skip
    return [state("season.unclear", **slots), state("season.unclear.ends", **slots)]


def _where(execute: Executor, measured: Measured, group: Group, scope: Scope) -> list[Statement]:
    """Returns the group in which most happens, if groups differ clearly."""
    look = _look(execute, measured, group, scope)
    if look.p_value >= execute.level:
        return [state("season.nowhere", what=measured.noun, groups=execute.noun(group.column))]
    most = look.found[0]
    within = scope.of_group(group, most.name)
    if not is_outcome(measured):
        return [state("season.where", what=measured.noun, name=look.name(most), value=look.value(most))]
    (here, rows), (every, _) = (shares.of(execute, measured, each) for each in (within, scope))
    says = "season.where.all" if here.value == every.value else "season.where.share"
    return [
        state(
            says, what=shares.thing(execute, measured), part=here, whole=every, name=look.name(most),
            rows=rows, things=parts.things(execute),
        )
    ]  # fmt: skip


def _chart(look: Look, marked: list[GroupValue]) -> Chart:
    says, group = look.execute.says, look.group
    by = says(f"grain.{group.grain}") if group.grain else says(f"by.{group.by}")
    title = look.execute.says("chart.by", measure=look.measured.noun, group=by)
    names = tuple(each.name for each in marked)
    return look.execute.bars(
        [look.measured], look.group, look.scope, title=title, alt=title, most=cycles.MOST_SLOTS,
        highlight=names,
    )  # fmt: skip


OPERATION = Operation(asks, plan, run, Looks.MEASURES)
