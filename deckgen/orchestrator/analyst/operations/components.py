"""Components: which columns make up a total, and which of them moved it."""

import re
from dataclasses import dataclass
from typing import Literal

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import TEXT
from deckgen.domain.plans import Measured, Plan, Span
from deckgen.orchestrator.analyst.execution import changes, newsworthy, pairs, parts, pointing, turns
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import FORM, NOT, PHRASE, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

TOLD, DRAWN = 3, 6
ENTIRELY = 0.95  # of the whole change
_MADE_UP = re.compile(
    r"\brests? (?:up)?on|\bconsists? of|\bmade (?:up )?of|\bmakes? up|\bcomes? from|\bcomposition"
    r"|\bmix\b|\bbreak ?down|\bsplit\b|\bberuht|\bbesteht .{0,40}aus\b|zusammensetz"
    r"|setzt sich .{1,40} zusammen"
)


def asks(question: Question, table: Table) -> float:
    """What a total rests on, and what drove it, where columns add up to it."""
    if table.model.components is None or question.groups or question.filters:
        return NOT
    if question.has(Cue.EXPECT, Cue.WHAT_IF, Cue.ADVICE) or not _is_of_total(question, table):
        return NOT
    moves = question.has(Cue.UP, Cue.DOWN, Cue.DEVELOP) and question.has(Cue.CAUSE, Cue.CONTRIBUTE)
    moved = moves or question.has(Cue.DIFFERENCE_MADE) or _asks_which(question, table)
    if _MADE_UP.search(question.text.lower()) or moved:
        return FORM if table.dimensions else PHRASE + 0.6
    return NOT


def _asks_which(question: Question, table: Table) -> bool:
    """True if it asks which grew or fell most, where nothing but columns can be meant."""
    moves = question.has(Cue.UP, Cue.DOWN)
    return moves and question.has(Cue.WHICH, Cue.WHO) and not table.dimensions


def _way(question: Question, table: Table) -> Literal["rose", "fell"] | None:
    """Returns which way the total went in the time that is asked about, if the question says so."""
    up, down = question.has(Cue.UP), question.has(Cue.DOWN)
    if not _asks_which(question, table) or up == down:
        return comparing.supposed(question)
    return "rose" if up else "fell"


def _is_of_total(question: Question, table: Table) -> bool:
    """True if the total is meant: no other measure is named more clearly."""
    asked: Question | None = question
    while asked is not None:
        if asked.measures:
            first = asked.measures[0][0]
            return any(fit == first and _is_total(each, table) for fit, each in asked.measures)
        asked = asked.before
    return True


def _is_total(offered: Offered, table: Table) -> bool:
    components = table.model.components
    is_column = components is not None and offered.columns == (components.total,)
    return is_column and offered.concept is Concept.COLUMN


def plan(question: Question, table: Table) -> Plan | Lacking:
    """Returns a plan whose first measure is the total; `compares` is “last” if only its parts are
    asked for, and not what moved it.
    """
    components = table.model.components
    if components is None:
        return Lacking(state("lacks.columns_add_up_another"))
    columns = {each.columns[0]: each for each in table.offered if each.concept is Concept.COLUMN}
    if not {components.total, *components.parts} <= columns.keys():
        return Lacking(state("lacks.columns_add_up_another"))
    total = columns[components.total]
    pair = comparing.pair_of(question, table)
    is_made_up = _MADE_UP.search(question.text.lower()) and not question.has(Cue.UP, Cue.DOWN)
    return Plan(
        operation="components",
        measures=[total.measured, *(columns[name].measured for name in components.parts)],
        filters=slots.filters_of(question, table, total),
        period=pair[0] if pair else None,
        base=pair[1] if pair else None,
        supposed=_way(question, table),
        compares="last" if is_made_up or table.timeline is None else "all",
    )


@dataclass(frozen=True)
class Part:
    """A part of the total with its change."""

    measured: Measured
    change: Change


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    total, *own = plan.measures
    scope = Scope(tuple(plan.filters))
    pair = _pair(plan, execute, total, scope) if execute.timeline else None
    if pair is None or plan.compares == "last":
        return _made_up(plan, execute, scope.within(pair.new) if pair else scope)
    whole = changes.between(execute, total, scope, pair)
    moved = [(each, changes.between(execute, each, scope, pair)) for each in own]
    found = [Part(each, change) for each, change in moved if change is not None]
    if whole is None or not found:
        return Lacking(state("lacks.value_both_periods", measure=total.label))
    if whole.way == "steady":
        return _made_up(plan, execute, scope.within(pair.new))
    up = whole.way == "rose"
    found.sort(key=lambda each: -each.change.moved.difference if up else each.change.moved.difference)
    statements = [
        *_told(execute, total, pair, whole, found),
        _share(execute, total, found[0].measured, scope.within(pair.new), "components.now", pair),
        *parts.left_out(plan, execute),
    ]
    between = Span(start=pair.old.start, end=pair.new.end, grain=pair.new.grain)
    return Result(
        statements,
        _bridge(execute, total, pair, whole, found),
        [Figure(execute.says("label.change", measure=total.noun), whole.difference)]
        + [Figure(each.measured.noun, each.change.difference) for each in found[:2]],
        parts.method(total, execute, scope),
        news=newsworthy.of_trend(execute, total, scope.within(between), whole),
    )


