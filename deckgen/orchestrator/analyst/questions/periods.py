"""The periods that a question names, as spans of the table's time axis."""

import datetime
import re

from deckgen.domain.plans import Span
from deckgen.orchestrator.analyst.brief.period_mentions import Named
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, Period, shift
from deckgen.orchestrator.analyst.questions.table import Table

_NO_STRETCH = re.compile(
    r"\b(compared?|versus|vs|than|against|verglichen|vergleich\w*|gegenüber|als)\b", re.IGNORECASE
)
_STRETCH = re.compile(
    r"\b(?:from|between|since|after|von|vom|zwischen|seit|ab|over|during)\b|\d{4}\s?[-–]\s?\d{2}",
    re.IGNORECASE,
)


def spans_of(named: list[Named], table: Table) -> list[Span]:
    """Returns the named periods in which the table has rows, in the order of the text.

    What is asked since a period reaches to the last full one.
    """
    found = [span for each in named if (span := _span(each, table))]
    if len(found) == 1 and named[-1].since and (last := _last_full(found[0], table)):
        found.append(last)
    return [span for place, span in enumerate(found) if span not in found[:place]]


def stretch_of(text: str, named: list[Named], spans: list[Span], table: Table) -> Span | None:
    """Returns which rows a question for a figure is about: the period that it names, or all from the
    first to the last one if it names the ends of a stretch; what is since a period has no end.
    """
    if not spans:
        return None
    grain = spans[-1].grain
    if len(named) == 1 and named[0].since:
        return Span(start=spans[0].start, end=_after_all(spans[0], table), grain=grain)
    starts = [each.start for each in named if each.start and each.grain == grain]
    if len(starts) < 2 or _NO_STRETCH.search(text) or not _STRETCH.search(text):
        return spans[-1]
    return Span(start=min(starts), end=shift(max(starts), grain, 1), grain=grain)


def _periods(grain_of: Named | Span, table: Table) -> list[Period]:
    timeline = table.timeline
    if timeline is None or GRAINS.index(grain_of.grain) < GRAINS.index(timeline.grain):
        return []
    return timeline.periods(table.data, grain_of.grain)


def _span(named: Named, table: Table) -> Span | None:
    periods = _periods(named, table)
    if named.start is not None:
        fitting = [period for period in periods if period.start == named.start]
    elif named.month is not None:
        fitting = [period for period in periods if period.start.month == named.month]
    else:
        fitting = [period for period in periods if period.full or not named.last]
    return _of(fitting[-1]) if fitting else None


def _of(period: Period) -> Span:
    return Span(start=period.start, end=shift(period.start, period.grain, 1), grain=period.grain)


def _last_full(first: Span, table: Table) -> Span | None:
    later = [each for each in _periods(first, table) if each.full and each.start > first.start]
    return _of(later[-1]) if later else None


def _after_all(first: Span, table: Table) -> datetime.date | None:
    last = _periods(first, table)[-1]
    return shift(last.start, last.grain, 1)
