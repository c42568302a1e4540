"""What every insight starts from: the open table, its metrics, dimensions and time, and the brief."""

from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Additivity, Column, Source
from deckgen.domain.formatting.display import Grain
from deckgen.orchestrator.analyst.brief.mentions import PERIOD, Mentions, mentions_of
from deckgen.orchestrator.analyst.brief.period_mentions import Comparison, comparison
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension, dimensions_of
from deckgen.orchestrator.analyst.profiling.metrics import Metric, metrics_of
from deckgen.orchestrator.analyst.profiling.stemming import is_about_business, kin
from deckgen.orchestrator.analyst.profiling.timeline import (
    GRAINS,
    Period,
    Timeline,
    one_before,
    timeline_of,
)

WIDE = 8  # from how many like measures on a table is one of a column per item
MAX_FOCUS = 4
FILLED = 0.5  # what share of its groups and dates a panel has at least
FEW_ROWS = 5  # a group or a period with fewer says little
NAMED, MEANT = 3.0, 1.0  # what the brief names comes before all else
_INTEREST = {Additivity.FLOW: 2.0, Additivity.STOCK: 1.4, Additivity.RATE: 1.0, None: 0.0}


@dataclass
class Analysis:
    table: DataTable
    source: Source
    brief: Brief
    timeline: Timeline | None = field(init=False)
    metrics: list[Metric] = field(init=False)
    dimensions: list[Dimension] = field(init=False)
    mentions: Mentions = field(init=False)

    def __post_init__(self) -> None:
        self.timeline = timeline_of(self.table, self.source)
        self.metrics = metrics_of(self.source, self.timeline)
        self.dimensions = dimensions_of(self.table, self.source, self.timeline)
        self.mentions = mentions_of(self.brief, self.source, self.table, self.dimensions)

    @property
    def time_axis(self) -> Timeline:
        """The timeline, for what is told of tables with a timeline only."""
        assert self.timeline is not None
        return self.timeline

    @cached_property
    def measures(self) -> list[Metric]:
        """The metrics that are columns which vary."""
        return [metric for metric in self.metrics if metric.value and self.column(metric).distinct > 1]

    def column(self, metric: Metric) -> Column:
        assert metric.column is not None
        return self.source.columns[metric.column]

    @cached_property
    def main(self) -> Metric:
        """What the deck is about: the first measure that may be summed (the brief's words decide
        between several), else what is counted, else a level, else a rate."""
        return self.focus[0]

    @cached_property
    def focus(self) -> list[Metric]:
        """The few metrics worth a look of their own, the most important one first."""
        counted = self.metrics[:2] if self.rows_tell else []
        counted = [metric for metric in counted if not metric.value][:1]
        ranked = sorted(
            [*self.measures, *counted], key=lambda metric: (-self._weight(metric), metric.column or 0)
        )
        chosen: list[Metric] = []
        for metric in ranked:
            if len(chosen) < MAX_FOCUS and not any(kin(metric, other) for other in chosen):
                chosen.append(metric)
        return chosen or self.metrics[:1]

    def _weight(self, metric: Metric) -> float:
        named = NAMED if self.mentions.names(metric.label) else 0.0
        if not metric.value:
            return 1.5 + named
        column = self.column(metric)
        money = 0.3 if metric.unit.format == "currency" else 0.0
        key_word = 0.4 if {"revenue", "sales", "total"} & set(read_name(column.name).words) else 0.0
        constant_prices = 0.1 if "(" in column.label and "current" not in column.label else 0.0
        missing = column.missing / max(self.source.rows, 1)
        named = named or (MEANT if self.mentions.means(column.label) else 0.0)
        return _INTEREST[column.additivity] + money + key_word + constant_prices + named - missing

    @property
    def followed(self) -> list[Metric]:
        """The metrics that are followed over time: of many like columns the main one stands for all."""
        followed = self.focus[:1] if self.is_wide else self.focus
        # One row per period: that there are as many rows as periods is no news.
        return [metric for metric in followed if metric.value or self.rows_tell]

    @cached_property
    def is_business(self) -> bool:
        """Whether advice to a business makes sense: nobody can secure the rain."""
        return is_about_business(
            word for column in self.source.columns for word in read_name(column.name).words
        )

    @cached_property
    def is_wide(self) -> bool:
        """Whether the table has a column per item (an industry, a product) and a row per period."""
        like = [metric for metric in self.measures if metric.additive]
        return not self.dimensions and self.timeline is not None and len(like) >= WIDE

    def relevance(
        self, columns: tuple[int, ...], values: tuple[str, ...] = (), *, compares: bool = False
    ) -> float:
        """More than 1 for what the brief names: columns, groups, or the periods that are compared."""
        named = compares and self.comparison.periods is not None
        return self.mentions.relevance(columns, values) + (PERIOD if named else 0.0)

    @cached_property
    def rows_tell(self) -> bool:
        """Whether the number of rows is news: not where each period has one, or as many as the next."""
        if self.timeline is None or not self.measures:
            return not self.one_row_a_period
        return not (self.one_row_a_period or self.timeline.is_panel or self._is_panel_with_gaps)

    @property
    def _is_panel_with_gaps(self) -> bool:
        """Whether each group of a dimension has one row a date at most, and has it at most dates."""
        dates = self.source.rows / self.time_axis.rows_per_date
        return any(
            FILLED * dates * one.groups <= self.source.rows <= dates * one.groups
            and self.table.one(
                f"SELECT count(*) = count(DISTINCT ({self.time_axis.sql}, {one.sql})) FROM data"
            )[0]
            for one in self.dimensions
        )

    @property
    def one_row_a_period(self) -> bool:
        return self.timeline is not None and self.timeline.rows_per_date == 1

    @cached_property
    def unfinished(self) -> bool:
        """Whether the first or the last period of the main chart is not complete."""
        if self.timeline is None:
            return False
        return not all(p.full for p in self.timeline.periods(self.table, self.timeline.chart_grain()))

    def periods_of(self, metric: Metric, grain: Grain) -> list[Period]:
        """The full periods in which the metric has a value."""
        by_period = self.time_axis.by_period(grain, metric.sql, metric.present)
        known = {start for (start,) in self.table.all(f"SELECT period FROM ({by_period})")}
        periods = self.time_axis.periods(self.table, grain)
        return [period for period in periods if period.full and period.start in known]

    @cached_property
    def comparison(self) -> Comparison:
        """What the periods that the brief names come to."""
        if self.timeline is None:
            return Comparison()
        return comparison(self.brief.business_context, self.brief.locale, self.timeline, self.table)

    @cached_property
    def compared(self) -> tuple[Period, Period, Period | None] | None:
        """The last full period, the one before, and the same period a year earlier (None for years);
        or the periods that the brief names, if they are complete.

        Years where there are two full ones, else quarters, months, weeks, days.
        """
        if self.timeline is None:
            return None
        if self.comparison.periods is not None:
            return self.comparison.periods
        found = (self._compared(grain) for grain in reversed(GRAINS))
        return next((periods for periods in found if periods), None)

    def _compared(self, grain: Grain) -> tuple[Period, Period, Period | None] | None:
        periods = self.time_axis.periods(self.table, grain)
        full = {period.start: period for period in periods if period.full}
        if len(full) < (3 if grain == "quarter" else 2):
            return None
        last = full[max(full)]
        before = one_before(full, last, grain)
        if before is None or self._is_thin(grain, last, before):
            return None
        year_before = None if grain == "year" else one_before(full, last, "year")
        return last, before, year_before

    def _is_thin(self, grain: Grain, *compared: Period) -> bool:
        """Whether one of the periods has only a few rows, where most have more: too few to compare."""
        by_period = self.time_axis.by_period(grain, "count(*)")
        rows = dict(self.table.all(f"SELECT period, value FROM ({by_period})"))
        usual = median(rows.values())
        return usual >= FEW_ROWS and any(rows[period.start] < FEW_ROWS for period in compared)
