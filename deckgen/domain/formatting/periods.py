"""Dates, months, weekdays and hours as they are written in a locale, by CLDR's patterns.

The calendar is the Gregorian one everywhere.
"""

from datetime import date, datetime, time
from functools import lru_cache

from babel import dates

from deckgen.domain.formatting.locales import locale_of

_SKELETONS = {"year": "y", "quarter": "yQQQ", "month": "yMMM"}


def period(value: str, grain: str, locale: str) -> str:
    """`value` is the ISO date on which the period starts, or a moment for grains below a day."""
    start = date.fromisoformat(value[:10])
    said = dates.format_date(start, _pattern(_SKELETONS.get(grain, "yMMMd"), locale), locale_of(locale))
    if grain == "week":
        return f"week of {said}"
    if grain == "day" or grain in _SKELETONS:
        return said
    return f"{said} {_clock(datetime.fromisoformat(value).time(), locale)}"


@lru_cache(maxsize=128)
def _pattern(skeleton: str, locale: str) -> str:
    """The pattern of the locale, or the nearest that it has, for these fields."""
    own = locale_of(locale)
    known = skeleton if skeleton in own.datetime_skeletons else None
    nearest = known or dates.match_skeleton(skeleton, own.datetime_skeletons)
    return str(own.datetime_skeletons[nearest].pattern)


def month(number: int, locale: str) -> str:
    """The name of a month, from 1 for January."""
    return str(dates.get_month_names("wide", "stand-alone", locale_of(locale))[number])


def weekday(number: int, locale: str) -> str:
    """The name of a day of the week, from 1 for Monday."""
    return str(dates.get_day_names("wide", "stand-alone", locale_of(locale))[number - 1])


def hour(number: int, locale: str) -> str:
    """The full hour, from 0 for midnight: "1 PM", "13:00"."""
    own = locale_of(locale)
    if "a" not in own.time_formats["short"].pattern:
        return _clock(time(number), locale)
    return dates.format_time(time(number), own.datetime_skeletons["h"].pattern, locale=own)


def _clock(moment: time, locale: str) -> str:
    return dates.format_time(moment, "short", locale=locale_of(locale))
