"""Dates as people write them, in English, German and French; the order of day and month is decided on
the whole column.
"""

import re
from dataclasses import replace

from deckgen.domain.uploads.period_names import MONTH_NAMES
from deckgen.orchestrator.analyst.ingestion.cells import (
    FIT,
    LIKELY,
    Cells,
    Reading,
    Sample,
    matches,
    replaced,
)
from deckgen.orchestrator.analyst.ingestion.fiscal_periods import (
    part_of,
    read_fiscal_years,
    read_parts,
    read_quarters,
)
from deckgen.orchestrator.analyst.sql import quoting

_DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m-%d-%y", "%d/%m/%Y",
    "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y",
)  # fmt: skip
_NAMED = (
    "%d %b %Y", "%d. %b %Y", "%d. %b %y", "%d-%b-%Y", "%d/%b/%Y", "%d.%b.%Y", "%d-%b-%y", "%d %b %y",
    "%b %d, %Y", "%b %d %Y", "%Y-%b-%d", "%Y %b %d", "%b %Y", "%b-%Y", "%b/%Y", "%b, %Y", "%b-%y",
    "%b %y", "%b. %y", "%b '%y", "%Y-%b", "%Y %b", "%a, %d %b %Y", "%a %d %b %Y", "%a %b %d %Y",
    "%a, %b %d, %Y", "%A, %d %b %Y", "%A, %b %d, %Y",
)  # fmt: skip
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = ("%Y-%m", "%Y/%m", "%m/%Y", "%m-%Y", "%m.%Y", "%YM%m")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M:%S %p")
_MONTH_FIRST, _DAY_FIRST = ("%m/%d", "%m-%d"), ("%d/%m", "%d-%m")
_WEEK = (
    r"(?i)([12]\d{3})[\s-]*(?:W|KW|CW|WK|week)[\s-]*(\d{1,2})"
    r"|(?:W|KW|CW|WK|week)\s*(\d{1,2})[\s/-]+([12]\d{3})"
)
_LIKE_A_WEEK = re.compile(r".*w.*", re.IGNORECASE | re.DOTALL)  # as each of its words has one
_TIME = r"(?i)\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?"
# A bare number is no date, even if the parser accepts it.
_NO_DATE = re.compile(r"[^0-9]*|(?!\d{1,4}[.]\d{1,2}[.]\d{2,4}$)[0-9.]*|.{0,3}", re.DOTALL)
_CLOCK = re.compile(r".*:.*", re.DOTALL)
_MONTH = re.compile(
    rf"(?:.*[\W\d_])?(?:{'|'.join(sorted(name for names in MONTH_NAMES for name in names))}).*",
    re.IGNORECASE | re.DOTALL,
)
_ZONE = r"(\d:\d\d(?::\d\d)?)(?:[.,]\d+)?(?: ?(?:Z|UTC|GMT|CES?T|[+-]\d\d(?::?\d\d)?))?$"
_HAS_ZONE = r"\d:\d\d(:\d\d)?([.,]\d+)? ?(Z|UTC|GMT|CES?T|[+-]\d\d(:?\d\d)?)$"


def read_dates(cells: Cells, sample: Sample, *, day_first: bool) -> Reading | None:
    """Returns the reading as days, moments, months, quarters, weeks or times; None if none fits.

    `day_first` is the habit of the rest of the file, for dates that can be read in two ways.
    """
    if sample.share(_NO_DATE) > 1 - LIKELY:
        return None
    if sample.share(_CLOCK) >= LIKELY:
        return _moments(cells, sample, day_first) or _times(cells, sample)
    has_months = sample.share(_MONTH) >= LIKELY
    return (
        _of_forms(cells, sample, "cell", (*_DAYS, *_MONTHS), day_first)
        or (_of_forms(cells, sample, _english("cell"), _NAMED, day_first) if has_months else None)
        or read_quarters(cells, sample)
        or read_fiscal_years(cells, sample)
        or read_parts(cells, sample, _week(), _LIKE_A_WEEK)
    )


def _of_forms(
    cells: Cells, sample: Sample, text: str, forms: tuple[str, ...], day_first: bool
) -> Reading | None:
    """Returns the reading of `text` (SQL of the cell) by the form that fits best."""
    sample_fits = sample.with_text(text).fits([f"{_parsed(form)} IS NOT NULL" for form in forms])
    likely = [form for form, fit in zip(forms, sample_fits, strict=True) if fit >= LIKELY]
    if not likely:
        return None
    texts = cells.with_text(text)
    fits = texts.fits([f"{_parsed(form)} IS NOT NULL" for form in likely])
    best = max(fits)
    if best < FIT:
        return None
    form, notes = _choose(
        texts, [form for form, fit in zip(likely, fits, strict=True) if fit == best], day_first
    )
    kind = "TIMESTAMP" if "%H" in form or "%I" in form else "DATE"
    misfits = "" if best == 1 else "dates"
    reading = Reading(kind, f"CAST({_parsed(form)} AS {kind})", notes=tuple(notes), misfits=misfits)
    return replace(reading, expression=reading.of(text))


