"""Two categories crossed: the value of each pair of groups, as facts and as a chart."""

from dataclasses import dataclass

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.plans import Condition, Group, Measured, Relation
from deckgen.orchestrator.analyst.execution import grouped
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.held import FIRST_ROWS
from deckgen.orchestrator.analyst.execution.row_values import row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.telling import noun_of
from deckgen.orchestrator.analyst.facts.references import at_start, say
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.association import ENOUGH, of_groups

MOST_SERIES, MOST_BARS = 5, 8


@dataclass(frozen=True)
class Pairs:
    """The pairs of two columns' groups; of a mean or a rate those with enough rows."""

    execute: Executor
    measured: Measured
    first: Group
    second: Group
    scope: Scope

    @property
    def enough(self) -> int:
        """The rows that a pair needs to be told: means need more than one."""
        return 1 if self.measured.adds_up else ENOUGH

    @property
    def all(self) -> str:
        """The query of every pair: a, b, its value v and its rows n."""
        names = [self.execute.compiler.group(each) for each in (self.first, self.second)]
        known = (
            Condition(column=each.column, relation=Relation.KNOWN) for each in (self.first, self.second)
        )
        where = quoting.where(*self.execute.conditions(self.scope.also(*known)))
        measure = self.measured.measure
        return (
            f"SELECT {names[0]} AS a, {names[1]} AS b, {self.execute.compiler.measure(measure)} AS v, "
            f"count(*) AS n FROM {self.execute.compiler.rows(measure)}{where} GROUP BY ALL"
        )

    @property
    def told(self) -> str:
        """The query of the pairs with enough rows."""
        return f"SELECT a, b, v FROM ({self.all}) WHERE v IS NOT NULL AND n >= {self.enough}"

    @property
    def count(self) -> int:
        """The number of pairs that are told."""
        return int(self.execute.table.one(f"SELECT count(*) FROM ({self.told})")[0])

    @property
    def has_small(self) -> bool:
        """True if some pairs have too few rows."""
        small = f"SELECT count(*) FROM ({self.all}) WHERE n < {self.enough}"
        return bool(self.execute.table.one(small)[0])

    @property
    def differ(self) -> bool:
        """True unless the pairs of a mean or a rate may differ by chance; totals are not tested."""
        value = row_value(self.execute.compiler, self.measured.measure)
        if value is None or self.measured.adds_up:
            return True
        names = [self.execute.compiler.group(each) for each in (self.first, self.second)]
        where = quoting.where(*self.execute.conditions(self.scope), f"({value}) IS NOT NULL")
        rows = self.execute.table.all(
            f"SELECT {', '.join(names)}, {value} FROM data{where} LIMIT {FIRST_ROWS}"
        )
        known = [row for row in rows if None not in row]
        found = of_groups([(a, b) for a, b, _ in known], [float(v) for *_, v in known])
        return found is not None and found.test.p_value < self.execute.level

    def placed(self, place: int, *, lowest: bool) -> tuple[Fact, Fact, Fact]:
        """Returns the groups and the value of the pair at a place from the top, or from the bottom."""
        order = f"v {'ASC' if lowest else 'DESC'}, a, b"
        ranked = f"FROM ({self.told}) ORDER BY {order} LIMIT 1 OFFSET {place - 1}"
        says = self.execute.says
        key = f"fact.place.{'lowest' if lowest else 'highest'}"
        end = says(key, place=str(place), measure=self.measured.label)
        query, conditions = self.execute.book.query, self.execute.conditions(self.scope)
        first, second = (
            query(
                says("label.of_two", first=self.execute.column_label(group.column), second=end),
                f"SELECT {name} {ranked}",
                grouped.unit_of(group),
                *conditions,
            )
            for group, name in ((self.first, "a"), (self.second, "b"))
        )
        own = [
            self.execute.one_group(group, fact.value)
            for group, fact in ((self.first, first), (self.second, second))
        ]
        value = query(
            says("label.of_pair", what=end, first=first.display, second=second.display),
            f"SELECT v {ranked}",
            self.measured.unit,
            *conditions,
            *own,
            groups=(str(first.value), str(second.value)),
        )
        return first, second, value

    def chart(self) -> Chart | None:
        """Returns a table of shades: the groups of one column in rows, of the other in columns."""
        bars, series = self._axes()
        names = self._largest(series, MOST_SERIES + 1)
        if len(names) > MOST_SERIES:
            return None
        columns = ", ".join(
            f"max(v) FILTER (WHERE {self._letter(series)} = {quoting.literal(name)}) AS s{place}"
            for place, name in enumerate(names)
        )
        letter = self._letter(bars)
        by = self.execute.language.listed([self.execute.noun(each.column) for each in (bars, series)])
        title = self.execute.says(
            "chart.by", measure=at_start(noun_of(self.execute, self.measured)), group=by
        )
        told = ", ".join(f"s{place}" for place in range(len(names)))
        return self.execute.book.chart(
            ChartKind.HEAT,
            title,
            f"SELECT g, {told} FROM ("
            f"SELECT {letter} AS g, {columns}, sum(v) AS total FROM ({self.told}) "
            f"GROUP BY ALL) ORDER BY total DESC, g LIMIT {MOST_BARS}",
            (self.execute.noun(bars.column), grouped.unit_of(bars)),
            [(say(self.execute.name(series, name)), self.measured.unit) for name in names],
            title,
        )

    def _axes(self) -> tuple[Group, Group]:
        """Returns the column of the bars, which has more groups, and that of the series."""
        a, b = self.execute.table.one(f"SELECT count(DISTINCT a), count(DISTINCT b) FROM ({self.told})")
        return (self.first, self.second) if a >= b else (self.second, self.first)

    def _letter(self, group: Group) -> str:
        return "a" if group == self.first else "b"

    def _largest(self, group: Group, most: int) -> list[str]:
        letter = self._letter(group)
        rows = self.execute.table.all(
            f"SELECT {letter} FROM ({self.told}) "
            f"GROUP BY ALL ORDER BY sum(v) DESC, {letter} LIMIT {most}"
        )
        return [name for (name,) in rows]
