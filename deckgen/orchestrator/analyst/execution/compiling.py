"""From the grammar of plans to SQL in DuckDB's own functions, so that anyone can run a fact."""

from dataclasses import dataclass

from deckgen.domain.datasets import Source
from deckgen.domain.plans import (
    Booked,
    By,
    Cell,
    Condition,
    Difference,
    Distinct,
    Elapsed,
    Gap,
    Group,
    Level,
    Mean,
    Measure,
    Median,
    Periods,
    Product,
    Ratio,
    Relation,
    Rows,
    RowValue,
    Span,
    Total,
)
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.sql import quoting

SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60}
PLACE = "place_in_parent"  # of a row among those of its parent
COMPARED = {Relation.LESS: "<", Relation.AT_MOST: "<=", Relation.MORE: ">", Relation.AT_LEAST: ">="}


@dataclass(frozen=True)
class Compiler:
    """Compiles plans about one table."""

    source: Source
    timeline: Timeline | None

    def number(self, column: str) -> str:
        """Returns SQL for a number of a row in its unit: a column in thousands is multiplied."""
        scale = next((each.scale for each in self.source.columns if each.name == column), 1)
        name = quoting.name(column)
        return f"{name} * {scale!r}" if scale != 1 else name

    def row_value(self, value: RowValue) -> str:
        """Returns SQL for a value of a row."""
        match value:
            case Cell():
                return self._cell(value)
            case Product():
                return f"{self.number(value.first)} * {self.number(value.second)}"
            case Gap():
                return f"{self.number(value.column)} - {self.number(value.less)}"
            case Booked():
                return self._booked(value)
            case Elapsed():
                start, end = (f"epoch({quoting.name(name)})" for name in (value.start, value.end))
                return f"({end} - {start}) / {SECONDS[value.unit]}"

    def _booked(self, value: Booked) -> str:
        if value.plus is None or value.minus is None:
            return self.number(value.plus) if value.plus else f"-({self.number(str(value.minus))})"
        return f"coalesce({self.number(value.plus)}, 0) - coalesce({self.number(value.minus)}, 0)"

    def _cell(self, cell: Cell) -> str:
        number = self.number(cell.column)
        if not cell.sentinels:
            return number
        listed = ", ".join(quoting.literal(value) for value in cell.sentinels)
        return f"CASE WHEN {quoting.name(cell.column)} NOT IN ({listed}) THEN {number} END"

    def measure(self, measure: Measure) -> str:
        """Returns SQL of an aggregate."""
        match measure:
            case Rows():
                return f"count(*){self._only(measure.where)}"
            case Distinct():
                return f"count(DISTINCT {quoting.name(measure.column)})"
            case Periods():
                assert self.timeline is not None
                return f"count(DISTINCT {self.timeline.bucket(measure.grain)})"
            case Total():
                return self._total(measure)
            case Level():
                assert self.timeline is not None
                return f"sum({self.row_value(measure.of)}) / count(DISTINCT {self.timeline.sql})"
            case Mean():
                return self._mean(measure)
            case Median():
                return f"median({self.row_value(measure.of)})"
            case Ratio():
                factor = f"{measure.factor!r} * " if measure.factor != 1 else ""
                over, per = self.measure(measure.over), self.measure(measure.per)
                return f"{factor}({over}) / nullif({per}, 0)"
            case Difference():
                return f"({self.measure(measure.of)}) - ({self.measure(measure.less)})"

    def _total(self, total: Total) -> str:
        only = self._only(total.where, first_of_parent=_parent_of(total) is not None)
        return f"sum({self.row_value(total.of)}){only}"

    def _mean(self, mean: Mean) -> str:
        value, only = self.row_value(mean.of), self._only(mean.where)
        if mean.weight is None:
            return f"avg({value}){only}"
        weight = f"CAST({self.row_value(mean.weight)} AS DOUBLE)"
        weights = f"sum(CASE WHEN ({value}) IS NOT NULL THEN {weight} END){only}"
        return f"(sum(({value}) * {weight}){only} / nullif({weights}, 0))"

    def _only(self, conditions: list[Condition], *, first_of_parent: bool = False) -> str:
        kept = [self.condition(condition) for condition in conditions]
        kept += [f"{PLACE} = 1"] if first_of_parent else []
        return f" FILTER (WHERE {' AND '.join(kept)})" if kept else ""

    def rows(self, *measures: Measure) -> str:
        """Returns what a query of the measures selects from: `data`, or more than that of its rows."""
        parents = {parent for measure in measures for parent in _parents_of(measure)}
        if not parents:
            return "data"
        assert len(parents) == 1, parents
        place = f"row_number() OVER (PARTITION BY {quoting.name(parents.pop())})"
        return f"(SELECT *, {place} AS {PLACE} FROM data)"

    def condition(self, condition: Condition) -> str:
        """Returns the SQL condition of rows. Text is compared as text, whatever the column's type."""
        name = quoting.name(condition.column)
        match condition.relation:
            case Relation.KNOWN:
                return f"{name} IS NOT NULL"
            case Relation.BLANK:
                return f"{name} IS NULL"
            case Relation.IS | Relation.IS_NOT:
                listed = ", ".join(quoting.literal(str(value)) for value in condition.values)
                negated = "NOT " if condition.relation is Relation.IS_NOT else ""
                return f"CAST({name} AS VARCHAR) {negated}IN ({listed})"
            case Relation.CONTAINS:
                text = f"lower(CAST({name} AS VARCHAR))"
                found = [
                    f"contains({text}, {quoting.literal(str(value).lower())})"
                    for value in condition.values
                ]
                return f"({' OR '.join(found)})"
            case relation if condition.after and condition.other:
                took = Elapsed(start=condition.other, end=condition.column, unit=condition.after.unit)
                return (
                    f"{self.row_value(took)} {COMPARED[relation]} {self.number(condition.after.column)}"
                )
            case relation:
                against = (
                    quoting.name(condition.other)
                    if condition.other
                    else quoting.literal(condition.values[0])
                )
                return f"{name} {COMPARED[relation]} {against}"

    def every(self, conditions: list[Condition]) -> str:
        """Returns the SQL condition of the rows that meet all conditions; true if there are none."""
        return " AND ".join(f"({self.condition(each)})" for each in conditions) or "true"

    def group(self, group: Group) -> str:
        """Returns SQL for the group of a row; of values the text."""
        name = quoting.name(group.column)
        match group.by:
            case By.VALUE:
                return f"CAST({name} AS VARCHAR)"
            case By.HOUR:
                return self._hour(group.column)
            case By.WEEKDAY:
                return f"isodow({self._date(group.column)})"
            case By.MONTH:
                return f"month({self._date(group.column)})"
            case By.PERIOD:
                assert self.timeline is not None
                assert group.grain is not None
                return self.timeline.bucket(group.grain)
            case By.BAND:
                return self._band(group)

    def _band(self, group: Group) -> str:
        """Returns SQL for the number of a row's band, from 0."""
        number = self.number(group.column)
        cases = [f"WHEN {number} < {edge!r} THEN {place}" for place, edge in enumerate(group.edges)]
        last = f"WHEN {quoting.name(group.column)} IS NOT NULL THEN {len(group.edges)}"
        return f"CASE {' '.join([*cases, last])} END"

    def _date(self, column: str) -> str:
        """Returns SQL for the date of a row: the time axis may be made of two columns."""
        axis = self.timeline
        is_axis = axis is not None and self.source.columns[axis.column].name == column
        return axis.sql if axis and is_axis else quoting.name(column)

    def _hour(self, column: str) -> str:
        """Returns SQL for the hour of a time; of a number such as 1845 its first digits."""
        name = quoting.name(column)
        kind = next((each.type for each in self.source.columns if each.name == column), "TIMESTAMP")
        return f"{name} // 100 % 24" if kind == "BIGINT" else f"hour({name})"

    def span(self, span: Span) -> str:
        """Returns the SQL condition of the rows of a period."""
        assert self.timeline is not None
        starts = f"{self.timeline.sql} >= DATE '{span.start}'"
        return starts + (f" AND {self.timeline.sql} < DATE '{span.end}'" if span.end else "")


def _parents_of(measure: Measure) -> list[str]:
    """Returns the columns of parents whose values count once in a measure."""
    match measure:
        case Ratio():
            return [*_parents_of(measure.over), *_parents_of(measure.per)]
        case Difference():
            return [*_parents_of(measure.of), *_parents_of(measure.less)]
    parent = _parent_of(measure)
    return [parent] if parent else []


def _parent_of(measure: Measure) -> str | None:
    if isinstance(measure, Total) and isinstance(measure.of, Cell):
        return measure.of.once_per
    return None
