"""How values are said."""

import pytest

from deckgen.domain.formatting.display import (
    COEFFICIENT,
    COUNT,
    HOUR,
    MONTH,
    PERCENT,
    POINTS,
    TEXT,
    WEEKDAY,
    Unit,
    Value,
    ValueFormat,
    formatter,
)

USD, EUR, CHF, JPY = (
    Unit(format=ValueFormat.CURRENCY, symbol=code) for code in ("USD", "EUR", "CHF", "JPY")
)
NUMBER = Unit(format=ValueFormat.NUMBER)
CELSIUS = Unit(format=ValueFormat.NUMBER, symbol="°C")
QUARTER, DAY = (Unit(format=ValueFormat.PERIOD, symbol=grain) for grain in ("quarter", "day"))
YEAR_AND_MONTH = Unit(format=ValueFormat.PERIOD, symbol="month")


def said(value: Value, unit: Unit, locale: str = "en_US", *, signed: bool = False) -> str:
    """With plain spaces, which are easier to read and write here than no-break ones."""
    return (
        formatter(locale)
        .display(value, unit, signed=signed)
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (49_574, COUNT, "49,574"),
        (1_234_567, COUNT, "1.2M"),
        (0.384, PERCENT, "38%"),
        (0.0432, PERCENT, "4.3%"),
        (1, PERCENT, "100%"),
        (0.0213, POINTS, "2.1 pp"),
        (16.4412, USD, "$16.44"),
        (1_200_000, USD, "$1.2M"),
        (500_000, CHF, "CHF 500K"),
        (12.44, CELSIUS, "12.4 °C"),
        (0.617, COEFFICIENT, "0.62"),
        (None, COUNT, "–"),
        ("7-Up", TEXT, "7-Up"),
        ("2015-12-01", YEAR_AND_MONTH, "Dec 2015"),
        ("2015-10-01", QUARTER, "Q4 2015"),
        ("2015-01-01", Unit(format=ValueFormat.PERIOD, symbol="year"), "2015"),
        ("2015-12-24", DAY, "Dec 24, 2015"),
        ("2015-12-21", Unit(format=ValueFormat.PERIOD, symbol="week"), "week of Dec 21, 2015"),
        (
            "2015-12-24T13:30:00",
            Unit(format=ValueFormat.PERIOD, symbol="minute"),
            "Dec 24, 2015 1:30 PM",
        ),
        (12, MONTH, "December"),
        (1, WEEKDAY, "Monday"),
        (14, HOUR, "2 PM"),
    ],
)
def test_said_as_people_say_it(value: Value, unit: Unit, text: str) -> None:
    """Rounded to what a reader keeps in mind, with its unit."""
    assert said(value, unit) == text


VALUES: list[tuple[Value, Unit]] = [
    (1_234_567, COUNT),
    (999_999, COUNT),
    (1_234_567, EUR),
    (-1234.5, CHF),
    (0.384, PERCENT),
    (-0.0213, POINTS),
    (12.44, CELSIUS),
    ("2015-12-01", YEAR_AND_MONTH),
    ("2015-12-24", DAY),
    ("2015-10-01", QUARTER),
    (12, MONTH),
    (1, WEEKDAY),
    (14, HOUR),
]
SAID = {
    "en_GB": "1.2M|999,999|€1.2M|-CHF 1,235|38%|-2.1 pp|12.4 °C|Dec 2015|24 Dec 2015|Q4 2015|"
    "December|Monday|14:00",
    "de_DE": "1,2 Mio.|999.999|1,2 Mio. €|-1.235 CHF|38 %|-2,1 pp|12,4 °C|Dez. 2015|24. Dez. 2015|"
    "Q4 2015|Dezember|Montag|14:00",
    "de_CH": "1.2 Mio.|999’999|1.2 Mio. EUR|CHF-1’235|38%|-2.1 pp|12.4 °C|Dez. 2015|24. Dez. 2015|"
    "Q4 2015|Dezember|Montag|14:00",
    "fr_FR": "1,2 M|999 999|1,2 M €|-1 235 CHF|38 %|-2,1 pp|12,4 °C|déc. 2015|24 déc. 2015|T4 2015|"
    "décembre|lundi|14:00",
    "ja_JP": "123万|999,999|€123万|-CHF 1,235|38%|-2.1 pp|12.4 °C|2015年12月|2015年12月24日|2015/Q4|"
    "12月|月曜日|14:00",
    "ar_EG": "1.2 مليون|999,999|1.2 مليون €|\u200f\u200e-1,235 CHF|38%|\u200e-2.1 pp|12.4 °C|"
    "ديسمبر 2015|24 ديسمبر 2015|الربع الرابع 2015|ديسمبر|الاثنين|2 م",
    "hi_IN": "12.3 लाख|9,99,999|€12.3 लाख|-CHF 1,235|38%|-2.1 pp|12.4 °C|दिस॰ 2015|24 दिस॰ 2015|"
    "ति4 2015|दिसंबर|सोमवार|2 pm",
    "sv_SE": "1,2 mn|999 999|1,2 mn €|−1 235 CHF|38 %|−2,1 pp|12,4 °C|dec. 2015|24 dec. 2015|"
    "K4 2015|december|måndag|14:00",
    "tr_TR": "1,2 Mn|999.999|1,2 Mn €|-CHF 1.235|%38|-2,1 pp|12,4 °C|Ara 2015|24 Ara 2015|2015 Ç4|"
    "Aralık|Pazartesi|14:00",
}


