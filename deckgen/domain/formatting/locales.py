"""Locales with Babel's data (CLDR), each with a copy of its own."""

from copy import deepcopy
from functools import cached_property, lru_cache
from typing import Any, cast

from babel import Locale, localedata

ENGLISH = "en_US"


class _UnsharedLocale(Locale):
    """A locale that reads a copy of its data.

    Babel 2.18 writes what an alias stands for into data that locales share: after Japanese, Spanish
    months have Japanese names (https://github.com/python-babel/babel/issues/1234).
    """

    @cached_property
    def _data(self) -> localedata.LocaleDataDict:
        shared = cast("dict[str | int | None, Any]", localedata.load(str(self)))
        return localedata.LocaleDataDict(deepcopy(shared))


@lru_cache(maxsize=32)
def locale_of(name: str) -> Locale:
    """The locale that Babel calls `name`, such as de_DE."""
    parsed = Locale.parse(name)
    return _UnsharedLocale(
        parsed.language, parsed.territory, parsed.script, parsed.variant, parsed.modifier
    )


def spoken_there(language: str, locale: Locale) -> str:
    """A BCP 47 tag for the words of a language with the numbers of a locale: `en-DE` for de_DE."""
    territory = locale.territory
    return f"{language}-{territory}" if territory else language
