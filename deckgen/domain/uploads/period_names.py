"""Periods as people write them in the names of columns: 2019, FY2019, Q1 2024, Jan-24, 2024-01, Mai."""

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from deckgen.domain.uploads.lengths import is_long

Grain = Literal["day", "month", "quarter", "year"]

# English, German and French; names may be cut to three or four letters ("jui" could be two months).
_MONTHS = (
    ("january", "januar", "jänner", "janvier"), ("february", "februar", "feber", "février", "fevrier"),
    ("march", "märz", "maerz", "mrz", "mars"), ("april", "avril"), ("may", "mai"),
    ("june", "juni", "juin"), ("july", "juli", "juillet"), ("august", "août", "aout"),
    ("september", "septembre"), ("october", "oktober", "octobre"), ("november", "novembre"),
    ("december", "dezember", "décembre", "decembre"),
)  # fmt: skip
MONTH_NAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(cut for word in words for cut in (word, word[:4], word[:3])) - {"jui"}
    for words in _MONTHS
)
"""The names of each month from January on, in lower case."""

_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_TWO = r"['’]?(?P<two>\d\d)"
_MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
_GAP = r"[\s_/.,-]*"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _YEAR + r"[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?: 00:00(?::00)?)?",
        rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}",
        rf"(?:FY|CY|Y|X)?[\s_]?{_YEAR}(?:\.0)?",
        rf"FY[\s_]?{_TWO}", rf"FY[\s_]?(?:{_YEAR}|{_TWO}){_GAP}Q(?P<quarter>[1-4])",
        rf"Q(?P<quarter>[1-4]){_GAP}FY[\s_]?{_TWO}",
        rf"Q(?P<quarter>[1-4]){_GAP}(?:FY)?{_YEAR}", rf"{_YEAR}{_GAP}Q(?P<quarter>[1-4])",
        rf"(?P<quarter>[1-4])Q{_GAP}(?:{_YEAR}|{_TWO})", rf"Q(?P<quarter>[1-4])[\s_/.'’-]+{_TWO}",
        rf"(?P<quarter>[1-4])\.? ?(?:Quartal|trimestre){_GAP}{_YEAR}",
        rf"{_YEAR}(?:[-/.]|M)(?P<number>\d\d?)", rf"(?P<number>\d\d?)[-/.]{_YEAR}",
        rf"{_MONTH}{_GAP}{_YEAR}", rf"{_YEAR}{_GAP}{_MONTH}", rf"{_MONTH}[\s_/.'’-]+{_TWO}",
        rf"{_TWO}[\s_/.'’-]+{_MONTH}", _MONTH, r"Q(?P<quarter>[1-4])",
        r"(?P<quarter>[1-4])\.? ?(?:Quartal|trimestre)",
    )
)  # fmt: skip
_DOTTED_MONTH = re.compile(r"\d{1,3}\.(?:19|20)\d\d|(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")
_DAY_FORM = re.compile(r"(\d{1,2})/(\d{1,2})/(\d\d|\d{4})")


@dataclass(frozen=True, order=True)
class NamedPeriod:
    """A named period: `year` is None if only month or quarter is named; `number` counts in the year."""

    grain: Grain
    year: int | None
    number: int
    day: int = 1

    def start(self, year: int | None = None) -> datetime.date:
        """Returns its first day, in `year` if it names none; ValueError without a year."""
        own_year = self.year if self.year is not None else year
        if own_year is None:
            raise ValueError("a period without a year has no first day")
        month = 3 * self.number - 2 if self.grain == "quarter" else self.number
        return datetime.date(own_year, month, self.day)


def is_year(cell: str) -> bool:
    cell = cell.strip()
    return not is_long(cell) and re.fullmatch(r"(1[5-9]|2[01])\d\d", cell) is not None


def is_dotted_month(cell: str) -> bool:
    """True if a cell may be a number or a month: 01.2024, 1.2024, 001.2024, 2024.01."""
    return not is_long(cell) and _DOTTED_MONTH.fullmatch(cell) is not None


def period_of(text: str) -> NamedPeriod | None:
    """Returns the period that a text names, if it names nothing else."""
    text = " ".join(text.split())
    if is_long(text):
        return None
    for form in _FORMS:
        if (match := form.fullmatch(text)) and (period := _period(match.groupdict())):
            return period
    return _day(text)


def _period(parts: dict[str, str | None]) -> NamedPeriod | None:
    year = _year(parts.get("year"), parts.get("two"))
    if quarter := parts.get("quarter"):
        return NamedPeriod("quarter", year, int(quarter))
    if name := parts.get("month"):
        month = month_number(name)
        return NamedPeriod("month", year, month) if month else None
    if number := parts.get("number"):
        if not 1 <= int(number) <= 12:
            return None
        day = parts.get("day")
        return _checked(year, int(number), int(day)) if day else NamedPeriod("month", year, int(number))
    return NamedPeriod("year", year, 1)


def _checked(year: int | None, month: int, day: int) -> NamedPeriod | None:
    try:
        datetime.date(year or 0, month, day)
    except ValueError:
        return None
    return NamedPeriod("day", year, month, day)


def _year(full: str | None, two: str | None) -> int | None:
    """Returns the year of four digits, or of two, which mean 1970 to 2069."""
    if full:
        return int(full)
    if two is None:
        return None
    return int(two) + (2000 if int(two) < 70 else 1900)


def month_number(name: str) -> int | None:
    """Returns 1 to 12 for a month's name in English, German or French, whole or abbreviated."""
    name = name.lower().rstrip(".")
    return next((number for number, names in enumerate(MONTH_NAMES, start=1) if name in names), None)


def _day(text: str) -> NamedPeriod | None:
    """Returns a day that is written month first, as in tables with a column for each day."""
    match = _DAY_FORM.fullmatch(text)
    if match is None:
        return None
    year = _year(match[3], None) if len(match[3]) == 4 else _year(None, match[3])
    return _checked(year, int(match[1]), int(match[2]))
