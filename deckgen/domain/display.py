"""How a raw value is said: 1.2M, 38%, $16.44, December 2015. One place, so that a fact, a chart's
axis and a table's cell always say the same value in the same way. The locale data is Babel's (CLDR).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from babel import dates, numbers

from deckgen.domain.model import Model

Value = float | int | str | None
LOCALE = "en_US"
MISSING = "–"


class Format(StrEnum):
    COUNT = "count"  # a number of things: 49,574
    NUMBER = "number"  # a measured quantity, `symbol` is its unit: 12.4 °C
    CURRENCY = "currency"  # `symbol` is the ISO code: $1.2M
    PERCENT = "percent"  # a fraction: 0.38 is said 38%
    POINTS = "points"  # a difference of fractions: 0.02 is said 2 pp
    COEFFICIENT = "coefficient"  # a statistic without unit: 0.62
    PERIOD = "period"  # an ISO date, `symbol` is the grain: day, week, month, quarter, year
    TEXT = "text"  # a label out of the data


class Unit(Model):
    format: Format
    symbol: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.format not in (Format.PERIOD, Format.TEXT)


COUNT, PERCENT, POINTS = (
    Unit(format=Format.COUNT),
    Unit(format=Format.PERCENT),
    Unit(format=Format.POINTS),
)
COEFFICIENT, TEXT = Unit(format=Format.COEFFICIENT), Unit(format=Format.TEXT)

Grain = Literal["day", "week", "month", "quarter", "year"]


def display(value: Value, unit: Unit, *, signed: bool = False) -> str:
    """`value` as a person would say it, rounded to about three digits; `signed` adds a plus."""
    if value is None:
        return MISSING
    if unit.format is Format.TEXT:
        return str(value)
    if unit.format is Format.PERIOD:
        return display_period(str(value), unit.symbol)
    number = float(value)
    said = _number(abs(number), unit)
    # Whether a sign is due is judged on what is said: -0.0001 that rounds to 0 is not "-0".
    if not any(digit in said for digit in "123456789"):
        return said
    return ("-" if number < 0 else "+" if signed else "") + said


def _number(number: float, unit: Unit) -> str:
    match unit.format:
        case Format.PERCENT:
            return f"{_rounded(number * 100, _decimals(number * 100, 10))}%"
        case Format.POINTS:
            return f"{_rounded(number * 100, 1)} pp"
        case Format.COEFFICIENT:
            return _rounded(number, 2)
        case Format.CURRENCY:
            return _currency(number, unit.symbol)
        case Format.COUNT:
            return _compact(number) if number >= 1e6 else _rounded(number, 0)
        case _:
            said = _compact(number) if number >= 1e5 else _rounded(number, _decimals(number, 100))
            return f"{said} {unit.symbol}".rstrip()


def _decimals(number: float, whole_from: float) -> int:
    """Fewer decimals the larger the number is: none from `whole_from` on."""
    return 0 if number >= whole_from else 1 if number >= whole_from / 10 else 2


def _rounded(number: float, decimals: int) -> str:
    text = numbers.format_decimal(number, format=f"#,##0.{'0' * decimals}", locale=LOCALE)
    return text.removesuffix("." + "0" * decimals) if decimals else text


def _compact(number: float) -> str:
    if number >= 1e15:  # beyond trillions there are no words
        return f"{number:.3g}"
    return numbers.format_compact_decimal(number, locale=LOCALE, fraction_digits=1).replace(".0", "")


def _currency(number: float, code: str) -> str:
    said = _compact(number) if number >= 1e5 else _rounded(number, 0 if number >= 1000 else 2)
    symbol = numbers.get_currency_symbol(code, locale=LOCALE)
    return f"{symbol}{said}" if len(symbol) == 1 else f"{symbol} {said}"


def display_p(value: float) -> str:
    """A p-value: no more than three decimals say anything."""
    return "below 0.001" if value < 0.001 else numbers.format_decimal(value, "0.000", locale=LOCALE)


def display_period(value: str, grain: str) -> str:
    """`value` is the ISO date on which the period starts."""
    start = date.fromisoformat(value[:10])
    match grain:
        case "year":
            return str(start.year)
        case "quarter":
            return f"Q{(start.month - 1) // 3 + 1} {start.year}"
        case "month":
            return dates.format_date(start, "MMM yyyy", locale=LOCALE)
        case "week":
            return f"week of {dates.format_date(start, 'd MMM yyyy', locale=LOCALE)}"
        case "day":
            return dates.format_date(start, "d MMM yyyy", locale=LOCALE)
    return dates.format_datetime(datetime.fromisoformat(value), "d MMM yyyy HH:mm", locale=LOCALE)
