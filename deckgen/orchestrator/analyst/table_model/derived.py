"""Derived measures: what no column holds, and the columns give: profit, margin, time to deliver."""

from deckgen.domain.table_models import DerivedMeasure
from deckgen.orchestrator.analyst.table_model import amounts, durations, targets
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Look


def decide(look: Look, made: Decisions) -> None:
    """Add the derived measures, those about money first; none of a table that mixes measures."""
    if made.long_table:
        return
    found = [
        *amounts.differences(look, made),
        *amounts.products(look, made),
        *amounts.ratios(look, made),
        *targets.of_scenarios(look, made),
        *durations.between_dates(look, made),
        *targets.of_outcomes(look, made),
    ]
    made.derived = _once(found)


def _once(found: list[DerivedMeasure]) -> list[DerivedMeasure]:
    """Returns each measure once: two rules may come to the same."""
    by_making = {(each.kind, tuple(each.columns)): each for each in reversed(found)}
    return [each for each in found if by_making[each.kind, tuple(each.columns)] is each]
