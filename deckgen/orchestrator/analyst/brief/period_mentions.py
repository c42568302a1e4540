"""Periods that a brief names: March 2015, 2015-03, Q3 2014, H1 2014, 2012, in March, Q3, last year.

Without a year the last such period of the data is meant; "last year" is the last full one of the
data, "this year" the one in which they end.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from deckgen.domain.formatting.display import Grain
from deckgen.domain.formatting.locales import locale_of

_YEAR = r"(?:1[5-9]|20|21)\d\d"
_SINCE = re.compile(r"\b(since|from|after|seit|depuis|desde)( the)?\s+$", re.IGNORECASE)
_SINCE_LENGTH = 30  # so far before a period it is looked for
_NUMBERED = re.compile(rf"\bQ([1-4])(?:\s*(?:of\s+|/\s*)?({_YEAR}))?\b", re.IGNORECASE)
_SPELT = re.compile(
    rf"\b(first|second|third|fourth) quarter(?:\s+(?:of\s+)?({_YEAR}))?\b", re.IGNORECASE
)
_HALF = re.compile(
    r"(?:\bH([12])|\b(first|second|1st|2nd) half(?: year)?"
    r"|\b(erste|zweite|1\.|2\.)[nsr]?\s?halbjahr(?:e?s)?)"
    rf"(?:\s?/?\s?(?:of\s|in\s)?(?:the year\b|the year )?({_YEAR})\b|(?!\s+of (?!the year)))",
    re.IGNORECASE,
)
_HALF_LAST = re.compile(rf"\b({_YEAR})[\s-]?H([12])\b", re.IGNORECASE)
_SECOND_HALF = ("2", "second", "2nd", "zweite", "2.")
_SPELT_IN_GERMAN = re.compile(
    rf"\b(erste|zweite|dritte|vierte|[1-4]\.)[nsr]?\s?quartals?(?:\s+({_YEAR}))?\b", re.IGNORECASE
)
_QUARTERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4,
    "1.": 1, "2.": 2, "3.": 3, "4.": 4,
}  # fmt: skip
_RELATIVE: dict[str, Grain] = {
    "year": "year", "quarter": "quarter", "month": "month", "week": "week",
    "jahr": "year", "quartal": "quarter", "monat": "month", "woche": "week",
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A period that a text names at a place; `start` is None if it needs the data to be known.

    `month` is the first month of one whose year is not said; `last` says that the last full one is
    meant, otherwise it is the one in which the data end; `since` that a span begins with it.
    """

    place: int
    grain: Grain
    start: datetime.date | None = None
    month: int | None = None
    last: bool = False
    since: bool = False
    half: bool = False  # of a year, which begins with the month


def named_in(text: str, locale: str) -> list[Named]:
    """The periods that a text names, in its order; month names are English or of the locale."""
    found: list[Named] = []
    taken = [False] * len(text)
    for finder in (_isos, _halves, _quarters, _months, _relatives, _years):
        for (start, end), named in finder(text, locale):
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                led = _SINCE.search(text, max(0, start - _SINCE_LENGTH), start) is not None
                found.append(replace(named, since=led))
    return sorted(found, key=lambda named: named.place)


Found = Iterator[tuple[tuple[int, int], Named]]


def _isos(text: str, _: str) -> Found:
    for match in re.finditer(rf"\b({_YEAR})-(0[1-9]|1[0-2])\b(?!-)", text):
        start = datetime.date(int(match[1]), int(match[2]), 1)
        yield match.span(), Named(match.start(), "month", start)


def _halves(text: str, _: str) -> Found:
    for match in _HALF_LAST.finditer(text):
        yield match.span(), _of_half(match.start(), match[2], match[1])
    said = list(_HALF.finditer(text))
    years = [match[4] for match in said if match[4]]
    for match in said:
        which = (match[1] or match[2] or match[3]).lower()
        yield match.span(), _of_half(match.start(), which, match[4] or (years[0] if years else None))


def _of_half(place: int, which: str, year: str | None) -> Named:
    month = 7 if which in _SECOND_HALF else 1
    return replace(_dated(place, "month", month, year), half=True)


def _quarters(text: str, _: str) -> Found:
    for match in re.finditer(rf"\b({_YEAR})[\s-]*Q([1-4])\b", text, re.IGNORECASE):
        yield match.span(), _dated(match.start(), "quarter", 3 * int(match[2]) - 2, match[1])
    for match in _NUMBERED.finditer(text):
        yield match.span(), _dated(match.start(), "quarter", 3 * int(match[1]) - 2, match[2])
    for match in [*_SPELT.finditer(text), *_SPELT_IN_GERMAN.finditer(text)]:
        month = 3 * _QUARTERS[match[1].lower()] - 2
        yield match.span(), _dated(match.start(), "quarter", month, match[2])


def _months(text: str, locale: str) -> Found:
    months = months_of(locale)
    for match in months.dated.finditer(text):
        yield match.span(), _dated(match.start(), "month", months.numbers[match[1].lower()], match[2])
    for match in months.led.finditer(text):
        yield match.span(), _dated(match.start(), "month", months.numbers[match[1].lower()], None)


def _relatives(text: str, _: str) -> Found:
    for match in re.finditer(
        r"\b(last|past|previous|this|current|(?:letzte|vorige|vergangene|diese|laufende)[nsmr]?)"
        r" (year|quarter|month|week|jahr|quartal|monat|woche)\b",
        text.lower(),
    ):
        last = not match[1].startswith(("this", "current", "diese", "laufende"))
        yield match.span(), Named(match.start(), _RELATIVE[match[2]], last=last)


def _years(text: str, _: str) -> Found:
    # "2012 dollars" says in which prices an amount is stated.
    for match in re.finditer(rf"\b({_YEAR})\b(?!\s*(?:dollars|euros|prices|usd|eur)|[-.,]\d)", text):
        yield match.span(), _dated(match.start(), "year", 1, match[1])


def _dated(place: int, grain: Grain, month: int, year: str | None) -> Named:
    if year is None:
        return Named(place, grain, month=month)
    return Named(place, grain, datetime.date(int(year), month, 1))


@dataclass(frozen=True)
class Months:
    """The numbers of months by their names, and where a text names them: `dated` with a year, `led` by
    a word that leads to a time, since "may" alone is more often a verb.
    """

    numbers: dict[str, int]
    dated: re.Pattern[str]
    led: re.Pattern[str]


@lru_cache(maxsize=32)
def months_of(locale: str) -> Months:
    """Returns the months in the words of a locale, in English and in German."""
    numbers = {
        name.lower().rstrip("."): number
        for language in (locale, "en", "de")
        for width in ("wide", "abbreviated")
        for number, name in locale_of(language).months["format"][width].items()
    }
    names = "|".join(sorted(map(re.escape, numbers), key=lambda name: (-len(name), name)))
    leads = "in|of|during|since|for|last|with|than|from|to|im|en|mit|als|von|bis|between|and|seit"
    return Months(
        numbers,
        dated=re.compile(rf"\b({names})\.?\s+(?:of\s+)?({_YEAR})\b", re.IGNORECASE),
        led=re.compile(rf"\b(?:{leads})\s+({names})\b", re.IGNORECASE),
    )
