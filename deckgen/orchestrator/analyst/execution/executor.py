"""Runs what plans ask for: numbers that only decide, facts that are told, and their charts."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import (
    By,
    Group,
    Measured,
)
from deckgen.orchestrator.analyst.execution import grouped
from deckgen.orchestrator.analyst.execution.results import News, NothingNewError
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.values import Values
from deckgen.orchestrator.analyst.profiling import timeline as time

MOST_COLUMNS = 8  # periods that are drawn as columns; more are a line


@dataclass(frozen=True)
class Executor(Values):
    """The charts of an open table, beside its facts and numbers."""

    only_news: bool = False  # for a scan, which tells nothing else

    def news(self, found: News | None) -> News | None:
        """Returns the news that an operation found; a scan ends here where there are none."""
        if found is None and self.only_news:
            raise NothingNewError
        return found

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

    def line(
        self, measured: list[Measured], grain: Grain, scope: Scope, *, title: Text, alt: Text
    ) -> Chart:
        """Returns a chart of the measures over time; periods that are not complete are marked."""
        group = self.periods(grain)
        query = self.by_group([each.measure for each in measured], group, scope)
        values = ", ".join(f"v{place}" for place in range(1, len(measured) + 1))
        full = self.spans(grain, scope)
        chart = self.book.chart(
            ChartKind.COLUMN if len(full) <= MOST_COLUMNS else ChartKind.LINE,
            title,
            f"SELECT g, {values} FROM ({query}) WHERE v1 IS NOT NULL ORDER BY g",
            (self.noun(group.column), time.unit_of(grain)),
            [(each.noun, each.unit) for each in measured],
            alt,
        )
        starts = {str(each.start) for each in full}
        partial = [n for n, name in enumerate(chart.categories) if str(name) not in starts]
        return chart.model_copy(update={"partial": partial})
