"""Durations that are written like clock times: 27:15:00, 39:07, 1 days 03:00:00, PT1H20M."""

import re
from typing import NamedTuple

from deckgen.orchestrator.analyst.ingestion.cells import FIT, LIKELY, Cells, Reading, Sample, matches
from deckgen.orchestrator.analyst.lexicon import duration_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.sql import quoting

_DAY = 86_400


class _Form(NamedTuple):
    """A form by its pattern, with the seconds of each of its groups."""

    pattern: str
    seconds: tuple[int, ...]

    def total(self) -> str:
        """Returns SQL for the seconds of a cell."""
        parts = (
            f"coalesce(try_cast({_part(self.pattern, place)} AS BIGINT), 0) * {seconds}"
            for place, seconds in enumerate(self.seconds, start=1)
        )
        return " + ".join(parts)


def _part(pattern: str, place: int) -> str:
    return f"regexp_extract(cell, {quoting.literal(pattern)}, {place})"


_CLOCK = _Form(r"-?(\d{1,4}):([0-5]\d):([0-5]\d)(?:\.\d+)?", (3_600, 60, 1))
_SHORT = _Form(r"-?(\d{1,4}):([0-5]\d)", (3_600, 60))
_SHORTER = _Form(_SHORT.pattern, (60, 1))
# As pandas and as ISO 8601 write them: these can be nothing else.
_WITH_DAYS = _Form(r"-?(\d{1,5}) days?,? (\d{1,2}):([0-5]\d):([0-5]\d)(?:\.\d+)?", (_DAY, 3_600, 60, 1))
_ISO = _Form(r"-?P(?:(\d{1,5})D)?T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d+)?S)?",
             (_DAY, 3_600, 60, 1))  # fmt: skip


def read_clocks(cells: Cells, sample: Sample, name: str) -> Reading | None:
    """Returns the reading of durations; None if they are none, or may be times of a day."""
    for form in (_WITH_DAYS, _ISO):
        if _likely(sample, form):
            return _reading(cells, form, "s", "durations were read in seconds")
    if _likely(sample, _CLOCK):
        if not _exceed_a_day(cells, _CLOCK):
            return None
        note = "clock times of more than a day were read as durations, in seconds"
        return _reading(cells, _CLOCK, "s", note)
    return _of_two_parts(cells, sample, name) if _likely(sample, _SHORT) else None


def _of_two_parts(cells: Cells, sample: Sample, name: str) -> Reading | None:
    """Returns 39:07 as hours, unless the name speaks of what takes minutes and seconds."""
    words = read_name(name).words
    if not duration_words.says_hours(words) and not _exceed_a_day(cells, _SHORT):
        return None
    if duration_words.says_minutes(words):
        note = "clock times such as 39:07 were read as minutes and seconds, in seconds"
        return _reading(cells, _SHORTER, "s", note)
    note = "clock times such as 39:07 were read as hours and minutes, in hours"
    return _reading(cells, _SHORT, "h", note)


def _likely(sample: Sample, form: _Form) -> bool:
    return sample.share(re.compile(rf"(?=-?P?T?\d){form.pattern}")) >= LIKELY


def _exceed_a_day(cells: Cells, form: _Form) -> bool:
    """True if some cells are negative, or longer than a day."""
    odd = f"({form.total()} > {_DAY} OR starts_with(cell, '-'))"
    return cells.fit(f"{matches('cell', form.pattern)} AND {odd}") > 0


def _reading(cells: Cells, form: _Form, unit: str, note: str) -> Reading | None:
    fits = matches("cell", form.pattern)
    fit = cells.fit(fits)
    if fit < FIT:
        return None
    sign = "(CASE WHEN starts_with(cell, '-') THEN -1 ELSE 1 END)"
    size = " / 3600" if unit == "h" else ""
    value = f"CASE WHEN {fits} THEN round(({form.total()}) * {sign}{size}, 6) END"
    return Reading("DOUBLE", value, unit, (note,), "" if fit == 1 else "durations")
