"""The insights: one module each with `find(analysis) -> list[Candidate]`. To add one, list it here.

What several of them share: `breakdown` (a metric by groups), `pattern` (a metric by the slots of a
cycle), `kruskal_wallis` (a test of groups). The stories of `columns` are in `column_driver` and
`column_growth`.
"""

from deckgen.orchestrator.analyst.insights import (
    change_driver,
    columns,
    concentration,
    correlation,
    group_difference,
    hours,
    overview,
    period_change,
    ranking,
    seasonality,
    trend,
)
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Find, Story, Test

ALL: tuple[Find, ...] = (
    overview.find,
    period_change.find,
    trend.find,
    seasonality.find,
    hours.find,
    ranking.find,
    concentration.find,
    change_driver.find,
    columns.find,
    group_difference.find,
    correlation.find,
)

__all__ = ["ALL", "Candidate", "Find", "Story", "Test"]
