"""How values are said."""

import pytest

from deckgen.domain.display import (
    COEFFICIENT,
    COUNT,
    PERCENT,
    POINTS,
    TEXT,
    Format,
    Unit,
    Value,
    display,
)

USD = Unit(format=Format.CURRENCY, symbol="USD")
CHF = Unit(format=Format.CURRENCY, symbol="CHF")
CELSIUS = Unit(format=Format.NUMBER, symbol="°C")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
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
        ("2015-12-01", Unit(format=Format.PERIOD, symbol="month"), "Dec 2015"),
        ("2015-10-01", Unit(format=Format.PERIOD, symbol="quarter"), "Q4 2015"),
        ("2015-01-01", Unit(format=Format.PERIOD, symbol="year"), "2015"),
        ("2015-12-24", Unit(format=Format.PERIOD, symbol="day"), "24 Dec 2015"),
    ],
)
def test_said_as_people_say_it(value: Value, unit: Unit, said: str) -> None:
    """Rounded to what a reader keeps in mind, with its unit."""
    assert display(value, unit) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(0.05, PERCENT, "+5%"), (-0.05, PERCENT, "-5%"), (0, PERCENT, "0%"), (-1200.4, USD, "-$1,200")],
)
def test_signs(value: Value, unit: Unit, said: str) -> None:
    """A change has its sign in front of everything else."""
    assert display(value, unit, signed=True) == said


@pytest.mark.parametrize("unit", [COUNT, PERCENT, POINTS, COEFFICIENT])
def test_nothing_has_no_sign(unit: Unit) -> None:
    """What rounds to nothing is neither up nor down."""
    assert display(-0.000001, unit, signed=True)[0] == "0"
