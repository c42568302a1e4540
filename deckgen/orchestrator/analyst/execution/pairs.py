"""Two periods that are compared: those of the plan, or those that the data offer."""

import datetime
import statistics
from dataclasses import dataclass

from scipy.stats import theilslopes

from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import COUNT, Grain
from deckgen.domain.plans import Level, Measured, Plan, Span
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Slot, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS

MANY = 12  # periods, from which on the first and the last one alone may be chance
NOISY = 0.1  # of the change: the usual distance of a period from the line through all of them
MOST = 120  # periods of a course
SPARSE = 3  # days between dates, from which on single days and weeks say little
A_YEAR: dict[Grain, int] = {"month": 12, "quarter": 4}


@dataclass(frozen=True)
class Pair:
    """A period and the earlier one that it is compared with.

    `counted` says that they are the first and the last of many periods, and are told by their number.
    """

    new: Span
    old: Span
    counted: bool = False

    def at_ends(self, execute: Executor, scope: Scope) -> "Pair":
        """Returns the last parts of both periods, where a stock is at its end."""
        grain = execute.axis.grain
        return Pair(
            _last_of(execute, self.new, grain, scope), _last_of(execute, self.old, grain, scope)
        )


def own_grain(execute: Executor) -> Grain:
    """Returns the grain of the table's dates, or a coarser one if these are too many for a course."""
    axis = execute.axis
    days: dict[Grain, int] = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
    span = (axis.last - axis.first).days
    if axis.gap > SPARSE and span > 3 * days["month"] and axis.grain == "day":
        return "month"
    finest: Grain = "day" if span <= days["day"] * 45 else "week"
    grain = finest if span <= days[finest] * MOST and axis.grain in ("day", "week") else "month"
    return max(grain, axis.grain, key=GRAINS.index)


