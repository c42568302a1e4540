"""What plans ask of a table to decide by: numbers that are not told, and so are no facts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import COUNT, Grain, Unit, ValueFormat
from deckgen.domain.language.phrasebook import Language
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
from deckgen.orchestrator.analyst.execution.compiling import Compiler
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.statements import Slot, phrase, state
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling import units
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.result import LEVEL


@dataclass(frozen=True)
class Queries:
    """One open table with what is known of it, and the book of facts."""

    table: DataTable
    source: Source
    model: TableModel
    timeline: Timeline | None
    book: FactBook
    level: float = LEVEL  # how rarely chance may give what one question is told as found
    compiler: Compiler = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiler", Compiler(self.source, self.timeline))

    @property
    def language(self) -> Language:
        """The language of whatever is told."""
        return self.book.language

    def says(self, key: str, **slots: Slot) -> Text:
        """Returns a phrase of the language, with its slots filled."""
        return phrase(state(key, **slots), self.language)

    def grain(self, grain: str) -> Text:
        """Returns the word for a period: month."""
        return self.says(f"grain.{grain}")

    def grains(self, grain: str) -> Text:
        """Returns the word for several periods: months."""
        return self.says(f"grains.{grain}")

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
        """Returns the SQL condition of the rows of one group."""
        return f"{self.compiler.group(group)} = {grouped.literal(value)}"

    def sql(self, measure: Measure, scope: Scope) -> str:
        """Returns the query of one value."""
        value, rows = self.compiler.measure(measure), self.compiler.rows(measure)
        return f"SELECT {value} FROM {rows}{quoting.where(*self.conditions(scope))}"

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

    def number(self, measured: Measured, scope: Scope) -> float | None:
        """Returns a value that only decides: it is not told, and so no fact."""
        (value,) = self.table.one(self.sql(measured.measure, scope))
        return None if value is None else float(value)

    def rows(self, scope: Scope) -> int:
        """Returns the number of rows of a scope."""
        return int(
            self.table.one(f"SELECT count(*) FROM data{quoting.where(*self.conditions(scope))}")[0]
        )

    def groups(self, measured: Measured, group: Group, scope: Scope) -> list[grouped.GroupValue]:
        """Returns the value of each group, the highest first, with the number of its rows."""
        query = self.by_group([measured.measure], group, scope)
        rows = self.table.all(
            f"SELECT g, v1, n FROM ({query}) WHERE v1 IS NOT NULL ORDER BY v1 DESC, g"
        )
        return [grouped.GroupValue(name, float(value), count) for name, value, count in rows]

    def spans(self, grain: Grain, scope: Scope) -> list[Span]:
        """Returns the complete periods in which the rows of a scope have values, in order."""
        query = self.axis.by_period(grain, "count(*)", *self.conditions(scope))
        starts = [start for (start,) in self.table.all(f"SELECT period FROM ({query}) ORDER BY period")]
        return list(self._complete(grain, starts).values())

    def periods(self, grain: Grain) -> Group:
        """Returns the grouping by periods of the time axis."""
        return Group(column=self.source.columns[self.axis.column].name, by=By.PERIOD, grain=grain)

    def course(self, measured: Measured, grain: Grain, scope: Scope) -> list[tuple[Span, float]]:
        """Returns the value of each complete period, in order."""
        query = self.by_group([measured.measure], self.periods(grain), scope)
        rows = self.table.all(f"SELECT g, v1 FROM ({query}) WHERE v1 IS NOT NULL ORDER BY g")
        return _course(rows, self._complete(grain, [start for start, _ in rows]))

    def courses(
        self, measured: Measured, grain: Grain, group: Group, names: list[Any], scope: Scope
    ) -> list[list[tuple[Span, float]]]:
        """Returns the course of each of these groups, in one look at the table."""
        if not names:
            return []
        period, measure = self.periods(grain), measured.measure
        has_period = Condition(column=period.column, relation=Relation.KNOWN)
        of_groups = " OR ".join(self.one_group(group, name) for name in names)
        where = quoting.where(*self.conditions(scope.of_all().also(has_period)), of_groups)
        rows = self.table.all(
            "SELECT name, g, v1 FROM "
            f"(SELECT {self.compiler.group(group)} AS name, {self.compiler.group(period)} AS g, "
            f"{self.compiler.measure(measure)} AS v1 FROM {self.compiler.rows(measure)}{where} "
            "GROUP BY ALL) WHERE v1 IS NOT NULL ORDER BY name, g"
        )
        found: dict[Any, list[tuple[Any, Any]]] = {name: [] for name in names}
        for name, start, value in rows:
            found[name].append((start, value))
        spans = self._complete(grain, {start for _, start, _ in rows})
        return [_course(found[name], spans) for name in names]

    def _complete(self, grain: Grain, starts: Iterable[datetime.date]) -> dict[datetime.date, Span]:
        """Returns the complete ones of the periods that start on these days."""
        return {
            start: Span(start=start, end=time.shift(start, grain, 1), grain=grain)
            for start in starts
            if self.axis.is_full(start, grain)
        }

    def column_label(self, column: str) -> str:
        """Returns the label of a column by its name."""
        return next(each.label for each in self.source.columns if each.name == column)

    def noun(self, column: str) -> Text:
        """Returns the reference to the name of a column."""
        index = next(n for n, each in enumerate(self.source.columns) if each.name == column)
        return f"{{{{c{index}}}}}"

    def label_of(self, measure: Measure) -> str:
        """Returns the label of the column that a measure is the total of; empty if it is of none."""
        match measure:
            case Total(of=Cell(column=name), where=[]):
                return self.column_label(name)
        return ""

    def unit_of(self, measure: Measure) -> Unit:
        """Returns the unit of a measure of one column: that of the column."""
        match measure:
            case Total(of=Cell(column=name)) | Level(of=Cell(column=name)) | Mean(of=Cell(column=name)):
                return units.unit_of(next(each for each in self.source.columns if each.name == name))
            case Rows() | Distinct():
                return COUNT
            case Difference():
                return self.unit_of(measure.of)
        return Unit(format=ValueFormat.NUMBER)


def _course(rows: list[tuple[Any, ...]], spans: dict[datetime.date, Span]) -> list[tuple[Span, float]]:
    return [(spans[start], float(value)) for start, value in rows if start in spans]
