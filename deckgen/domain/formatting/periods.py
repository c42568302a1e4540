"""Dates, months, weekdays and hours, written for a locale by CLDR's patterns.

The calendar is the Gregorian one everywhere.
"""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, dates

from deckgen.domain.language.phrasebook import Language

_SKELETONS = {"year": "y", "quarter": "yQQQ", "month": "yMMM"}


def period(value: str, grain: str, locale: Locale, language: Language) -> str:
    """Returns a period by the ISO date of its start, or by a moment for grains below a day."""
    start = date.fromisoformat(value[:10])
    day = dates.format_date(start, _pattern(_SKELETONS.get(grain, "yMMMd"), locale), locale)
    if grain == "week":
        return language.say("period.week", day=day)
    if grain == "day" or grain in _SKELETONS:
        return day
    return f"{day} {_clock(datetime.fromisoformat(value).time(), locale)}"


@lru_cache(maxsize=128)
def _pattern(skeleton: str, locale: Locale) -> str:
    """Returns the locale's pattern for these fields, or the nearest that it has."""
    exact = skeleton if skeleton in locale.datetime_skeletons else None
    nearest = exact or dates.match_skeleton(skeleton, locale.datetime_skeletons)
    return str(locale.datetime_skeletons[nearest].pattern)


def month(number: int, locale: Locale) -> str:
    """The name of a month, from 1 for January."""
    return str(dates.get_month_names("wide", "stand-alone", locale)[number])


def weekday(number: int, locale: Locale) -> str:
    """The name of a day of the week, from 1 for Monday."""
    return str(dates.get_day_names("wide", "stand-alone", locale)[number - 1])


def hour(number: int, locale: Locale) -> str:
    """The full hour, from 0 for midnight: "1 PM", "13:00"."""
    if "a" not in locale.time_formats["short"].pattern:
        return _clock(time(number), locale)
    return dates.format_time(time(number), locale.datetime_skeletons["h"].pattern, locale=locale)


def _clock(moment: time, locale: Locale) -> str:
    return dates.format_time(moment, "short", locale=locale)
