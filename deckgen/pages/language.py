"""The language of pages: English or German, by the browser's wish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal
from starlette.requests import HTTPConnection

from deckgen.pages.words import de, en

MOST = 20  # wishes of a browser that are looked at


@dataclass(frozen=True)
class Language:
    """A language with the words of all pages."""

    code: str
    words: Mapping[str, str]

    def says(self, key: str, /, **values: Any) -> str:
        """Returns the words for a key; values stand where they name them."""
        return self.words[key].format(**values)

    def knows(self, key: str) -> bool:
        return key in self.words

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self.code))

    def ago(self, time: datetime) -> str:
        """Returns how long ago a time was: `3 minutes ago`."""
        past = time - datetime.now(UTC)
        return str(format_timedelta(past, add_direction=True, locale=self.code))

    def time(self, time: datetime) -> str:
        return f"{format_datetime(time, 'medium', locale=self.code)} UTC"


ENGLISH, GERMAN = Language("en", en.WORDS), Language("de", de.WORDS)
LANGUAGES = {language.code: language for language in (ENGLISH, GERMAN)}


def language_of(request: HTTPConnection) -> Language:
    """Returns the language that the browser wants most, of those that there are."""
    wishes = [_wish(part) for part in request.headers.get("accept-language", "").split(",")[:MOST]]
    known = [(weight, code) for weight, code in wishes if code in LANGUAGES and weight > 0]
    best = max(known, key=lambda wish: wish[0], default=(1.0, ENGLISH.code))  # the first of equals
    return LANGUAGES[best[1]]


def wants_page(request: HTTPConnection) -> bool:
    """True for a browser that wants a page, and no answer for a program."""
    return "text/html" in request.headers.get("accept", "")


def _wish(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";q=")
    try:
        wanted = float(weight or 1)
    except ValueError:
        wanted = 0.0
    return wanted, tag.strip().partition("-")[0].lower()