def _parsed(form: str) -> str:
    """Returns SQL for the moment in the text `cell`; years of four digits are from 1000 to 2999."""
    text = r"regexp_extract(cell, '.*[12]\d\d\d.*')" if "%Y" in form else "cell"
    return f"try_strptime({text}, {quoting.literal(form)})"


def _choose(texts: Cells, forms: list[str], day_first: bool) -> tuple[str, list[str]]:
    """Returns day/month or month/day where both fit: the one that gives a regular series, if any."""
    month_firsts = [form for form in forms if form.startswith(_MONTH_FIRST)]
    day_firsts = [form for form in forms if form.startswith(_DAY_FIRST)]
    if not (month_firsts and day_firsts):
        return forms[0], []
    by_month, by_day = _days(texts, month_firsts[0]), _days(texts, day_firsts[0])
    if by_month == 1 < by_day:
        return month_firsts[0], []
    if by_day == 1 < by_month:
        return day_firsts[0], []
    chosen = day_firsts[0] if day_first else month_firsts[0]
    order = "day before month" if day_first else "month before day"
    return chosen, [f"dates can be read in two ways and were read as {order}"]


def _days(texts: Cells, form: str) -> int:
    """Returns the number of different days of the month."""
    query = f"SELECT count(DISTINCT day({_parsed(form)})) FROM {texts.source}"
    return int(texts.con.execute(query).fetchall()[0][0])


def _english(cell: str) -> str:
    """Returns SQL for the text with the names of months as English ones of three letters."""
    text = replaced(cell, r"(?i)(\d)(?:st|nd|rd|th|er)\b", r"\1")
    for names, english in zip(MONTH_NAMES, _ENGLISH, strict=True):
        # `\b` would not do, because it treats letters with accents as no letters.
        longest_first = "|".join(sorted(names, key=lambda name: (-len(name), name)))
        pattern = rf"(?i)(^|[^\pL])(?:{longest_first})\.?($|[^\pL])"
        text = replaced(text, pattern, rf"\1{english}\2")
    return text


def _moments(cells: Cells, sample: Sample, day_first: bool) -> Reading | None:
    """Returns the reading as days with times as written, without fractions and time zones."""
    text = replaced(replaced("cell", _ZONE, r"\1"), r"(\d)T(\d)", r"\1 \2")
    forms = tuple(f"{day} {clock}" for clock in _CLOCKS for day in _DAYS)
    reading = _of_forms(cells, sample, text, forms, day_first)
    if reading is None:
        named_forms = tuple(f"{day} {clock}" for clock in _CLOCKS for day in _NAMED)
        reading = _of_forms(cells, sample, _english(text), named_forms, day_first)
    if reading is None or cells.fit(f"regexp_matches(cell, {quoting.literal(_HAS_ZONE)})") == 0:
        return reading
    notes = (*reading.notes, "times were taken as written, without their time zones")
    return replace(reading, notes=notes)


def _week() -> str:
    """Returns SQL for the Monday of an ISO week such as 2024-W05, KW 5/2024."""
    year, week = part_of(_WEEK, 1, 4), part_of(_WEEK, 2, 3)
    # The fourth of January lies in the first week (ISO 8601).
    monday = f"CAST(date_trunc('week', make_date({year}, 1, 4)) AS DATE) + 7 * ({week} - 1)"
    return f"CASE WHEN {matches('cell', _WEEK)} AND {week} BETWEEN 1 AND 53 THEN {monday} END"


def _times(cells: Cells, sample: Sample) -> Reading | None:
    twelve = "try_strptime(upper(cell), ['%I:%M %p', '%I:%M%p', '%I:%M:%S %p'])"
    expression = (
        f"CASE WHEN {matches('cell', _TIME)} "
        f"THEN coalesce(try_cast(cell AS TIME), CAST({twelve} AS TIME)) END"
    )
    condition = f"({expression}) IS NOT NULL"
    if sample.fit(condition) < LIKELY or (fit := cells.fit(condition)) < FIT:
        return None
    return Reading("TIME", expression, misfits="" if fit == 1 else "times")
