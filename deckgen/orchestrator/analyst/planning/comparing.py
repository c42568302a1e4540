"""The two periods that a question compares, and whether the table can say anything about time."""

import datetime
import re
from typing import Literal

from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Span
from deckgen.orchestrator.analyst.facts.statements import state
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, Period, shift
from deckgen.orchestrator.analyst.questions.periods import HALF, ends_of, is_half, joined_in
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_BOTH = re.compile(r"\b(?:first|erste\w*|1\.)\s.{1,20}\b(?:second|zweite\w*|2\.)\s", re.IGNORECASE)
DATES = state("lacks.dates_of_two_periods")
Pair = tuple[Span, Span]  # the later and the earlier one


def has_time(table: Table) -> bool:
    """True if a table has a time axis."""
    return table.timeline is not None


def pair_of(question: Question, table: Table) -> Pair | None:
    """Returns the periods that a question compares; those of the question before if it names none."""
    if table.timeline is None:
        return None
    own = _halves(question, table) or _named(question, table)
    if own is None and question.before is not None and not question.names_time:
        return pair_of(question.before, table)
    return own


def compares_all(question: Question) -> bool:
    """True if a question is about the whole course: it, or the one before, asks how something
    developed, and names no periods.
    """
    if question.has(Cue.COMPARE, Cue.PREVIOUS):
        return False
    if question.has(Cue.DEVELOP):
        return True
    return question.before is not None and compares_all(question.before)


def period_of(question: Question) -> Span | None:
    """Returns the last period that a question names, or all of the time from the first to the last one
    if it names both ends; of the question before it if it names none, and that one names no more than
    one.
    """
    if question.periods:
        return joined_in(question.text, question.periods)[-1]
    if question.before is None or question.names_time:
        return None
    return None if len(question.before.periods) > 1 else period_of(question.before)


def asks_why_it_moved(question: Question) -> bool:
    """True if a question asks why something moved: in its own words, or in those of the one before if
    it says no more than “why”.
    """
    if question.has(Cue.UP, Cue.DOWN):
        return question.has(Cue.CAUSE, Cue.DIFFERENCE_MADE)
    before = question.before
    moves = (Cue.UP, Cue.DOWN, Cue.DEVELOP, Cue.COMPARE, Cue.PREVIOUS)
    moved = before is not None and before.has(*moves)
    return moved and question.only_asks_why


def supposed(question: Question) -> Literal["rose", "fell"] | None:
    """Returns the direction that a question takes for granted: one that asks for what is behind it."""
    if not question.has(Cue.CAUSE, Cue.DIFFERENCE_MADE):
        return None
    up, down = question.has(Cue.UP), question.has(Cue.DOWN)
    return None if up == down else "rose" if up else "fell"


def _named(question: Question, table: Table) -> Pair | None:
    periods = [end for each in question.periods for end in ends_of(each, table)]
    for later in periods:
        alike = [each for each in periods if _is_as_long(each, later) and each != later]
        if alike:
            old, new = sorted([alike[0], later], key=lambda span: span.start)
            return _equally_long(new, old, table)
    if not periods:
        return None
    new = periods[-1]
    a_year = is_half(new) or _a_year_before(question)
    before = _before(new, "year" if a_year else new.grain)
    return _equally_long(new, before, table) if before else None


def _is_as_long(first: Span, second: Span) -> bool:
    return first.grain == second.grain and is_half(first) == is_half(second)


def _a_year_before(question: Question) -> bool:
    return question.has(Cue.PREVIOUS) and question.words.says(("year", "vorjahr", "jahr"))


def _before(span: Span, distance: Grain) -> Span | None:
    """Returns the span of the same length that began earlier."""
    start = shift(span.start, distance, -1)
    if start is None:
        return None
    end = shift(start, "month", HALF) if is_half(span) else shift(start, span.grain, 1)
    return Span(start=start, end=end, grain=span.grain)


def _equally_long(new: Span, old: Span, table: Table) -> Pair:
    """Returns two periods; if the later one is not over, as much of the earlier one as it has."""
    assert table.timeline is not None
    if table.timeline.is_full(new.start, new.grain) or new.grain not in ("year", "quarter"):
        return new, old
    months = [each for each in _full(table, "month") if _within(each.start, new)]
    if GRAINS.index(table.timeline.grain) > GRAINS.index("month") or not months:
        return new, old
    return _stretch(new.start, len(months)), _stretch(old.start, len(months))


def _stretch(start: datetime.date, months: int) -> Span:
    return Span(start=start, end=shift(start, "month", months), grain="month")


def _within(day: datetime.date, span: Span) -> bool:
    return span.start <= day and (span.end is None or day < span.end)


def _full(table: Table, grain: Grain) -> list[Period]:
    assert table.timeline is not None
    return [each for each in table.timeline.periods(table.data, grain) if each.full]


def _halves(question: Question, table: Table) -> Pair | None:
    """Returns the halves of a year: of the one that is named, else of the last one that has both."""
    if not question.words.says(("half", "halves", "halbjahr", "halbjahre")) or table.timeline is None:
        return None
    grain: Grain = "quarter" if table.timeline.grain == "quarter" else "month"
    if GRAINS.index(table.timeline.grain) > GRAINS.index(grain):
        return None
    if any(is_half(each) for each in question.periods) and not _BOTH.search(question.text):
        return None
    named = [
        each.start.replace(month=1)
        for each in question.periods
        if each.grain == "year" or is_half(each)
    ]
    years = named or [each.start for each in _full(table, "year")]
    if not years:
        return None
    middle = shift(years[-1], "month", 6)
    assert middle is not None
    first = Span(start=years[-1], end=middle, grain=grain)
    return Span(start=middle, end=shift(middle, "month", 6), grain=grain), first