def of(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> Pair | None:
    """Returns the periods of a plan; where it names none the last two complete ones, or the first and
    the last; None if there are no two.
    """
    named = Pair(plan.period, plan.base) if plan.period and plan.base else None
    if not isinstance(measured.measure, Level):
        return named or _offered(plan, execute, measured, scope)
    if named is None and plan.compares == "all" and not plan.yearly:
        return _first_and_last_date(execute, scope)
    pair = named or _offered(plan, execute, measured, scope)
    return pair.at_ends(execute, scope) if pair else None


def _first_and_last_date(execute: Executor, scope: Scope) -> Pair | None:
    """Returns the first and the last date of a stock."""
    dates = execute.spans(execute.axis.grain, scope)
    return Pair(dates[-1], dates[0]) if len(dates) > 1 else None


def _offered(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> Pair | None:
    years = [span for span, _ in execute.course(measured, "year", scope)]
    if len(years) > 1:
        return Pair(years[-1], years[0] if plan.compares == "all" else years[-2])
    return _a_year_apart(execute, measured, scope) or _first_and_last(execute, measured, scope)


def _a_year_apart(execute: Executor, measured: Measured, scope: Scope) -> Pair | None:
    """Returns the complete months of the last year and the same ones of the year before: so a season
    is no change. None if the data are shorter.
    """
    grain = execute.axis.grain if execute.axis.grain in A_YEAR else "month"
    if GRAINS.index(grain) < GRAINS.index(execute.axis.grain):
        return None
    starts = [span.start for span, _ in execute.course(measured, grain, scope)]
    length = min(len(starts) - A_YEAR[grain], A_YEAR[grain])
    if length < 2 or isinstance(measured.measure, Level):
        return None
    begin = starts[-length]
    before = time.shift(begin, "year", -1)
    if before is None or time.shift(before, grain, length - 1) not in starts:
        return None
    return Pair(_stretch(begin, grain, length), _stretch(before, grain, length))


def _stretch(start: datetime.date, grain: Grain, length: int) -> Span:
    return Span(start=start, end=time.shift(start, grain, length), grain=grain)


def _first_and_last(execute: Executor, measured: Measured, scope: Scope) -> Pair | None:
    """Returns the first and the last period; where single ones are noisy a quarter of all at each
    end.
    """
    course = execute.course(measured, own_grain(execute), scope)
    if len(course) < 2:
        return None
    spans = [span for span, _ in course]
    if len(spans) < MANY or not _is_noisy([value for _, value in course]):
        # A week has a long name: the first and the last of all need none.
        return Pair(spans[-1], spans[0], counted=spans[0].grain == "week")
    part = len(spans) // 4
    first, last = spans[:part], spans[-part:]
    old = Span(start=first[0].start, end=first[-1].end, grain=first[0].grain)
    return Pair(Span(start=last[0].start, end=last[-1].end, grain=last[0].grain), old, counted=True)


def _is_noisy(values: list[float]) -> bool:
    places = range(len(values))
    slope, intercept, *_ = theilslopes(values, list(places))
    off = [abs(value - intercept - slope * place) for place, value in zip(places, values, strict=True)]
    return bool(statistics.median(off) > NOISY * abs(values[-1] - values[0]))


def _last_of(execute: Executor, span: Span, grain: Grain, scope: Scope) -> Span:
    if GRAINS.index(grain) >= GRAINS.index(span.grain) and span.end == time.shift(
        span.start, span.grain, 1
    ):
        return span
    parts = execute.spans(grain, scope.within(span))
    return parts[-1] if parts else span


# Their names


def when(execute: Executor, pair: Pair) -> dict[str, Slot]:
    """Returns the slots of both periods: their names, and these with “in” or “on” before them."""
    if pair.counted:
        period, base = _counted(execute, pair)
    else:
        period, base = name(execute, pair.new), name(execute, pair.old)
        if _are_halves(pair):
            year = _bound(execute, pair.old, "min", "year")
            period, base = state("periods.second"), state("periods.first_half", year=year)
    found = {"period": period, "base": base}
    for key, span in (("at_period", pair.new), ("at_base", pair.old)):
        is_day = span.grain == "day" and not pair.counted
        found[key] = state("periods.on" if is_day else "periods.in", period=found[key[3:]])
    return found


def within(execute: Executor, span: Span) -> Statement:
    """Returns a period with the word that leads to it: in 2024, on a day, from January to March."""
    said = name(execute, span)
    if isinstance(said, Statement) and said.says == "periods.stretch":
        return state("periods.from_to", **said.slots)
    return state("periods.on" if span.grain == "day" else "periods.in", period=said)


def labels(execute: Executor, pair: Pair) -> tuple[Text | Statement, Text | Statement]:
    """Returns what stands beside the figures of the later and the earlier period."""
    if pair.counted and pair.new.end != time.shift(pair.new.start, pair.new.grain, 1):
        count, plural = _count(execute, pair.new), execute.grains(pair.new.grain)
        return (
            state("periods.last_of", count=count, periods=plural),
            state("periods.first", count=_count(execute, pair.old), periods=plural),
        )
    new, old = (name(execute, span) for span in (pair.new, pair.old))
    return _label(new), _label(old)


def _label(name: Fact | Statement) -> Text | Statement:
    return say(name) if isinstance(name, Fact) else name


def series(execute: Executor, span: Span) -> Text:
    """Returns what a series of a chart is called that has the values of a period."""
    if span.end == time.shift(span.start, span.grain, 1):
        return say(execute.period(span))
    first, last = (say(_bound(execute, span, end, span.grain)) for end in ("min", "max"))
    return f"{first}–{last}"


def _counted(execute: Executor, pair: Pair) -> tuple[Slot, Slot]:
    """Returns what the last and the first of many periods are called, by their number."""
    grain = pair.new.grain
    if pair.new.end == time.shift(pair.new.start, grain, 1):
        return state("periods.last_one"), state("periods.first_one", grain=execute.grain(grain))
    first, last = (_count(execute, span) for span in (pair.old, pair.new))
    plural = execute.grains(grain)
    return state("periods.last", count=last), state("periods.first", count=first, periods=plural)


def _are_halves(pair: Pair) -> bool:
    """True if both are the halves of one year."""
    return _is_half(pair.new) and pair.old.end == pair.new.start and pair.old.start.month == 1


def _is_half(span: Span) -> bool:
    return span.start.month in (1, 7) and span.end == time.shift(span.start, "month", 6)


def name(execute: Executor, span: Span) -> Fact | Statement:
    """Returns what a span is called: a year, a month, or from when to when it goes."""
    if span.end == time.shift(span.start, span.grain, 1):
        own = execute.period(span)
        return state("periods.week", week=own) if span.grain == "week" else own
    first, last = (_bound(execute, span, end, span.grain) for end in ("min", "max"))
    return state("periods.stretch", first=first, last=last)


def _bound(execute: Executor, span: Span, end: str, grain: Grain) -> Fact:
    return execute.book.value(
        execute.says(
            "label.first_of_stretch" if end == "min" else "label.last_of_stretch",
            grain=execute.grain(grain),
        ),
        f"{end}({execute.axis.bucket(grain)})",
        time.unit_of(grain),
        execute.compiler.span(span),
    )


def _count(execute: Executor, span: Span) -> Fact:
    return execute.book.value(
        execute.says("label.number_of_periods", grain=execute.grains(span.grain)),
        f"count(DISTINCT {execute.axis.bucket(span.grain)})",
        COUNT,
        execute.compiler.span(span),
    )