def _pair(plan: Plan, execute: Executor, total: Measured, scope: Scope) -> Pair | None:
    """Returns the periods that are named, else those since the total turned, or before that if
    the question is about the other way; else the first and the last."""
    if plan.period is None and plan.compares == "all":
        turned = turns.find(execute, total, scope)
        if turned is not None:
            rose_first = turned.turn.is_peak
            is_before = plan.supposed == ("rose" if rose_first else "fell")
            return turned.before if is_before else turned.since
    return pairs.of(plan, execute, total, scope)


def _told(
    execute: Executor, total: Measured, pair: Pair, whole: Change, found: list[Part]
) -> list[Statement]:
    """Returns which part moved the total most, the whole change, and what moved against it."""
    first, last = found[0], found[-1]
    part = first.change.moved.difference / whole.moved.difference
    share = execute.share(
        first.change.difference,
        whole.difference,
        execute.says("label.share_of_change", name=first.measured.label),
    )
    slots_: dict[str, Slot] = {"measure": total.noun, "name": first.measured.noun, "share": share}
    when = pairs.when(execute, pair)
    is_last = execute.spans(pair.new.grain, Scope())[-1].start == pair.new.start
    time = state("components.since" if is_last else "components.between", **when)
    key = "all" if part >= ENTIRELY else "most" if part >= 1 / 2 else "first"
    told = [
        state(f"components.{key}.{whole.way}", **slots_, time=time),
        state(
            f"components.whole.{whole.way}", measure=total.noun, by=whole.by, old=whole.old,
            new=whole.new, **when,
        ),
        *(_own("components.own", each) for each in found[:TOLD] if _same_way(each, whole)),
    ]  # fmt: skip
    return told if _same_way(last, whole) else [*told, _own("components.against", last)]


def _same_way(part: Part, whole: Change) -> bool:
    return part.change.way == whole.way


def _own(key: str, part: Part) -> Statement:
    change = part.change
    return state(key, name=part.measured.noun, own=change.difference, old=change.old, new=change.new)


def _made_up(plan: Plan, execute: Executor, scope: Scope) -> Result | Lacking:
    """Returns what the total is made of, the largest part first."""
    total, *own = plan.measures
    values = {each.label: execute.value(each, scope) for each in own}
    known = [each for each in own if isinstance(values[each.label].value, int | float)]
    if not known:
        return Lacking(state("lacks.values_made", measure=total.label))
    known.sort(key=lambda each: -_number(values[each.label]))
    statements = [
        _share(execute, total, known[0], scope, "components.largest"),
        *(_share(execute, total, each, scope, "components.next") for each in known[1:TOLD]),
        *parts.left_out(plan, execute),
    ]
    drawn = [(each.label, values[each.label].sql) for each in known[:DRAWN]]
    chart = _drawn(
        execute, total, drawn, ChartKind.BAR, execute.says("chart.made_of", measure=total.noun)
    )
    figures = [Figure(each.noun, values[each.label]) for each in known[:TOLD]]
    return Result(statements, chart, figures, parts.method(total, execute, scope), summed=3)


def _number(fact: Fact) -> float:
    assert isinstance(fact.value, int | float)
    return float(fact.value)


def _share(
    execute: Executor, total: Measured, part: Measured, scope: Scope, key: str, pair: Pair | None = None
) -> Statement:
    own, whole = execute.value(part, scope), execute.value(total, scope)
    share = execute.share(
        own, whole, execute.says("label.share_in", measure=part.label, other=total.label)
    )
    at = execute.period(scope.period) if scope.period else ""
    when = pairs.when(execute, pair) if pair else {}
    key = f"{key}.period" if at and not pair else key
    return state(key, name=part.noun, measure=total.noun, share=share, value=own, at=at, **when)


def _bridge(execute: Executor, total: Measured, pair: Pair, whole: Change, found: list[Part]) -> Chart:
    """Returns the chart that leads from the earlier total to the later one by its parts."""
    largest = sorted(found, key=lambda each: -abs(each.change.moved.difference))[:DRAWN]
    old, new = (execute.period(span).display for span in (pair.old, pair.new))
    steps = [(old, whole.old.sql)]
    steps += [(each.measured.label, each.change.difference.sql) for each in largest]
    if len(found) > DRAWN:
        told = " + ".join(f"({each.change.difference.sql})" for each in largest)
        steps.append((execute.says("label.others"), f"SELECT ({whole.difference.sql}) - ({told})"))
    steps.append((new, whole.new.sql))
    title = execute.says("chart.parts_of_change", measure=total.noun)
    chart = _drawn(execute, total, steps, ChartKind.WATERFALL, title)
    return pointing.over_all(chart, whole.signed)


def _drawn(
    execute: Executor, total: Measured, rows: list[tuple[str, str]], kind: ChartKind, title: str
) -> Chart:
    listed = " UNION ALL ".join(
        f"SELECT {place} AS k, {quoting.literal(name)} AS g, ({sql}) AS v"
        for place, (name, sql) in enumerate(rows)
    )
    query = f"SELECT g, v FROM ({listed}) ORDER BY k"
    return execute.book.chart(
        kind, title, query, (execute.says("label.part"), TEXT), [(total.noun, total.unit)], title
    )


OPERATION = Operation(asks, plan, run, Looks.ONCE)