@pytest.mark.parametrize("locale", SAID)
def test_said_as_people_say_it_there(locale: str) -> None:
    """Each locale has its own marks, words for millions, places of signs and units, and months."""
    assert [said(value, unit, locale) for value, unit in VALUES] == SAID[locale].split("|")


def test_no_locale_has_the_months_of_another() -> None:
    """Spanish after Japanese is Spanish still: Babel's aliases do not leak from one to the other."""
    for locale in ("ja_JP", "he_IL", "es_ES", "it_IT", "tr_TR"):
        formatter(locale).display(12, MONTH)
    assert said(12, MONTH, "es_ES") == "diciembre"
    assert said(12, MONTH, "it_IT") == "dicembre"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.05, PERCENT, "+5%"), (-0.05, PERCENT, "-5%"), (0, PERCENT, "0%"), (-1200.4, USD, "-$1,200")],
)
def test_signs(value: Value, unit: Unit, text: str) -> None:
    """A change has its sign in front of everything else."""
    assert said(value, unit, signed=True) == text


@pytest.mark.parametrize("unit", [COUNT, PERCENT, POINTS, COEFFICIENT, NUMBER, USD])
def test_nothing_has_no_sign(unit: Unit) -> None:
    """Zero, and what binary fractions leave of it, is neither up nor down."""
    for value in (0, -0.0, 0.1 + 0.2 - 0.3, -1e-17):
        assert said(value, unit, signed=True).lstrip("$")[0] == "0"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        # Nearly all is not all, hardly anything is not nothing.
        (0.9996, PERCENT, "99.96%"),
        (0.995, PERCENT, "99.5%"),
        (-0.99996, PERCENT, "-99.996%"),
        (0.1 + 0.2 + 0.7, PERCENT, "100%"),
        (1.0004, PERCENT, "100%"),
        (0.998, COEFFICIENT, "0.998"),
        (-0.9996, COEFFICIENT, "-0.9996"),
        (0.00004, PERCENT, "0.004%"),
        (0.0000123, POINTS, "0.0012 pp"),
        (0.004, COEFFICIENT, "0.004"),
        (0.4, COUNT, "0.40"),
        (0.00012, NUMBER, "0.00012"),
        (0.00012, USD, "$0.00012"),
        (0.0000000345, NUMBER, "3.45E-8"),
        # A mean of things that are counted, an amount of a currency without small coins.
        (12.34, COUNT, "12.3"),
        (1.5, JPY, "¥1.50"),
        (0.4, JPY, "¥0.40"),
        # What is rounded up to the next word is said with it.
        (999_960, NUMBER, "1M"),
        (999_499, NUMBER, "999K"),
        (99_999.7, NUMBER, "100K"),
        (999_960_000, USD, "$1B"),
        (999.996, USD, "$1,000"),
        # Prices below a hundred have their coins, so that they look alike.
        (12, USD, "$12.00"),
        (0.5, USD, "$0.50"),
        (500, USD, "$500"),
        (149.99, USD, "$149.99"),
        (12, JPY, "¥12"),
        (9.996, CELSIUS, "10 °C"),
        # About three digits of what is large, and no word beyond trillions.
        (567_890, NUMBER, "568K"),
        (123_456_789, COUNT, "123M"),
        (999_400_000_000_000, NUMBER, "999T"),
        (1e15, NUMBER, "1E15"),
        (1.234e290, USD, "$1.23E290"),
        (12.34, PERCENT, "1,234%"),
        (123_456, PERCENT, "12.3M%"),
    ],
)
def test_rounding_says_nothing_false(value: Value, unit: Unit, text: str) -> None:
    """Few digits, but never all for nearly all, none for a little, or a thousand thousands."""
    assert said(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit"), [(13, MONTH), (0, WEEKDAY), (24, HOUR), ("x", MONTH), ("x", COUNT), ("x", DAY)]
)
def test_what_is_not_of_its_unit_is_said_as_it_is(value: Value, unit: Unit) -> None:
    """A deck that somebody changed is still said, so that it can be checked."""
    assert said(value, unit) == str(value)


def test_a_number_and_its_unit_are_not_parted() -> None:
    """No line breaks within a number: what stands between it and its unit is no plain space."""
    for locale in ("en_US", "de_DE", "fr_FR"):
        for value, unit in ((2e6, CHF), (12.4, CELSIUS), (0.02, POINTS), (0.38, PERCENT)):
            assert " " not in formatter(locale).display(value, unit)
