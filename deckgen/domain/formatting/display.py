"""The display form of a raw value: 1.2M, 38%, $16.44, December 2015. There is one place for it, so
that a fact, a chart's axis and a table's cell always write the same value alike.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal

from babel import Locale
from babel.numbers import get_currency_precision
from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.formatting import numerals, periods
from deckgen.domain.formatting.locales import locale_of
from deckgen.domain.formatting.numerals import Affixes, Numeral
from deckgen.domain.formatting.rounding import exactly, to_decimals
from deckgen.domain.language.languages import ENGLISH, language
from deckgen.domain.language.phrasebook import Language

Value = float | int | str | None
MISSING = "–"
MOST_FINER = 3  # decimals beyond the usual ones
MAX_LABEL = 44  # characters of a text that stands in a title or on an axis


class ValueFormat(StrEnum):
    COUNT = "count"  # a number of things: 49,574
    NUMBER = "number"  # a measured quantity, `symbol` is its unit: 12.4 °C
    CURRENCY = "currency"  # `symbol` is the ISO code: $1.2M
    PERCENT = "percent"  # a fraction: 0.38 is written 38%
    POINTS = "points"  # a difference of fractions: 0.02 is written 2 pp
    COEFFICIENT = "coefficient"  # a statistic without unit: 0.62
    PERIOD = "period"  # an ISO date, `symbol` is the grain: day, week, month, quarter, year
    MONTH = "month"  # of any year, from 1 for January
    WEEKDAY = "weekday"  # from 1 for Monday
    HOUR = "hour"  # of the day, from 0
    TEXT = "text"  # a label out of the data


_CALENDAR_FORMATS: dict[ValueFormat, Callable[[int, Locale], str]] = {
    ValueFormat.MONTH: periods.month,
    ValueFormat.WEEKDAY: periods.weekday,
    ValueFormat.HOUR: periods.hour,
}


class Unit(BaseDocument):
    format: ValueFormat
    symbol: str = ""
    finer: Annotated[int, Field(ge=0, le=MOST_FINER)] = Field(
        default=0,
        description="Decimals beyond the usual ones, so that unequal values do not read the same",
        exclude_if=lambda finer: not finer,
    )

    @property
    def is_numeric(self) -> bool:
        return not self.is_time and self.format is not ValueFormat.TEXT

    @property
    def is_time(self) -> bool:
        return self.format is ValueFormat.PERIOD or self.format in _CALENDAR_FORMATS


COUNT, PERCENT, POINTS = (
    Unit(format=ValueFormat.COUNT),
    Unit(format=ValueFormat.PERCENT),
    Unit(format=ValueFormat.POINTS),
)
COEFFICIENT, TEXT = Unit(format=ValueFormat.COEFFICIENT), Unit(format=ValueFormat.TEXT)
MONTH, WEEKDAY, HOUR = (
    Unit(format=ValueFormat.MONTH),
    Unit(format=ValueFormat.WEEKDAY),
    Unit(format=ValueFormat.HOUR),
)

Grain = Literal["day", "week", "month", "quarter", "year"]


class Formatter:
    """Writes values in one locale, which is looked up once, and their units in one language. Equal
    arguments give equal text.
    """

    def __init__(self, locale: Locale, language: Language) -> None:
        self.locale, self.language = locale, language

    def display(self, value: Value, unit: Unit, *, signed: bool = False) -> str:
        """Returns `value` as a person would write it, to about three digits; `signed` adds a plus.

        A value that does not fit its unit, such as a thirteenth month in a deck that was tampered with,
        is written as it is.
        """
        if value is None:
            return MISSING
        try:
            return self._display(value, unit, signed=signed)
        except (ValueError, LookupError, ArithmeticError):
            return str(value)

    def numeral(self, value: float, unit: Unit, *, signed: bool = False) -> Numeral:
        """Returns a value of a numeric unit, rounded, with its sign and affixes."""
        number = exactly(value)
        return self._numeral(abs(number), unit).signed(negative=number < 0, plus=signed)

    def p_value(self, value: float) -> str:
        """Returns a p-value with three decimals, beyond which nothing is meaningful."""
        smallest_shown = Decimal("0.001")
        digits = numerals.digits(max(to_decimals(exactly(value), 3), smallest_shown), self.locale)
        return self.language.say("number.below", number=digits) if value < smallest_shown else digits

    def significant(self, number: float, figures: int) -> str:
        """Returns a number of 0 or more to so many figures, for those who want it exact."""
        return numerals.significant(number, figures, self.locale)

    def _display(self, value: float | str, unit: Unit, *, signed: bool) -> str:
        if unit.format is ValueFormat.TEXT:
            return str(value)
        if unit.format is ValueFormat.PERIOD:
            return periods.period(str(value), unit.symbol, self.locale, self.language)
        if name := _CALENDAR_FORMATS.get(unit.format):
            return name(int(value), self.locale)
        return str(self.numeral(float(value), unit, signed=signed))

    def _numeral(self, amount: Decimal, unit: Unit) -> Numeral:
        finer = unit.finer
        match unit.format:
            case ValueFormat.PERCENT:
                return self._share(amount * 100, finer)
            case ValueFormat.POINTS:
                decimals, affixes = (
                    1 if amount < 1 else 0,
                    numerals.plain(self.locale, self._word("pp")),
                )
                return self._long_or_short(amount * 100, decimals, 10**6, affixes, finer).shifted(-2)
            case ValueFormat.COEFFICIENT:
                affixes = numerals.plain(self.locale)
                decimals = _decimals(amount, 100) + finer
                return numerals.rounded_numeral(amount, decimals, affixes, self.locale, short_of=1)
            case ValueFormat.CURRENCY:
                return self._money(amount, unit.symbol, finer)
            case ValueFormat.COUNT:
                decimals = 0 if amount == amount.to_integral_value() else _decimals(amount, 100)
                affixes = numerals.plain(self.locale)
                return self._long_or_short(amount, decimals, 10**6, affixes, finer)
            case _:
                affixes = numerals.plain(self.locale, self._word(unit.symbol))
                return self._long_or_short(amount, _decimals(amount, 100), 10**5, affixes, finer)

    def _word(self, symbol: str) -> str:
        """Returns the word of a unit; kg and the like are alike in all languages."""
        return self.language.known(f"unit.{symbol}", symbol)

    def _share(self, hundredths: Decimal, finer: int) -> Numeral:
        decimals, affixes = _decimals(hundredths, 10), numerals.percent(self.locale)
        if hundredths < 100:
            share = numerals.rounded_numeral(
                hundredths, decimals + finer, affixes, self.locale, short_of=100
            )
            return share.shifted(-2)
        return self._long_or_short(hundredths, decimals, 10**6, affixes, finer).shifted(-2)

    def _money(self, amount: Decimal, code: str, finer: int) -> Numeral:
        """Returns an amount of money. Below 100 cents are always written, so that prices compare."""
        coins, affixes = get_currency_precision(code), numerals.money(self.locale, code)
        decimals = max(coins, _decimals(amount, 100)) if amount < 1000 else 0
        if amount < 100:
            return numerals.rounded_numeral(
                amount, decimals + finer, affixes, self.locale, trim_whole=not coins
            )
        return self._long_or_short(amount, decimals, 10**5, affixes, finer, code)

    def _long_or_short(
        self,
        amount: Decimal,
        decimals: int,
        short_from: int,
        affixes: Affixes,
        finer: int,
        code: str = "",
    ) -> Numeral:
        """Returns all digits, or from `short_from` on a word for thousands, millions and so on."""
        full = numerals.rounded_numeral(amount, decimals + finer, affixes, self.locale)
        short = full.shift == 0 and full.number >= short_from
        return (numerals.compact(amount, affixes, self.locale, code, finer) if short else None) or full


@lru_cache(maxsize=32)
def formatter(locale: str, code: str = ENGLISH) -> Formatter:
    """Returns the formatter of the locale that Babel calls so, such as de_DE, and of a language."""
    return Formatter(locale_of(locale), language(code))


def cut(label: str) -> str:
    """Returns a label short enough for titles and axes: a long one ends at a word with an ellipsis."""
    if len(label) <= MAX_LABEL:
        return label
    return label[: MAX_LABEL - 1].rsplit(" ", 1)[0].rstrip() + "…"


def _decimals(number: Decimal, whole_from: int) -> int:
    """Returns fewer decimals the larger the number is: none from `whole_from` on."""
    return 0 if number >= whole_from else 1 if number * 10 >= whole_from else 2
