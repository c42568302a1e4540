"""Values that are compared: unequal ones read differently, and no digit stands that tells nothing."""

import pytest

from deckgen.domain.formatting.display import Unit, ValueFormat, formatter
from deckgen.domain.formatting.precision import telling_apart

WRITES = formatter("en_US")
MONEY = Unit(format=ValueFormat.CURRENCY, symbol="USD")
SHARE, COUNT = Unit(format=ValueFormat.PERCENT), Unit(format=ValueFormat.COUNT)


@pytest.mark.parametrize(
    ("unit", "values", "told"),
    [
        (COUNT, (1_180_000_000, 1_219_000_000), ["1.18B", "1.22B"]),
        (MONEY, (1_540_000, 1_535_000), ["$1.540M", "$1.535M"]),
        (SHARE, (0.463, 0.458), ["46.3%", "45.8%"]),
        (SHARE, (0.02104, 0.02098), ["2.104%", "2.098%"]),
        (SHARE, (0.46, 0.38), ["46%", "38%"]),
        (COUNT, (1_200_000, 1_200_000), ["1.2M", "1.2M"]),
    ],
)
def test_unequal_values_read_differently(unit: Unit, values: tuple[float], told: list[str]) -> None:
    """As many decimals are added as tell the values apart; none to values that are apart or equal."""
    finer = telling_apart(values, unit, WRITES)
    assert [WRITES.display(value, finer) for value in values] == told


def test_values_that_no_reader_tells_apart_stay_short() -> None:
    """Where three decimals more would not help, none are added."""
    assert telling_apart((1_000_000_000.0, 1_000_000_001.0), COUNT, WRITES).finer == 0
