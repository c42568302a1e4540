"""Durations between two columns of dates: time to deliver, length of stay."""

from itertools import permutations
from typing import NamedTuple

from deckgen.domain.table_models import Confidence, DerivedKind, DerivedMeasure
from deckgen.orchestrator.analyst.lexicon import date_words as of
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

MAX_DATES = 6
LEAST_ROWS = 5  # with both dates
MINUTES, HOURS = 2 * 3600, 2 * 86_400  # seconds of a median, up to which it is told in these
IN_ORDER = 0.95  # of the rows, in which an end does not come before its start
MOSTLY = 0.4  # where the names say what starts and what ends; the other rows are told


class _Pair(NamedTuple):
    start: Known
    end: Known
    label: str
    is_unnamed: bool = False  # nothing in the names says what starts and what ends

    @property
    def may_be_early(self) -> bool:
        """True if an end before the start is good news: delivered before it was due."""
        return self.label == "delay"


def between_dates(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns the durations that the names of two dates speak of, and the dates bear out.

    Many ends before their starts are a warning: they make the mean smaller.
    """
    dates = look.dates[:MAX_DATES]
    pairs = [
        _Pair(start, end, label)
        for start, end in permutations(dates, 2)
        if (label := _label(start, end))
    ]
    if not pairs and (pair := _of_two(dates)):
        pairs = [pair]
    found = []
    for pair, (both, ordered, later, median) in zip(pairs, _counts(look, pairs), strict=True):
        enough = both >= LEAST_ROWS and later > 0
        least = IN_ORDER if pair.is_unnamed else MOSTLY
        if enough and (pair.may_be_early or ordered >= least * both):
            found.append(_made(pair, both, ordered, _unit(pair, median)))
            if ordered < IN_ORDER * both and not pair.may_be_early:
                made.warnings.append(
                    f"“{pair.end.label}” is before “{pair.start.label}” in {both - ordered:,} of "
                    f"{both:,} rows; their times count as they are, below zero"
                )
    return found


def _of_two(dates: list[Known]) -> _Pair | None:
    """Returns the only two moments of a row, of which the second comes after the first."""
    if len(dates) != 2 or any(known.column.type != "TIMESTAMP" for known in dates):
        return None
    start, end = dates
    return _Pair(start, end, _between(start, end), is_unnamed=True)


def _between(start: Known, end: Known) -> str:
    """Returns what a time is called: to a thing (time to first response), or between two events."""
    label = end.label
    is_event = label.endswith("ed") or (" " not in label and label[:1].isupper())
    return f"time from {start.label} to {label}" if is_event else f"time to {label}"


def _label(start: Known, end: Known) -> str | None:
    """Returns what two dates are the start and the end of, if their names say it."""
    for starts, ends, label in of.PAIRS:
        first, last = starts & set(start.words), ends & set(end.words)
        if first and last and not (starts & set(end.words) or ends & set(start.words)):
            return label
    return None


def _counts(look: Look, pairs: list[_Pair]) -> list[tuple[int, int, int, float]]:
    """Returns of each pair the rows with both dates, those in order, those with different dates, and
    the median in seconds.
    """
    if not pairs:
        return []
    cells = [
        f"count(*) FILTER ({pair.start.sql} IS NOT NULL AND {pair.end.sql} IS NOT NULL), "
        f"count(*) FILTER ({pair.end.sql} >= {pair.start.sql}), "
        f"count(*) FILTER ({pair.end.sql} > {pair.start.sql}), "
        f"median(abs(epoch({pair.end.sql}) - epoch({pair.start.sql})))"
        for pair in pairs
    ]
    row = look.table.one(f"SELECT {', '.join(cells)} FROM data")
    return [row[4 * n : 4 * n + 4] for n in range(len(pairs))]


def _unit(pair: _Pair, median: float) -> str:
    """Returns hours or minutes for short times between moments, else days."""
    if any(known.column.type != "TIMESTAMP" for known in (pair.start, pair.end)):
        return "days"
    return "minutes" if median < MINUTES else "hours" if median < HOURS else "days"


def _made(pair: _Pair, both: int, ordered: int, unit: str) -> DerivedMeasure:
    early = both - ordered
    told = f", earlier in {early:,}" if early else ""
    return DerivedMeasure(
        kind=DerivedKind.DURATION,
        label=pair.label,
        columns=[pair.start.name, pair.end.name],
        symbol=unit,
        reason=f"from “{pair.start.label}” to “{pair.end.label}”, both there in {both:,} rows{told}",
        confidence=Confidence.SURE if not early or pair.may_be_early else Confidence.LIKELY,
    )
