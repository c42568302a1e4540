"""The insights: one module each with `find(analysis) -> list[Candidate]`. To add one, list it here.

What several of them share: `breakdown` (a metric by groups), `pattern` (a metric by the slots of a
cycle), `comparison` (a breakdown in two periods), `standings` (groups by their places),
`course` (a line over all periods), `kruskal_wallis` (a test of groups). The stories of `columns` are
in `column_driver` and `column_growth`.
"""

from deckgen.orchestrator.analyst.insights import (
    change_driver,
    change_point,
    columns,
    concentration,
    correlation,
    evenness,
    group_difference,
    hour_of_day,
    majority,
    mix_rate,
    overview,
    period_change,
    rank_change,
    ranking,
    seasonality,
    time_outlier,
    trend,
)
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Find, Story
from deckgen.orchestrator.analyst.stats.result import TestResult

ALL: tuple[Find, ...] = (
    overview.find,
    period_change.find,
    trend.find,
    change_point.find,
    time_outlier.find,
    seasonality.find,
    hour_of_day.find,
    majority.find,
    ranking.find,
    concentration.find,
    evenness.find,
    change_driver.find,
    rank_change.find,
    mix_rate.find,
    columns.find,
    group_difference.find,
    correlation.find,
)

__all__ = ["ALL", "Candidate", "Find", "Story", "TestResult"]
