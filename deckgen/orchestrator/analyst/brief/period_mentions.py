"""Periods that a brief names: March 2015, 2015-03, Q3 2014, 2012, in March, Q3, last year.

Without a year the last such period of the data is meant; "last year" is the last full one of the
data, "this year" the one in which they end.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckgen.domain.formatting.display import Grain
from deckgen.domain.formatting.locales import locale_of

_YEAR = r"(?:1[5-9]|20|21)\d\d"
_SINCE = re.compile(r"\b(since|from|after|seit|depuis|desde)( the)?\s+$", re.IGNORECASE)
_SINCE_LENGTH = 30  # so far before a period it is looked for
_NUMBERED = re.compile(rf"\bQ([1-4])(?:\s*(?:of\s+|/\s*)?({_YEAR}))?\b", re.IGNORECASE)
_SPELT = re.compile(
    rf"\b(first|second|third|fourth) quarter(?:\s+(?:of\s+)?({_YEAR}))?\b", re.IGNORECASE
)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_RELATIVE: dict[str, Grain] = {"year": "year", "quarter": "quarter", "month": "month", "week": "week"}


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


def named_in(text: str, locale: str) -> list[Named]:
    """The periods that a text names, in its order; month names are English or of the locale."""
    found: list[Named] = []
    taken = [False] * len(text)
    for finder in (_isos, _quarters, _months, _relatives, _years):
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


def _quarters(text: str, _: str) -> Found:
    for match in re.finditer(rf"\b({_YEAR})[\s-]*Q([1-4])\b", text, re.IGNORECASE):
        yield match.span(), _dated(match.start(), "quarter", 3 * int(match[2]) - 2, match[1])
    for match in _NUMBERED.finditer(text):
        yield match.span(), _dated(match.start(), "quarter", 3 * int(match[1]) - 2, match[2])
    for match in _SPELT.finditer(text):
        month = 3 * _QUARTERS[match[1].lower()] - 2
        yield match.span(), _dated(match.start(), "quarter", month, match[2])


def _months(text: str, locale: str) -> Found:
    numbers = _month_numbers(locale)
    names = "|".join(sorted(map(re.escape, numbers), key=lambda name: (-len(name), name)))
    for match in re.finditer(rf"\b({names})\.?\s+(?:of\s+)?({_YEAR})\b", text, re.IGNORECASE):
        yield match.span(), _dated(match.start(), "month", numbers[match[1].lower()], match[2])
    # Without a year only after a word that leads to a time: "may" is more often a verb.
    led = re.compile(
        rf"\b(?:in|of|during|since|for|last|with|than|from|to|im|en|mit|als)\s+({names})\b",
        re.IGNORECASE,
    )
    for match in led.finditer(text):
        yield match.span(), _dated(match.start(), "month", numbers[match[1].lower()], None)


def _relatives(text: str, _: str) -> Found:
    for match in re.finditer(
        r"\b(last|past|previous|this|current) (year|quarter|month|week)\b", text.lower()
    ):
        last = match[1] in ("last", "past", "previous")
        yield match.span(), Named(match.start(), _RELATIVE[match[2]], last=last)


def _years(text: str, _: str) -> Found:
    # "2012 dollars" says in which prices an amount is stated.
    for match in re.finditer(rf"\b({_YEAR})\b(?!\s*(?:dollars|euros|prices|usd|eur)|[-.,]\d)", text):
        yield match.span(), _dated(match.start(), "year", 1, match[1])


def _dated(place: int, grain: Grain, month: int, year: str | None) -> Named:
    if year is None:
        return Named(place, grain, month=month)
    return Named(place, grain, datetime.date(int(year), month, 1))


def _month_numbers(locale: str) -> dict[str, int]:
    return {
        name.lower().rstrip("."): number
        for language in (locale, "en")
        for width in ("wide", "abbreviated")
        for number, name in locale_of(language).months["format"][width].items()
    }
