import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.domain.display import COEFFICIENT, COUNT, PERCENT, POINTS, Format, Unit, display
from deckgen.export.formats import label_format, scale_format, tick_labels

UNITS = [
    COUNT,
    PERCENT,
    POINTS,
    COEFFICIENT,
    Unit(format=Format.CURRENCY, symbol="USD"),
    Unit(format=Format.CURRENCY, symbol="CHF"),
    Unit(format=Format.NUMBER, symbol='"inch" 5%'),
    Unit(format=Format.NUMBER),
]
PART = re.compile(r'"([^"]*)"|([#0,.]+)|(%)|(-)')


def excel(number_format: str, value: float) -> str:
    """What a spreadsheet shows, for the few kinds of format that are written here."""
    sections = number_format.split(";")
    section = sections[0]
    if len(sections) == 3 and value <= 0:
        section = sections[1] if value < 0 else sections[2]
    number = abs(Decimal(str(value)))
    bare = re.sub(r'"[^"]*"', "", section)
    minus = "-" if value < 0 and len(sections) == 1 and "0" in bare else ""
    shown = ""
    for literal, digits, percent, dash in PART.findall(section):
        if digits:
            pattern = digits.rstrip(",")
            scaled = number * (100 if "%" in bare else 1)
            scaled /= 1000 ** (len(digits) - len(pattern))
            decimals = len(pattern.partition(".")[2])
            shown += f"{scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"
        shown += literal or percent or dash
    return minus + shown


@given(st.floats(-1e14, 1e14) | st.floats(-200, 200), st.sampled_from(UNITS))
def test_a_label_reads_as_the_text_says_it(value: float, unit: Unit) -> None:
    """In a spreadsheet, under its format, every value reads just as the deck's text says it."""
    said = display(value, unit).replace('"', "'")
    assert excel(label_format(value, unit), value) == said


def test_rounding_of_ties_follows_the_text() -> None:
    """12.5 % is said as the text says it even though spreadsheets round ties in another way."""
    assert excel(label_format(0.125, PERCENT), 0.125) == display(0.125, PERCENT)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("ticks", [[0.0, 0.25, 0.5], [-2e6, 0.0, 2e6], [0.0, 5e5, 1e6, 1.5e6]])
def test_an_axis_reads_alike_in_both_exports(unit: Unit, ticks: list[float]) -> None:
    """The page and the spreadsheet write the same text at each tick, with the sign that it has."""
    shown = [excel(scale_format(ticks, unit), tick) for tick in ticks]
    assert shown == [label.replace('"', "'") for label in tick_labels(ticks, unit)]
    assert [label.startswith("-") for label in shown] == [tick < 0 for tick in ticks]
    assert len(set(shown)) == len(ticks)
