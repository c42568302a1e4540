"""The insights: one module each, all with `find(analysis) -> list[Candidate]`. To add one, list it here."""

from deckgen.orchestrator.analyst.insights import overview, period_change, ranking
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Find, Story, Test

ALL: tuple[Find, ...] = (overview.find, period_change.find, ranking.find)

__all__ = ["ALL", "Candidate", "Find", "Story", "Test"]
