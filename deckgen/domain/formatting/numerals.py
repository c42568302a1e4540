"""Numbers as they are written in a locale: their digits, and the affixes before and after them.

All patterns are CLDR's. Digits are Western ones in every locale: those of dates, which Babel writes
so, and of native charts.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from babel import Locale, numbers
from babel.numbers import NumberPattern

from deckgen.domain.formatting.rounding import decimals_of, rounded, to_figures

NO_BREAK = "\N{NO-BREAK SPACE}"
# Beyond these there are no words for the magnitude, and nobody counts the zeros.
LARGEST_WRITTEN, SMALLEST_WRITTEN = Decimal("1e15"), Decimal("1e-6")


@dataclass(frozen=True)
class Affixes:
    """The affixes around the digits of a positive, an increased, and a negative number."""

    before: tuple[str, str, str]
    after: tuple[str, str, str]

    def __add__(self, outer: "Affixes") -> "Affixes":
        """Returns these affixes inside outer ones, which carry the sign."""
        before, after = self.before[0], self.after[0]
        return Affixes(
            (outer.before[0] + before, outer.before[1] + before, outer.before[2] + before),
            (after + outer.after[0], after + outer.after[1], after + outer.after[2]),
        )


NO_AFFIXES = Affixes(("", "", ""), ("", "", ""))


@dataclass(frozen=True)
class Numeral:
    """The parts of a number: 1.2M is the number 1.2 with a shift of 6, 38% is 38 with one of -2."""

    number: Decimal  # as it is written, without a sign
    shift: int  # the power of ten by which the value was divided
    around: Affixes
    locale: Locale
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
        """Returns the same numeral for a value that is smaller by a power of ten."""
        return replace(self, shift=self.shift + power)

    def signed(self, *, negative: bool, plus: bool) -> "Numeral":
        """Returns the numeral with its sign; zero has none."""
        side = 2 if negative else 1 if plus else 0
        return replace(self, side=side if self.number else 0)


def digits(number: Decimal, locale: Locale) -> str:
    """Returns a number of 0 or more with the locale's marks and exactly its own decimals."""
    pattern = _digits_pattern(decimals_of(number), locale)
    return numbers.format_decimal(number, pattern, locale)


@lru_cache(maxsize=256)
def _digits_pattern(decimals: int, locale: Locale) -> NumberPattern:
    integer_pattern = locale.decimal_formats[None].pattern.partition(".")[0]
    return numbers.parse_pattern(integer_pattern + ("." + "0" * decimals if decimals else ""))


@lru_cache(maxsize=256)
def plain(locale: Locale, unit: str = "") -> Affixes:
    """Returns the affixes of a number with or without a unit after it."""
    after = f"{NO_BREAK}{unit}" if unit else ""
    return _around(locale.decimal_formats[None], locale, after=after)


@lru_cache(maxsize=64)
def percent(locale: Locale) -> Affixes:
    return _around(locale.percent_formats[None], locale)


@lru_cache(maxsize=256)
def money(locale: Locale, code: str) -> Affixes:
    """Returns the affixes of an amount in the currency with this ISO code."""
    return _around(locale.currency_formats["standard"], locale, _symbol(locale, code))


def _symbol(locale: Locale, code: str) -> str:
    return numbers.get_currency_symbol(code, locale)


def _around(pattern: NumberPattern, locale: Locale, symbol: str = "", after: str = "") -> Affixes:
    """Returns a pattern's affixes, with a plus where the negative form has its minus."""
    marks = (
        "",
        numbers.get_plus_sign_symbol(locale),
        numbers.get_minus_sign_symbol(locale),
    )
    bare, plus, minus = (
        (
            _filled(
                *_spaced(pattern.prefix[mark != ""], pattern.suffix[mark != ""], symbol), mark, symbol
            )
        )
        for mark in marks
    )
    return Affixes((bare[0], plus[0], minus[0]), (bare[1] + after, plus[1] + after, minus[1] + after))


