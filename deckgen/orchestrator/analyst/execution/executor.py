"""Runs what plans ask for. Every value that is told becomes a fact; the others only decide."""

from dataclasses import dataclass, field
from typing import Any

from deckgen.domain.datasets import Source
from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, FactRelation, Sign, Text
from deckgen.domain.formatting.display import COUNT, PERCENT, POINTS, Grain, Unit, ValueFormat
from deckgen.domain.plans import (
    By,
    Cell,
    Condition,
    Difference,
    Distinct,
    Group,
    Level,
    Mean,
    Measure,
    Measured,
    Relation,
    Rows,
    Span,
    Total,
)
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator.analyst.execution import grouped
from deckgen.orchestrator.analyst.execution.abouts import about, about_two
from deckgen.orchestrator.analyst.execution.compiling import Compiler
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.profiling import metrics
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.sql import quoting


@dataclass(frozen=True)
class Executor:
    """One open table with what is known of it, and the book of facts."""

    table: DataTable
    source: Source
    model: TableModel
    timeline: Timeline | None
    book: FactBook
    compiler: Compiler = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiler", Compiler(self.source, self.timeline))

    @property
    def axis(self) -> Timeline:
        """The time axis, for operations that are planned only where there is one."""
        assert self.timeline is not None
        return self.timeline

    def conditions(self, scope: Scope) -> tuple[str, ...]:
        """Returns the SQL conditions of a scope."""
        of_group = self.one_group(scope.group, scope.value) if scope.group else ""
        within = self.compiler.span(scope.period) if scope.period else ""
        own = (self.compiler.condition(condition) for condition in scope.filters)
        return tuple(condition for condition in (*own, within, of_group) if condition)

    def one_group(self, group: Group, value: Any) -> str:
        return f"{self.compiler.group(group)} = {grouped.literal(value)}"

    def sql(self, measure: Measure, scope: Scope) -> str:
        """Returns the query of one value."""
        value, rows = self.compiler.measure(measure), self.compiler.rows(measure)
        return f"SELECT {value} FROM {rows}{quoting.where(*self.conditions(scope))}"

    # One value

    def number(self, measured: Measured, scope: Scope) -> float | None:
        """Returns a value that only decides: it is not told, and so no fact."""
        (value,) = self.table.one(self.sql(measured.measure, scope))
        return None if value is None else float(value)

    def value(self, measured: Measured, scope: Scope, *, sign: Sign = Sign.PLAIN) -> Fact:
        """Returns the value of a measure over the rows of a scope, as a fact."""
        return self.book.query(
            self.label(measured, scope),
            self.sql(measured.measure, scope),
            measured.unit,
            *self.conditions(scope),
            sign=sign,
            groups=(str(scope.value),) if scope.group and scope.group.by is By.VALUE else (),
            about=about(measured, scope),
        )

    def rows(self, scope: Scope) -> int:
        """Returns the number of rows of a scope."""
        return int(
            self.table.one(f"SELECT count(*) FROM data{quoting.where(*self.conditions(scope))}")[0]
        )

    def label(self, measured: Measured, scope: Scope) -> str:
        """Returns the meaning of a value in words, made of what it was computed of."""
        parts = [measured.label]
        if scope.group:
            parts.append(str(scope.value))
        if scope.period:
            parts.append(self.period(scope.period).display)
        return ", ".join(parts)

    # Names of groups and periods

    def name(self, group: Group, value: Any) -> Fact:
        """Returns the name of a group, as a fact."""
        expression = f"min({self.compiler.group(group)})"
        unit = grouped.unit_of(group)
        return self.book.value(
            f"a {self.column_label(group.column)}", expression, unit, self.one_group(group, value)
        )

    def column_label(self, column: str) -> str:
        return next(each.label for each in self.source.columns if each.name == column)

    def noun(self, column: str) -> Text:
        """Returns the reference to the name of a column."""
        index = next(n for n, each in enumerate(self.source.columns) if each.name == column)
        return f"{{{{c{index}}}}}"

    def period(self, span: Span) -> Fact:
        """Returns the name of a period, as a fact."""
        return self.book.value(
            f"a {span.grain} of the data",
            f"min({self.axis.bucket(span.grain)})",
            time.unit_of(span.grain),
            self.compiler.span(span),
        )

    def unit_of(self, measure: Measure) -> Unit:
        """Returns the unit of a measure of one column: that of the column."""
        match measure:
            case Total(of=Cell(column=name)) | Level(of=Cell(column=name)) | Mean(of=Cell(column=name)):
                return metrics.unit_of(next(each for each in self.source.columns if each.name == name))
            case Rows() | Distinct():
                return COUNT
            case Difference():
                return self.unit_of(measure.of)
        return Unit(format=ValueFormat.NUMBER)

    # Two values

    def difference(
        self, measured: Measured, new: Fact, old: Fact, label: str, *, sign: Sign = Sign.CHANGE
    ) -> Fact:
        """Returns one value less another; of shares in points."""
        unit = POINTS if measured.unit.format is ValueFormat.PERCENT else measured.unit
        return self.of_two(
            f"({new.sql}) - ({old.sql})", unit, label, new, old, sign, FactRelation.DIFFERENCE
        )

    def growth(self, new: Fact, old: Fact, label: str, *, sign: Sign = Sign.CHANGE) -> Fact:
        """Returns how much one value is above another, as a share of that."""
        return self.of_two(
            f"({new.sql}) / ({old.sql}) - 1", PERCENT, label, new, old, sign, FactRelation.GROWTH
        )

    def share(self, part: Fact, whole: Fact, label: str) -> Fact:
        """Returns one value as a share of another."""
        return self.of_two(
            f"({part.sql}) / ({whole.sql})", PERCENT, label, part, whole, Sign.PLAIN, FactRelation.SHARE
        )

    def of_two(
        self,
        expression: str,
        unit: Unit,
        label: str,
        first: Fact,
        second: Fact,
        sign: Sign,
        relation: FactRelation = FactRelation.DIFFERENCE,
    ) -> Fact:
        """Returns a value made of two others; it rests on the rows of both."""
        rests = [fact.where for fact in (first, second)]
        where = " OR ".join(f"({each})" for each in dict.fromkeys(rests)) if all(rests) else ""
        groups = tuple(dict.fromkeys([*first.groups, *second.groups]))
        return self.book.query(
            label,
            f"SELECT {expression}",
            unit,
            where,
            sign=sign,
            groups=groups,
            about=about_two(first, second, relation),
        )

    # Groups

    def groups(self, measured: Measured, group: Group, scope: Scope) -> list[grouped.GroupValue]:
        """Returns the value of each group, the highest first, with the number of its rows."""
        query = self.by_group([measured.measure], group, scope)
        rows = self.table.all(
            f"SELECT g, v1, n FROM ({query}) WHERE v1 IS NOT NULL ORDER BY v1 DESC, g"
        )
        return [grouped.GroupValue(name, float(value), count) for name, value, count in rows]

    def per_group(self, measure: Measure, group: Group, scope: Scope) -> str:
        """Returns the query of a measure for each group (g, v1, n), for queries about all of them."""
        return self.by_group([measure], group, scope)

    def by_group(self, measures: list[Measure], group: Group, scope: Scope) -> str:
        """Returns the query of the values of each group (g, v1 and so on, n)."""
        has_group = Condition(column=group.column, relation=Relation.KNOWN)
        values = ", ".join(
            f"{self.compiler.measure(measure)} AS v{place}" for place, measure in enumerate(measures, 1)
        )
        where = quoting.where(*self.conditions(scope.also(has_group)))
        return (
            f"SELECT {self.compiler.group(group)} AS g, {values}, count(*) AS n "
            f"FROM {self.compiler.rows(*measures)}{where} GROUP BY ALL"
        )

    def placed(
        self, measured: Measured, group: Group, scope: Scope, place: int, *, lowest: bool = False
    ) -> tuple[Fact, Fact]:
        """Returns name and value of the group at a place from the top, or from the bottom (from 1)."""
        query = self.by_group([measured.measure], group, scope)
        order = "ASC" if lowest else "DESC"
        ranked = (
            f"FROM ({query}) WHERE v1 IS NOT NULL ORDER BY v1 {order}, g LIMIT 1 OFFSET {place - 1}"
        )
        end = "lowest" if lowest else "highest"
        rank = (
            f"{end} {measured.label}"
            if place == 1
            else f"place {place} from the {end} {measured.label}"
        )
        conditions = self.conditions(scope)
        name = self.book.query(
            f"{self.column_label(group.column)} with the {rank}",
            f"SELECT g {ranked}",
            grouped.unit_of(group),
            *conditions,
        )
        within = scope.of_group(group, name.value)
        value = self.book.query(
            f"{rank}, {name.display}",
            f"SELECT v1 {ranked}",
            measured.unit,
            *self.conditions(within),
            groups=(str(name.value),) if group.by is By.VALUE else (),
            about=about(measured, within, FactRelation.RANK),
        )
        return name, value

    def bars(
        self,
        measured: list[Measured],
        group: Group,
        scope: Scope,
        *,
        title: Text,
        alt: Text,
        most: int = 12,
        lowest: bool = False,
        highlight: tuple[Any, ...] = (),
    ) -> Chart:
        """Returns a chart of the groups, the highest (or lowest) first; hours and the like in order."""
        query = self.by_group([each.measure for each in measured], group, scope)
        values = ", ".join(f"v{place}" for place in range(1, len(measured) + 1))
        order = "g" if group.by is not By.VALUE else f"v1 {'ASC' if lowest else 'DESC'}, g"
        chart = self.book.chart(
            ChartKind.BAR if group.by is By.VALUE else ChartKind.COLUMN,
            title,
            f"SELECT g, {values} FROM ({query}) WHERE v1 IS NOT NULL ORDER BY {order} LIMIT {most}",
            (self.noun(group.column), grouped.unit_of(group)),
            [(each.noun, each.unit) for each in measured],
            alt,
        )
        marked = [n for n, name in enumerate(chart.categories) if name in highlight]
        return chart.model_copy(update={"highlight": marked})

    # Time

    def spans(self, grain: Grain, scope: Scope) -> list[Span]:
        """Returns the complete periods in which the rows of a scope have values, in order."""
        query = self.axis.by_period(grain, "count(*)", *self.conditions(scope))
        starts = [start for (start,) in self.table.all(f"SELECT period FROM ({query}) ORDER BY period")]
        return [
            Span(start=start, end=time.shift(start, grain, 1), grain=grain)
            for start in starts
            if self.axis.is_full(start, grain)
        ]

    def periods(self, grain: Grain) -> Group:
        """Returns the grouping by periods of the time axis."""
        return Group(column=self.source.columns[self.axis.column].name, by=By.PERIOD, grain=grain)

    def course(self, measured: Measured, grain: Grain, scope: Scope) -> list[tuple[Span, float]]:
        """Returns the value of each complete period, in order."""
        query = self.by_group([measured.measure], self.periods(grain), scope)
        rows = self.table.all(f"SELECT g, v1 FROM ({query}) WHERE v1 IS NOT NULL ORDER BY g")
        return [
            (Span(start=start, end=time.shift(start, grain, 1), grain=grain), float(value))
            for start, value in rows
            if self.axis.is_full(start, grain)
        ]

    def line(
        self, measured: list[Measured], grain: Grain, scope: Scope, *, title: Text, alt: Text
    ) -> Chart:
        """Returns a chart of the measures over time."""
        group = self.periods(grain)
        query = self.by_group([each.measure for each in measured], group, scope)
        values = ", ".join(f"v{place}" for place in range(1, len(measured) + 1))
        few = len(self.spans(grain, scope)) <= MOST_COLUMNS
        return self.book.chart(
            ChartKind.COLUMN if few else ChartKind.LINE,
            title,
            f"SELECT g, {values} FROM ({query}) WHERE v1 IS NOT NULL ORDER BY g",
            (self.noun(group.column), time.unit_of(grain)),
            [(each.noun, each.unit) for each in measured],
            alt,
        )


MOST_COLUMNS = 8  # periods that are drawn as columns; more are a line
