import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.domain.formatting.display import (
    COEFFICIENT,
    COUNT,
    PERCENT,
    POINTS,
    Unit,
    ValueFormat,
    formatter,
)
from deckgen.export.layout.number_formats import label_format, scale_format, tick_labels
from deckgen.export.text import MINUS, shown
from tests.office import excel

UNITS = [
    COUNT,
    PERCENT,
    POINTS,
    COEFFICIENT,
    Unit(format=ValueFormat.CURRENCY, symbol="USD"),
    Unit(format=ValueFormat.CURRENCY, symbol="CHF"),
    Unit(format=ValueFormat.NUMBER, symbol='"inch" 5%'),
    Unit(format=ValueFormat.NUMBER),
]
LOCALES = ["en_US", "de_DE", "de_CH", "fr_FR", "ja_JP", "hi_IN", "ar_EG", "sv_SE", "tr_TR"]


@given(
    st.floats(-1e14, 1e14) | st.floats(-200, 200) | st.floats(-1, 1),
    st.sampled_from(UNITS),
    st.sampled_from(LOCALES),
)
def test_a_label_reads_as_the_text_says_it(value: float, unit: Unit, locale: str) -> None:
    """In a spreadsheet, under its format, every value reads just as the deck's text says it."""
    said = shown(formatter(locale), value, unit).replace('"', "'")
    assert excel(label_format(value, unit, formatter(locale)), value, locale) == said


@pytest.mark.parametrize("unit", UNITS)
def test_dust_has_no_sign_in_a_spreadsheet(unit: Unit) -> None:
    """What binary fractions leave of 0 is labelled 0, never -0."""
    said = formatter("de_DE").display(-1e-17, unit).replace('"', "'")
    assert excel(label_format(-1e-17, unit, formatter("de_DE")), -1e-17, "de_DE") == said
    assert not {"-", MINUS} & set(said)


def test_rounding_of_ties_follows_the_text() -> None:
    """12.5 % is 13 % in text and spreadsheet: both round a half away from zero."""
    assert excel(label_format(0.125, PERCENT, formatter("en_US")), 0.125, "en_US") == "13%"
    assert formatter("en_US").display(0.125, PERCENT) == "13%"


TICKS = [
    [0.0, 0.25, 0.5],
    [-2e6, 0.0, 2e6],
    [0.0, 5e5, 1e6, 1.5e6],
    [0.0, 2e-5, 4e-5],
    [-5e8, 0.0, 5e8],
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("ticks", TICKS)
def test_an_axis_reads_alike_in_both_exports(unit: Unit, ticks: list[float], locale: str) -> None:
    """The page and the spreadsheet write the same text at each tick, with the sign that it has."""
    shown = [excel(scale_format(ticks, unit, formatter(locale)), tick, locale) for tick in ticks]
    assert shown == [label.replace('"', "'") for label in tick_labels(ticks, unit, formatter(locale))]
    assert [bool({"-", "−"} & set(label)) for label in shown] == [tick < 0 for tick in ticks]
    assert len(set(shown)) == len(ticks)


@pytest.mark.parametrize(
    ("value", "unit", "locale", "number_format"),
    [
        (1_234_567, Unit(format=ValueFormat.CURRENCY, symbol="EUR"), "en_US", '[$-409]"€"#,##0.0,,"M"'),
        (
            1_234_567,
            Unit(format=ValueFormat.CURRENCY, symbol="EUR"),
            "de_DE",
            '[$-407]#,##0.0,,"\xa0Mio.\xa0€"',
        ),
        (0.38, PERCENT, "de_DE", '[$-407]#,##0"\xa0"%'),
        (0.38, PERCENT, "tr_TR", "[$-41F]%#,##0"),
        (-0.05, PERCENT, "sv_SE", '[$-41D]#,##0"\xa0"%;[$-41D]"−"#,##0"\xa0"%'),
        (1_234_567, COUNT, "ja_JP", '"123万"'),
    ],
)
def test_words_and_signs_stand_in_the_format(
    value: float, unit: Unit, locale: str, number_format: str
) -> None:
    """The words for millions and the place of signs are the deck's; where Excel can't divide by what
    the word means, the label is fixed text."""
    assert label_format(value, unit, formatter(locale)) == number_format