def _spaced(before: str, after: str, symbol: str) -> tuple[str, str]:
    """Returns affixes with CLDR's currencySpacing: there is a space after CHF, but not after $."""
    if before.endswith("¤") and unicodedata.category(symbol[-1:] or "$") != "Sc":
        before += NO_BREAK
    if after.startswith("¤") and unicodedata.category(symbol[:1] or "$") != "Sc":
        after = NO_BREAK + after
    return before, after


def _filled(before: str, after: str, mark: str, symbol: str) -> tuple[str, str]:
    """Returns affixes with sign and currency; no line breaks between them and the number."""
    before_digits, after_digits = (
        affix.replace("'", "").replace("-", mark).replace(" ", NO_BREAK).replace("¤", symbol)
        for affix in (before, after)
    )
    return before_digits, after_digits


def rounded_numeral(
    amount: Decimal,
    decimals: int,
    affixes: Affixes,
    locale: Locale,
    *,
    short_of: int | None = None,
    trim_whole: bool = True,
) -> Numeral:
    """Returns an amount of 0 or more, rounded; a very large or small one has a power of ten."""
    if amount >= LARGEST_WRITTEN or 0 < amount < SMALLEST_WRITTEN:
        return _scientific(to_figures(amount, 3), affixes, locale)
    return Numeral(
        rounded(amount, decimals, short_of=short_of, trim_whole=trim_whole), 0, affixes, locale
    )


def _scientific(amount: Decimal, affixes: Affixes, locale: Locale) -> Numeral:
    exponent = amount.adjusted()
    minus = numbers.get_minus_sign_symbol(locale) if exponent < 0 else ""
    power = f"{numbers.get_exponential_symbol(locale)}{minus}{abs(exponent)}"
    return Numeral(
        amount.scaleb(-exponent),
        exponent,
        Affixes(("", "", ""), (power, power, power)) + affixes,
        locale,
    )


def significant(number: float, figures: int, locale: Locale) -> str:
    """Returns a number of 0 or more with so many significant figures, for exact statements."""
    amount = to_figures(Decimal(str(number)), figures)
    if amount >= LARGEST_WRITTEN or 0 < amount < SMALLEST_WRITTEN:
        return str(_scientific(amount, NO_AFFIXES, locale))
    return digits(amount, locale)


def compact(
    amount: Decimal, outer: Affixes, locale: Locale, code: str = "", finer: int = 0
) -> Numeral | None:
    """Returns an amount with the locale's short word for its magnitude: 1.2M, 1,2 Mio; `finer` gives
    it more decimals.

    None if the locale has no word for it. With a currency's `code`, the pattern's affixes are used
    instead of `outer`.
    """
    exponent = amount.adjusted()
    zeros_and_affixes = _compact(locale, exponent, "other", code)
    if zeros_and_affixes is None:
        return None
    zeros, affixes = zeros_and_affixes
    shift = exponent + 1 - zeros
    scaled = amount.scaleb(-shift)
    number = rounded(scaled, (1 if scaled < 100 else 0) + finer)
    if number.adjusted() >= zeros:  # 999.96K is 1M
        return compact(number.scaleb(shift), outer, locale, code, finer)
    plural = locale.plural_form(number)
    _, affixes = _compact(locale, exponent, plural, code) or zeros_and_affixes
    return Numeral(number, shift, affixes if code else affixes + outer, locale)


@lru_cache(maxsize=512)
def _compact(locale: Locale, exponent: int, plural: str, code: str) -> tuple[int, Affixes] | None:
    """Returns the number of digits before the word for ten to the power of `exponent`, and the word."""
    formats = (locale.compact_currency_formats if code else locale.compact_decimal_formats)["short"]
    forms = formats[plural] if plural in formats else formats["other"]
    pattern = forms.get(str(10**exponent))
    if pattern is None or not re.sub(r"[\s¤0]", "", pattern.pattern):
        return None
    return pattern.int_prec[0], _around(pattern, locale, _symbol(locale, code) if code else "")
