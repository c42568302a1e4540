"""Excel number formats under which a spreadsheet shows a value just as the deck's text says it."""

import re
from decimal import ROUND_HALF_UP, Decimal

from deckgen.domain.display import Format, Unit, display
from deckgen.export.words import writable

_SAID = re.compile(
    r"[-+]?(?P<prefix>[^\d+-]*)(?P<whole>[\d,]+)(?P<part>\.\d+)?(?P<suffix>.*)", re.DOTALL
)
_THOUSANDS = {"K": 1, "M": 2, "B": 3, "T": 4}


def label_format(value: float, unit: Unit, *, signed: bool = False) -> str:
    """The format under which `value` reads as `display` says it; a literal where none does."""
    said = display(value, unit, signed=signed)
    match = _SAID.fullmatch(said)
    if match is None or unit.format is Format.POINTS:
        return _literal(said)
    if value < 0 and not said.startswith("-"):
        return _literal(said)  # rounded to zero, which Excel would show as -0
    decimals = len(match["part"] or ".") - 1
    letter = match["suffix"][:1] if match["suffix"][:1] in _THOUSANDS else ""
    if _spoken(value, unit, decimals, letter) != (match["whole"] + (match["part"] or "")).replace(
        ",", ""
    ):
        return _literal(said)  # Babel rounds a tie to even, Excel rounds it up
    plus = '"+"' if said.startswith("+") else ""
    return plus + _format(match["prefix"], decimals, letter, match["suffix"][len(letter) :])


def scale_format(ticks: list[float], unit: Unit) -> str:
    """One format for all ticks of an axis."""
    if unit.format is Format.POINTS:
        return "0.0%" if _decimals([tick * 100 for tick in ticks]) else "0%"
    prefix, letter, suffix = _axis_parts(ticks, unit)
    decimals = _decimals([_scaled(tick, unit, letter) for tick in ticks])
    said = _format(prefix, decimals, letter, suffix)
    return f"{said};-{said};{_format(prefix, 0, '', suffix)}" if decimals or letter else said


def tick_labels(ticks: list[float], unit: Unit) -> list[str]:
    """What `scale_format` shows, for charts that are not drawn by a spreadsheet."""
    if unit.format is Format.POINTS:
        unit = Unit(format=Format.PERCENT)
    prefix, letter, suffix = _axis_parts(ticks, unit)
    scaled = [_scaled(tick, unit, letter) for tick in ticks]
    decimals = _decimals(scaled)
    return [
        f"{'-' if n < 0 else ''}{prefix}{abs(n):,.{decimals}f}{letter}{suffix}"
        if n
        else f"{prefix}0{suffix}"
        for n in scaled
    ]


def _axis_parts(ticks: list[float], unit: Unit) -> tuple[str, str, str]:
    """Prefix, letter of thousands and suffix, taken from how the largest tick is said."""
    match = _SAID.fullmatch(display(max(ticks, key=abs), unit))
    if match is None:
        return "", "", ""
    letter = match["suffix"][:1] if match["suffix"][:1] in _THOUSANDS else ""
    return match["prefix"], letter, match["suffix"][len(letter) :]


def _scaled(value: float, unit: Unit, letter: str) -> Decimal:
    number = Decimal(str(value))
    if unit.format is Format.PERCENT:
        return number * 100
    return number / Decimal(1000) ** _THOUSANDS.get(letter, 0)


def _spoken(value: float, unit: Unit, decimals: int, letter: str) -> str:
    number = abs(_scaled(value, unit, letter))
    return str(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _decimals(numbers: list[Decimal] | list[float]) -> int:
    """How many decimals tell all numbers apart from their rounded selves, three at most."""
    for decimals in range(3):
        if all(abs(round(n, decimals) - n) < Decimal("1e-9") for n in map(Decimal, map(str, numbers))):
            return decimals
    return 3


def _format(prefix: str, decimals: int, letter: str, suffix: str) -> str:
    number = "#,##0" + ("." + "0" * decimals if decimals else "") + "," * _THOUSANDS.get(letter, 0)
    percent = "%" if suffix.startswith("%") else ""
    return _literal(prefix) + number + percent + _literal(letter + suffix.removeprefix(percent))


def _literal(text: str) -> str:
    return f'"{writable(text).replace(chr(34), chr(39))}"' if text else ""
