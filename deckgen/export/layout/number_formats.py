"""Excel number formats under which a spreadsheet shows a value just as the deck's text says it.

What stands around the digits is the deck's. A format has no decimal mark of its own: Office writes
1,234.5 or 1.234,5 as its reader is used to. Each section names the deck's locale, which LibreOffice
goes by; Excel and PowerPoint do so for dates alone.
"""

from dataclasses import replace
from functools import cache
from locale import windows_locale

from babel import Locale

from deckgen.domain.formatting.display import PERCENT, Formatter, Unit, ValueFormat
from deckgen.domain.formatting.locales import ENGLISH
from deckgen.domain.formatting.numerals import LARGEST_WRITTEN, SMALLEST_WRITTEN, Numeral
from deckgen.domain.formatting.rounding import decimals_of, exactly, to_decimals
from deckgen.export.text import minus, shown, writable

_MOST_DECIMALS = 9  # of a tick


def label_format(value: float, unit: Unit, formatter: Formatter) -> str:
    """The format under which `value` reads as `display` says it; a literal where none does."""
    said = formatter.numeral(value, unit)
    if not _has_format(said) or (value < 0 and not said.number):  # Excel would show -0
        return _literal(minus(str(said)))
    return _sections(said.signed(negative=False, plus=False), said if value < 0 else None)


def change_format(value: float, unit: Unit, formatter: Formatter) -> str:
    """The format under which a change reads so, with its sign, and one the other way with the other."""
    said = formatter.numeral(value, unit)
    if not _has_format(said) or not said.number:
        return _literal(shown(formatter, value, unit, signed=True))
    rise, fall = said.signed(negative=False, plus=True), said.signed(negative=True, plus=False)
    return _sections(rise, fall)


def scale_format(ticks: list[float], unit: Unit, formatter: Formatter) -> str:
    """One format for all ticks of an axis."""
    unit = _unit_of_ticks(unit)
    numerals = _numerals(ticks, unit, formatter)
    if numerals is None:
        return "General"
    positive = max(numerals, key=lambda each: each.number).signed(negative=False, plus=False)
    negative = positive.signed(negative=True, plus=False)
    return _sections(positive, negative, formatter.numeral(0, unit))


def tick_labels(ticks: list[float], unit: Unit, formatter: Formatter) -> list[str]:
    """What `scale_format` shows, for charts that are not drawn by a spreadsheet."""
    unit = _unit_of_ticks(unit)
    numerals = _numerals(ticks, unit, formatter)
    if numerals is None:
        return [shown(formatter, tick, unit) for tick in ticks]
    return [minus(str(each)) if each.number else shown(formatter, 0, unit) for each in numerals]


def _unit_of_ticks(unit: Unit) -> Unit:
    """Excel has no format for points: it can't multiply by a hundred without a percent sign."""
    return PERCENT if unit.format is ValueFormat.POINTS else unit


def _numerals(ticks: list[float], unit: Unit, formatter: Formatter) -> list[Numeral] | None:
    """The ticks, written alike: in the largest one's thousands, with the same decimals.

    None for a scale that is too large or small to be written out.
    """
    largest = formatter.numeral(max(map(abs, ticks)), unit)
    if not _has_format(largest):
        largest = formatter.numeral(1, unit)  # no words for thousands, as in Chinese and Hindi
    scaled = [exactly(tick).scaleb(-largest.shift) for tick in ticks]
    if not SMALLEST_WRITTEN <= max(map(abs, scaled)) < LARGEST_WRITTEN:
        return None
    decimals = min(max(decimals_of(number.normalize()) for number in scaled), _MOST_DECIMALS)
    return [
        replace(largest, number=to_decimals(abs(number), decimals)).signed(
            negative=number < 0, plus=False
        )
        for number in scaled
    ]


def _sections(positive: Numeral, negative: Numeral | None, zero: Numeral | None = None) -> str:
    """One section where there is nothing below zero: Excel's own minus is a hyphen."""
    code, nothing = _section(positive), _section(zero) if zero else ""
    if negative is None and nothing in ("", code):
        return code
    return ";".join(filter(None, [code, _section(negative or positive), nothing]))


def _has_format(said: Numeral) -> bool:
    """Excel can divide by thousands, and multiply by a hundred with a percent sign."""
    if said.shift == -2:
        return (said.before + said.after).count("%") == 1
    return said.shift >= 0 and said.shift % 3 == 0


def _section(said: Numeral) -> str:
    decimals, locale = decimals_of(said.number), _locale_code(said.locale)
    before, after = minus(said.before), said.after
    digits = "#,##0" + ("." + "0" * decimals if decimals else "") + "," * (said.shift // 3)
    if said.shift == -2:  # only outside of quotes the percent sign multiplies
        digits = digits.rstrip(",")
        before, after = ("%".join(map(_literal, text.split("%"))) for text in (before, after))
        return locale + before + digits + after
    return locale + _literal(before) + digits + _literal(after)


@cache
def _locale_code(locale: Locale) -> str:
    """ "[$-407]" for de_DE: Windows' number of the locale; nothing for those that have none.

    English where other digits are the usual ones: LibreOffice would write the marks that go with them.
    """
    spoken = (
        f"{locale.language}_{locale.territory}"
        if locale.default_numbering_system == "latn"
        else ENGLISH
    )
    number = {known: number for number, known in windows_locale.items()}.get(spoken)
    return f"[$-{number:X}]" if number else ""


def _literal(text: str) -> str:
    return f'"{writable(text).replace(chr(34), chr(39))}"' if text else ""
