"""Numbers as they are written in a locale: their digits and what stands before and after them.

All patterns are CLDR's. Digits are Western ones in every locale: those of dates, which Babel writes
so, and of native charts.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from babel import numbers
from babel.numbers import NumberPattern

from deckgen.domain.formatting.locales import locale_of
from deckgen.domain.formatting.rounding import decimals_of, rounded, to_figures

NO_BREAK = "\N{NO-BREAK SPACE}"
MOST, LEAST = Decimal("1e15"), Decimal("1e-6")  # beyond them nobody has words or counts zeros


@dataclass(frozen=True)
class Around:
    """What stands before and after the digits of a positive, an increased, and a negative number."""

    before: tuple[str, str, str]
    after: tuple[str, str, str]

    def __add__(self, outer: "Around") -> "Around":
        """These affixes inside of others; the sign is the outer ones' matter."""
        before, after = self.before[0], self.after[0]
        return Around(
            (outer.before[0] + before, outer.before[1] + before, outer.before[2] + before),
            (after + outer.after[0], after + outer.after[1], after + outer.after[2]),
        )


NOTHING = Around(("", "", ""), ("", "", ""))


@dataclass(frozen=True)
class Numeral:
    """A number taken apart: 1.2M is the number 1.2 with a shift of 6, 38% is 38 with one of -2."""

    number: Decimal  # as it is written, without a sign
    shift: int  # the power of ten by which the value was divided
    around: Around
    locale: str
    side: int = 0  # 0 without a sign, 1 with a plus, 2 with a minus

    @property
    def before(self) -> str:
        return self.around.before[self.side]

    @property
    def after(self) -> str:
        return self.around.after[self.side]

    def __str__(self) -> str:
        return f"{self.before}{digits(self.number, self.locale)}{self.after}"

    def shifted(self, power: int) -> "Numeral":
        """The same writing for a value that is smaller by a power of ten."""
        return replace(self, shift=self.shift + power)

    def signed(self, *, negative: bool, plus: bool) -> "Numeral":
        """With its sign; nothing is neither more nor less."""
        side = 2 if negative else 1 if plus else 0
        return replace(self, side=side if self.number else 0)


def digits(number: Decimal, locale: str) -> str:
    """A number of 0 or more with the locale's marks, and with just the decimals that it has."""
    pattern = _digits_pattern(decimals_of(number), locale)
    return numbers.format_decimal(number, pattern, locale_of(locale))


@lru_cache(maxsize=256)
def _digits_pattern(decimals: int, locale: str) -> NumberPattern:
    whole = locale_of(locale).decimal_formats[None].pattern.partition(".")[0]
    return numbers.parse_pattern(whole + ("." + "0" * decimals if decimals else ""))


@lru_cache(maxsize=256)
def plain(locale: str, unit: str = "") -> Around:
    """Of a number with or without a unit after it."""
    after = f"{NO_BREAK}{unit}" if unit else ""
    return _around(locale_of(locale).decimal_formats[None], locale, after=after)


@lru_cache(maxsize=64)
def percent(locale: str) -> Around:
    return _around(locale_of(locale).percent_formats[None], locale)


@lru_cache(maxsize=256)
def money(locale: str, code: str) -> Around:
    """Of an amount in the currency with this ISO code."""
    return _around(locale_of(locale).currency_formats["standard"], locale, _symbol(locale, code))


def _symbol(locale: str, code: str) -> str:
    return numbers.get_currency_symbol(code, locale_of(locale))


def _around(pattern: NumberPattern, locale: str, symbol: str = "", after: str = "") -> Around:
    """A pattern's affixes, with a plus where the negative one has its minus."""
    own = locale_of(locale)
    marks = ("", numbers.get_plus_sign_symbol(own), numbers.get_minus_sign_symbol(own))
    bare, plus, minus = (
        (
            _filled(
                *_spaced(pattern.prefix[mark != ""], pattern.suffix[mark != ""], symbol), mark, symbol
            )
        )
        for mark in marks
    )
    return Around((bare[0], plus[0], minus[0]), (bare[1] + after, plus[1] + after, minus[1] + after))


def _spaced(before: str, after: str, symbol: str) -> tuple[str, str]:
    """CLDR's currencySpacing: CHF and its digits are kept apart, $ and its digits are not."""
    if before.endswith("¤") and unicodedata.category(symbol[-1:] or "$") != "Sc":
        before += NO_BREAK
    if after.startswith("¤") and unicodedata.category(symbol[:1] or "$") != "Sc":
        after = NO_BREAK + after
    return before, after


def _filled(before: str, after: str, mark: str, symbol: str) -> tuple[str, str]:
    """Affixes with sign and currency; none of it is to be parted from its number."""
    first, second = (
        affix.replace("'", "").replace("-", mark).replace(" ", NO_BREAK).replace("¤", symbol)
        for affix in (before, after)
    )
    return first, second


def written(
    amount: Decimal,
    decimals: int,
    around: Around,
    locale: str,
    *,
    short_of: int | None = None,
    whole: bool = True,
) -> Numeral:
    """An amount of 0 or more, rounded; where its zeros can't be counted, with a power of ten."""
    if amount >= MOST or 0 < amount < LEAST:
        return _scientific(to_figures(amount, 3), around, locale)
    return Numeral(rounded(amount, decimals, short_of=short_of, whole=whole), 0, around, locale)


def _scientific(amount: Decimal, around: Around, locale: str) -> Numeral:
    own, exponent = locale_of(locale), amount.adjusted()
    minus = numbers.get_minus_sign_symbol(own) if exponent < 0 else ""
    power = f"{numbers.get_exponential_symbol(own)}{minus}{abs(exponent)}"
    return Numeral(
        amount.scaleb(-exponent), exponent, Around(("", "", ""), (power, power, power)) + around, locale
    )


def significant(number: float, figures: int, locale: str) -> str:
    """A number of 0 or more to so many figures, for those who want it exact."""
    found = to_figures(Decimal(str(number)), figures)
    if found >= MOST or 0 < found < LEAST:
        return str(_scientific(found, NOTHING, locale))
    return digits(found, locale)


def compact(amount: Decimal, around: Around, locale: str, code: str = "") -> Numeral | None:
    """An amount with the locale's short word for thousands, millions and so on: 1.2M, 1,2 Mio.

    None where it has no word for so many. A currency's `code` takes the place of `around`.
    """
    exponent = amount.adjusted()
    found = _compact(locale, exponent, "other", code)
    if found is None:
        return None
    zeros, affixes = found
    shift = exponent + 1 - zeros
    scaled = amount.scaleb(-shift)
    number = rounded(scaled, 1 if scaled < 100 else 0)
    if number.adjusted() >= zeros:  # 999.96K is 1M
        return compact(number.scaleb(shift), around, locale, code)
    plural = locale_of(locale).plural_form(number)
    _, affixes = _compact(locale, exponent, plural, code) or found
    return Numeral(number, shift, affixes if code else affixes + around, locale)


@lru_cache(maxsize=512)
def _compact(locale: str, exponent: int, plural: str, code: str) -> tuple[int, Around] | None:
    """How many digits stand before the word for ten to the power of `exponent`, and the word."""
    own = locale_of(locale)
    formats = (own.compact_currency_formats if code else own.compact_decimal_formats)["short"]
    forms = formats[plural] if plural in formats else formats["other"]
    pattern = forms.get(str(10**exponent))
    if pattern is None or not re.sub(r"[\s¤0]", "", pattern.pattern):
        return None
    return pattern.int_prec[0], _around(pattern, locale, _symbol(locale, code) if code else "")
