"""How many decimals tell values apart that are compared."""

from collections.abc import Sequence
from itertools import pairwise

from deckgen.domain.formatting.display import MOST_FINER, Formatter, Unit

EQUAL = 1e-9  # a relative distance that only binary fractions make


def telling_apart(values: Sequence[float], unit: Unit, writes: Formatter) -> Unit:
    """Returns the unit with the fewest decimals more by which unequal values read differently; as many
    as help if some are too close for that.
    """
    found: list[tuple[int, Unit]] = []
    for finer in range(unit.finer, MOST_FINER + 1):
        tried = unit.model_copy(update={"finer": finer})
        alike = _read_the_same(values, tried, writes)
        if not alike:
            return tried
        found.append((alike, tried))
    return min(found, key=lambda each: each[0])[1]


def _read_the_same(values: Sequence[float], unit: Unit, writes: Formatter) -> int:
    """Returns how many neighbours in the order of values read the same and are not equal."""
    told = [(value, writes.display(value, unit)) for value in sorted(values)]
    return sum(
        text == next_text and other - one > EQUAL * max(abs(one), abs(other))
        for (one, text), (other, next_text) in pairwise(told)
    )
