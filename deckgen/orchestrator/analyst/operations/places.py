"""Places: the areas in which something is dense, by latitude and longitude."""

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.datasets import Role
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, TEXT, Unit, ValueFormat
from deckgen.domain.plans import Condition, Group, Measured, Plan, Relation, Rows
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon import coordinate_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.planning import columns, comparing
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.dense_areas import Area, dense_areas

DEGREES = Unit(format=ValueFormat.NUMBER)
ORDINALS = ("area.one", "area.two", "area.three")
FEWEST = 20  # points
MOST = 20_000  # points that are looked at


def asks(question: Question, table: Table) -> float:
    """Where something happens or clusters, of a table with coordinates; not where money is lost."""
    if not question.has(Cue.WHERE, Cue.SEGMENTS) or question.groups or _coordinates(table) is None:
        return NOT
    amounts = [each for _, each in question.measures if each.concept is not Concept.COUNT]
    return NOT if amounts else PHRASE + 0.2


def _coordinates(table: Table) -> tuple[str, str] | None:
    """Returns the columns of latitude and longitude."""
    found = [_column(table, words) for words in (of.LATITUDE, of.LONGITUDE)]
    return (found[0], found[1]) if found[0] and found[1] else None


def _column(table: Table, names: frozenset[str]) -> str | None:
    for column in table.model.columns:
        words = {plain(word) for word in read_name(column.name).words}
        if words & names and column.type in ("DOUBLE", "BIGINT"):
            return column.name
    return None


def plan(question: Question, table: Table) -> Plan | Lacking:
    coordinates = _coordinates(table)
    assert coordinates is not None
    noun = columns.row_count(table).noun
    counted = Measured(
        measure=Rows(), label=noun, noun=noun, unit=COUNT, columns=[], adds_up=True, over_time=True
    )
    return Plan(
        operation="places",
        measures=[counted],
        groups=[Group(column=name) for name in coordinates],
        filters=[
            *question.filters,
            *(Condition(column=name, relation=Relation.KNOWN) for name in coordinates),
        ],
        period=comparing.period_of(question),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (counted, *_), (latitude, longitude, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    names = quoting.name(latitude.column), quoting.name(longitude.column)
    where = quoting.where(*execute.conditions(scope))
    points = execute.table.all(
        f"SELECT {names[0]}, {names[1]} FROM data{where} ORDER BY ALL LIMIT {MOST}"
    )
    if len(points) < FEWEST:
        return Lacking(state("lacks.enough_places_coordinates"))
    areas = dense_areas([(float(y), float(x)) for y, x in points])
    whole = execute.value(counted, scope)
    if not areas:
        figures = [Figure(counted.noun, whole)]
        method = parts.method(counted, execute, scope)
        return Result(_spread(execute, plan, whole), None, figures, method)
    within = [_within(scope, plan, area) for area in areas]
    told = [_told(execute, plan, each, whole) for each in within]
    statements = [_head(told), *(state("places.area", **slots) for slots in told)]
    statements += _named(execute, within[0]) + _left_out(plan, execute)
    chart = _chart(execute, plan, within)
    share = told[0]["share"]
    figures = [Figure(execute.says("label.share_of_densest"), share)] if isinstance(share, Fact) else []
    return Result(
        statements, chart, figures, parts.method(counted, execute, scope), summed=1 + len(told)
    )


def _within(scope: Scope, plan: Plan, area: Area) -> Scope:
    latitude, longitude, *_ = plan.groups
    return scope.also(
        Condition(column=latitude.column, relation=Relation.AT_LEAST, values=[area.south]),
        Condition(column=latitude.column, relation=Relation.LESS, values=[area.north]),
        Condition(column=longitude.column, relation=Relation.AT_LEAST, values=[area.west]),
        Condition(column=longitude.column, relation=Relation.LESS, values=[area.east]),
    )


def _told(execute: Executor, plan: Plan, within: Scope, whole: Fact) -> dict[str, Slot]:
    """Returns the number of an area with its share and its centre."""
    counted, (latitude, longitude, *_) = plan.measures[0], plan.groups
    part = execute.value(counted, within)
    y, x = (
        execute.book.value(
            execute.says("label.mean_of_area", group=each.column),
            f"avg({quoting.name(each.column)})",
            DEGREES,
            *execute.conditions(within),
        )
        for each in (latitude, longitude)
    )
    share = execute.share(part, whole, execute.says("label.share_of_area"))
    return {
        "part": part,
        "share": share,
        "latitude": y,
        "longitude": x,
        "things": parts.things(execute),
        "whole": whole,
    }


def _head(told: list[dict[str, Slot]]) -> Statement:
    """Returns how many areas are dense, with the share of the densest."""
    return state(("places.one", "places.two", "places.three")[len(told) - 1], **told[0])


def _spread(execute: Executor, plan: Plan, whole: Fact) -> list[Statement]:
    """Returns that no area is dense, with the bounds of all."""
    ends: dict[str, Fact] = {}
    for key, each in zip(("latitude", "longitude"), plan.groups, strict=False):
        for end in ("min", "max"):
            ends[f"{key}_{end}"] = execute.book.value(
                f"{end} {each.column}", f"{end}({quoting.name(each.column)})", DEGREES,
                *execute.conditions(Scope.of(plan)),
            )  # fmt: skip
    head = state("places.spread", whole=whole, things=parts.things(execute))
    return [head, state("places.bounds", **ends)]


def _named(execute: Executor, within: Scope) -> list[Statement]:
    """Returns the place that most of the densest area belongs to, where a column names places."""
    columns = [each.name for each in execute.model.columns if each.role is Role.GEOGRAPHY]
    if not columns:
        return []
    name = quoting.name(columns[0])
    most = execute.book.value(
        execute.says("label.most_frequent", group=columns[0]), f"mode(CAST({name} AS VARCHAR))", TEXT,
        *execute.conditions(within),
    )  # fmt: skip
    return [state("places.named", name=most)] if most.value is not None else []


def _left_out(plan: Plan, execute: Executor) -> list[Statement]:
    """Returns which rows count, if not all that have coordinates do."""
    chosen = [each for each in plan.filters if each.relation is not Relation.KNOWN]
    return parts.left_out(plan.model_copy(update={"filters": chosen}), execute)


def _chart(execute: Executor, plan: Plan, within: list[Scope]) -> Chart:
    """Returns how many lie in each area, and elsewhere."""
    cases = " ".join(
        f"WHEN {' AND '.join(f'({condition})' for condition in execute.conditions(each))} "
        f"THEN {quoting.literal(execute.says(name))}"
        for each, name in zip(within, ORDINALS, strict=False)
    )
    where = quoting.where(*execute.conditions(Scope.of(plan)))
    area = f"CASE {cases} ELSE {quoting.literal(execute.says('area.elsewhere'))} END AS area"
    query = f"SELECT {area}, count(*) AS n FROM data{where} GROUP BY area"
    title = execute.says("chart.by_area", measure=plan.measures[0].noun)
    return execute.book.chart(
        ChartKind.BAR, title, f"SELECT area, n FROM ({query}) ORDER BY n DESC, area",
        (execute.says("area.axis"), TEXT), [(plan.measures[0].noun, COUNT)], title,
    )  # fmt: skip


OPERATION = Operation(asks, plan, run)
