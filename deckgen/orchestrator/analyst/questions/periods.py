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
_COMPARES = re.compile(
    r"\b(compared?|versus|vs|than|against|verglichen|vergleich\w*|gegenüber|als)\b", re.IGNORECASE
)
_RANGE = re.compile(
    r"\b(?:from|between|since|after|von|vom|zwischen|seit|ab|over|during)\b|\d{4}\s?[-–]\s?\d{2}",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(since|from|after|seit|depuis|desde)(?: the)?\s+$", re.IGNORECASE)
_ONWARDS = re.compile(r"\bon(?:wards?)?\b|\bforward\b|\bto (?:today|now)\b", re.IGNORECASE)
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
    """Returns the named periods in which the table has rows, in the order of the text.

    What is asked since a period reaches to the last full one.
    """
    found = [
        span for each in named if (span := _half(each, table) if each.half else _span(each, table))
    ]
    if len(named) == 1 == len(found) and named[0].since and (last := _last_full(found[0], table)):
        found.append(last)
    return [span for place, span in enumerate(found) if span not in found[:place]]


def stretch_of(text: str, named: list[Named], spans: list[Span], table: Table) -> list[Span]:
    """Returns two periods as one if a text asks from when to when, and what is since a period up to
    the last rows; other periods as they are.
    """
    if not spans:
        return spans
    if len(named) == 1 and named[0].since:
        return [_since(text, named[0], spans[0], table)]
    ends = _starts(named) if len(named) == 2 and len(spans) == 1 else spans
    joined = joined_in(text, ends)
    return [_there(joined[0], table)] if len(joined) == 1 < len(ends) else spans


def joined_in(text: str, spans: list[Span]) -> list[Span]:
    """Returns two periods as one if a text asks from when to when; other periods as they are."""
    if len(spans) != 2 or _COMPARES.search(text) or not _RANGE.search(text):
        return spans
    first, last = spans
    if first.grain == last.grain and first.start > last.start:  # “January to March 2024”
        first = first.model_copy(update={"start": first.start.replace(year=last.start.year)})
    if first.grain != last.grain or first.start >= last.start or last.end is None:
        return spans
    return [Span(start=first.start, end=last.end, grain=first.grain)]


def ends_of(span: Span, table: Table) -> list[Span]:
    """Returns the first and the last full period of a stretch; other spans as they are."""
    if span.end == shift(span.start, span.grain, 1) or is_half(span):
        return [span]
    within = [
        each
        for each in _periods(span, table)
        if each.full and span.start <= each.start and (span.end is None or each.start < span.end)
    ]
    return [_of(each) for each in (within[0], within[-1])] if len(within) > 1 else [span]


def _since(text: str, named: Named, first: Span, table: Table) -> Span:
    """Returns all that is since a period; “from 2023” alone says which one is meant."""
    lead = _LEAD.search(text, max(0, named.place - _BEFORE), named.place)
    word = lead[1].lower() if lead else ""
    if word == "from" and not _ONWARDS.search(text, named.place):
        return first
    last = _periods(first, table)[-1].start
    start = first.end if word == "after" and first.end and first.end <= last else first.start
    return Span(start=start, end=shift(last, first.grain, 1), grain=first.grain)


def _starts(named: list[Named]) -> list[Span]:
    """Returns periods that are said with their year, whether or not the table has rows in them."""
    return [
        Span(start=each.start, end=shift(each.start, each.grain, 1), grain=each.grain)
        for each in named
        if each.start and not each.half
    ]


def _there(span: Span, table: Table) -> Span:
    """Returns that part of a stretch of which the table has rows."""
    within = [
        each.start
        for each in _periods(span, table)
        if span.start <= each.start and (span.end is None or each.start < span.end)
    ]
    if not within:
        return span
    return Span(start=within[0], end=shift(within[-1], span.grain, 1), grain=span.grain)


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
