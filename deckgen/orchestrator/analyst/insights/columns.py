"""Columns as groups: in a table with a column per item, which moved the total, which grew most."""

from deckgen.orchestrator.analyst.insights import column_driver, column_growth
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.wide_columns import items_of


def find(analysis: Analysis) -> list[Candidate]:
    found: list[Candidate | None] = []
    for items in items_of(analysis):
        changes = items.changes()
        if len(changes) > 1 and any(item.change for item in changes):
            found += [column_driver.candidate(items, changes), column_growth.candidate(items, changes)]
    return [candidate for candidate in found if candidate]
