"""The time axis with its gaps and its end, and what each column of dates dates."""

import datetime
from itertools import pairwise

from deckgen.domain.formatting.display import Grain, Unit, ValueFormat, formatter
from deckgen.domain.table_models import Confidence, DateModel, TimeModel
from deckgen.orchestrator.analyst.lexicon import date_words as of
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, PLURALS, Timeline, shift
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

NAMED = 12  # missing periods that are named
MOST_MISSING = 0.3  # of the periods, beyond which nobody expected all of them
DENSE = 0.9  # of the days between first and last, above which a day without rows is missing
EXPECTED = 5  # rows a month, from which a month without any is no chance
WORKING_DAYS = 5
PART = 0.05  # of a period, up to which it counts as finished
DAYS: dict[Grain, int] = {"week": 7, "month": 30, "quarter": 91, "year": 365}
LONGER: dict[Grain, Grain] = {"week": "month", "month": "year", "quarter": "year"}


def decide(look: Look, made: Decisions) -> None:
    """Add the axis, if there is one, and what the dates date."""
    made.dates = [_dated(known, look) for known in look.dates]
    timeline, axis = look.timeline, look.axis
    if timeline is None or axis is None:
        return
    grain, missing = _missing(look, timeline)
    last, last_grain = _unfinished(timeline)
    others = [known for known in look.dates if known is not axis]
    why = "it is the only column of dates" if axis.is_date else "its cells are years"
    if others:
        why = "of the columns of dates it has the fewest blanks, or comes first"
    made.time = TimeModel(
        axis=axis.name,
        grain=timeline.grain,
        first=str(timeline.first),
        last=str(timeline.last),
        missing=[_named(start, grain) for start in missing[:NAMED]],
        missing_count=len(missing),
        missing_grain=grain,
        unfinished=_named(last, last_grain) if last and last_grain else None,
        unfinished_grain=last_grain if last else None,
        reason=why,
        confidence=Confidence.LIKELY if others else Confidence.SURE,
    )
    made.warnings += _warnings(made.time)


def _warnings(time: TimeModel) -> list[str]:
    found = []
    if time.missing_count:
        more = ", …" if time.missing_count > len(time.missing) else ""
        grain = time.missing_grain
        noun = PLURALS[grain] if time.missing_count > 1 else grain
        found.append(
            f"{time.missing_count:,} {noun} without any row: {', '.join(time.missing)}{more}; missing "
            "is not zero"
        )
    if time.unfinished:
        found.append(f"the data end on {time.last}, before {time.unfinished} does")
    return found


def _named(start: datetime.date, grain: Grain) -> str:
    return formatter("en_US").display(str(start), Unit(format=ValueFormat.PERIOD, symbol=grain))


def _missing(look: Look, timeline: Timeline) -> tuple[Grain, list[datetime.date]]:
    """Returns the periods without rows between first and last, and how long they are.

    Days are expected only where nearly all are there, and weekends only where there are some.
    """
    grain = timeline.grain
    starts = _starts(look, timeline, grain)
    if grain == "day":
        days = (timeline.last - timeline.first).days + 1
        working = {start.isoweekday() for start in starts} <= set(range(1, WORKING_DAYS + 1))
        expected = days * WORKING_DAYS / 7 if working else days
        if len(starts) >= DENSE * expected:
            return grain, _gaps(starts, grain, working=working)
        grain, starts = "month", sorted({start.replace(day=1) for start in starts})
        if look.rows < EXPECTED * len(starts):
            return grain, []
    return grain, _gaps(starts, grain, working=False)


def _starts(look: Look, timeline: Timeline, grain: Grain) -> list[datetime.date]:
    rows = look.table.all(
        f"SELECT DISTINCT {timeline.bucket(grain)} AS period FROM data WHERE {timeline.known()} "
        "ORDER BY period"
    )
    return [start for (start,) in rows]


def _gaps(starts: list[datetime.date], grain: Grain, *, working: bool) -> list[datetime.date]:
    """Returns the periods that lie between others; none if they are too many to have been expected."""
    missing: list[datetime.date] = []
    for before, after in pairwise(starts):
        step = shift(before, grain, 1)
        while step is not None and step < after:
            if not working or step.isoweekday() <= WORKING_DAYS:
                missing.append(step)
            if len(missing) > len(starts):
                return []
            step = shift(step, grain, 1)
    return missing if len(missing) <= MOST_MISSING * (len(missing) + len(starts)) else []


def _unfinished(timeline: Timeline) -> tuple[datetime.date | None, Grain | None]:
    """Returns the last period that the data end in the middle of, in the grain that is looked at."""
    grain = LONGER.get(timeline.grain)
    if timeline.grain == "day":
        # Weeks are not worth a word, and of many years nobody looks at the months.
        grain = max("month", timeline.chart_grain(), key=GRAINS.index)
    if grain is None:
        return None, None
    start = _start_of(timeline.last, grain)
    end = shift(start, grain, 1)
    # Days are compared as numbers, since a gap may be longer than the calendar after the date.
    known_to = timeline.last.toordinal() + timeline.gap
    if end is None or end.toordinal() - known_to <= PART * DAYS[grain]:
        return None, None
    # With a single period there is nothing that it would be less than.
    return (start, grain) if start > timeline.first else (None, None)


def _start_of(date: datetime.date, grain: Grain) -> datetime.date:
    if grain == "week":
        return date - datetime.timedelta(days=date.isoweekday() - 1)
    if grain == "year":
        return date.replace(month=1, day=1)
    month = date.month - (date.month - 1) % 3 if grain == "quarter" else date.month
    return date.replace(month=month, day=1)


def _dated(known: Known, look: Look) -> DateModel:
    """Returns what a column dates: the words of its name that say more than that it is a date."""
    words = [word for word in known.words if word not in of.PLAIN]
    if words:
        dates = " ".join(words)
        return DateModel(
            column=known.name, dates=dates, reason="its name says so", confidence=Confidence.LIKELY
        )
    only = len(look.dates) == 1
    reason = "its name says no more than that it is a date"
    sure = Confidence.LIKELY if only else Confidence.GUESS
    return DateModel(column=known.name, dates="the row", reason=reason, confidence=sure)
