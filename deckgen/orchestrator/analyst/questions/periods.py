"""The periods that a question names, as spans of the table's time axis, and those it does not have."""

import datetime
import re
from dataclasses import dataclass

from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Span
from deckgen.orchestrator.analyst.brief.period_mentions import Named, named_in
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, Period, shift
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

# A number may be anything: a year is not compared with, and what follows it is no noun.
_COMPARED = re.compile(
    r"(?:\b(?:over|under|above|below|(?:more|less|fewer|greater|higher|lower) than|least|about|around"
    r"|exactly|nearly|almost|über|unter|(?:mehr|weniger) als|mindestens|höchstens|etwa|rund|fast)"
    r"|[€$£#])\s{0,3}$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\s{0,3}(?:$|[?.,;:!)/–-]|(?:and|or|to|than|by|vs|compared|with|against|which|und|oder|bis|nach|als|im"
    r"|gegenüber|entwickelt|gewachsen|verändert)\b)",
    re.IGNORECASE,
)
# Who says so asks for all of the time, whatever period the question before was about.
EVERY_PERIOD = re.compile(
    r"\b(?:over time|over the years|all (?:the )?years|ever\b|so far|historical(?:ly)?"
    r"|im zeitverlauf|über die jahre|jemals|bisher)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(?:from|between|von|vom|zwischen)\b.{2,30}\b(?:to|until|till|through|and|bis|und)\b",
    re.IGNORECASE,
)
HALF = 6  # months
_SENTENCE = re.compile(r"[.;:!]\s")
_BEFORE = 14  # letters before a year in which it is looked for what it is compared with
_YEARS = (1900, 2100)


@dataclass(frozen=True)
class Absent:
    """A period that the table has no rows of."""

    name: str
    is_partly_there: bool  # since a period before the first row: the rest is there


def absent_in(text: str, locale: str, table: Table) -> list[Absent]:
    """Returns the periods that the last sentence of a text names and that lie outside of the table."""
    asked = _SENTENCE.split(text)[-1]
    found = [each for each in named_in(asked, locale) if each.start and _is_period(each, asked)]
    ranges = _ranges(table) if found else []
    return [_absent(each, asked, ranges) for each in found if ranges and not _is_in(each, ranges)]


def names_period(text: str, locale: str) -> bool:
    """True if the last sentence of a text names a period, whatever the table has."""
    asked = _SENTENCE.split(text)[-1]
    return any(_is_period(each, asked) for each in named_in(asked, locale))


def _is_period(named: Named, text: str) -> bool:
    if named.grain != "year":
        return True
    if named.start is None or not _YEARS[0] <= named.start.year <= _YEARS[1]:
        return False
    before = text[max(0, named.place - _BEFORE) : named.place]
    return bool(_ENDED.match(text, named.place + 4)) and not _COMPARED.search(before)


def _ranges(table: Table) -> list[tuple[datetime.date, datetime.date]]:
    """Returns the first and the last day of the time axis, and of each other column of dates."""
    axis = table.timeline
    ranges = [(axis.first, axis.last)] if axis else []
    for each in table.model.columns:
        if each.type.startswith(("DATE", "TIMESTAMP")):
            name = quoting.name(each.name)
            low, high = table.data.one(
                f"SELECT CAST(min({name}) AS DATE), CAST(max({name}) AS DATE) FROM data"
            )
            ranges += [(low, high)] if low else []
    return ranges


def _is_in(named: Named, ranges: list[tuple[datetime.date, datetime.date]]) -> bool:
    assert named.start is not None
    end = shift(named.start, "month", HALF) if named.half else shift(named.start, named.grain, 1)
    return any(named.start <= last and (end is None or end > first) for first, last in ranges)


def _absent(named: Named, text: str, ranges: list[tuple[datetime.date, datetime.date]]) -> Absent:
    assert named.start is not None
    first = min(low for low, _ in ranges)
    said = re.match(r"[\w-]+(?:\s+(?:of\s+)?\d{4}\b)?", text[named.place :])
    name = said[0] if said else str(named.start.year)
    return Absent(name, named.since and named.start < first)


def spans_of(named: list[Named], table: Table) -> list[Span]:
    """Returns the named periods in which the table has rows, in the order of the text."""
    found = [
        span for each in named if (span := _half(each, table) if each.half else _span(each, table))
    ]
    return [span for place, span in enumerate(found) if span not in found[:place]]


def stretch_of(text: str, spans: list[Span]) -> list[Span]:
    """Returns two periods as one if a text asks from when to when; other periods as they are."""
    if len(spans) != 2 or not _RANGE.search(text):
        return spans
    first, last = spans
    if first.grain == last.grain and first.start > last.start:  # “January to March 2024”
        first = first.model_copy(update={"start": first.start.replace(year=last.start.year)})
    if first.grain != last.grain or first.start >= last.start or last.end is None:
        return spans
    return [Span(start=first.start, end=last.end, grain=first.grain)]


def is_half(span: Span) -> bool:
    """True if a span is a half of a year."""
    return span.start.month in (1, HALF + 1) and span.end == shift(span.start, "month", HALF)


def _half(named: Named, table: Table) -> Span | None:
    """Returns a half of a year; of the last one that has rows in it if no year is said."""
    timeline = table.timeline
    if timeline is None or GRAINS.index(timeline.grain) > GRAINS.index("quarter"):
        return None
    grain: Grain = "quarter" if timeline.grain == "quarter" else "month"
    month = named.start.month if named.start else named.month
    years = {each.start.year for each in timeline.periods(table.data, grain) if _of_half(each, month)}
    year = named.start.year if named.start else max(years, default=0)
    if year not in years:
        return None
    start = datetime.date(year, month or 1, 1)
    return Span(start=start, end=shift(start, "month", HALF), grain=grain)


def _of_half(period: Period, month: int | None) -> bool:
    return (period.start.month <= HALF) == (month == 1)


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
