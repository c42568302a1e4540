"""The periods that a question names, as spans of the table's time axis."""

from deckgen.domain.plans import Span
from deckgen.orchestrator.analyst.brief.period_mentions import Named
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, shift
from deckgen.orchestrator.analyst.questions.table import Table


def spans_of(named: list[Named], table: Table) -> list[Span]:
    """Returns the named periods in which the table has rows, in the order of the text."""
    found = [span for each in named if (span := _span(each, table))]
    return [span for place, span in enumerate(found) if span not in found[:place]]


def _span(named: Named, table: Table) -> Span | None:
    timeline = table.timeline
    if timeline is None or GRAINS.index(named.grain) < GRAINS.index(timeline.grain):
        return None
    periods = timeline.periods(table.data, named.grain)
    if named.start is not None:
        fitting = [period for period in periods if period.start == named.start]
    elif named.month is not None:
        fitting = [period for period in periods if period.start.month == named.month]
    else:
        fitting = [period for period in periods if period.full or not named.last]
    if not fitting:
        return None
    start = fitting[-1].start
    return Span(start=start, end=shift(start, named.grain, 1), grain=named.grain)
