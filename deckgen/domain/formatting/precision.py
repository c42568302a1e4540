"""How many decimals tell values apart that are compared."""

from collections.abc import Sequence
from itertools import pairwise

from deckgen.domain.formatting.display import MOST_FINER, Formatter, Unit

EQUAL = 1e-9  # a relative distance that only binary fractions make


def telling_apart(values: Sequence[float], unit: Unit, writes: Formatter) -> Unit:
    """Returns the unit with the fewest decimals more by which unequal values read differently; as many
    as help if some are too close for that.
    """
    tried = [unit.model_copy(update={"finer": finer}) for finer in range(unit.finer, MOST_FINER + 1)]
    return min(tried, key=lambda each: (_read_the_same(values, each, writes), each.finer))


def _read_the_same(values: Sequence[float], unit: Unit, writes: Formatter) -> int:
    """Returns how many neighbours in the order of values read the same and are not equal."""
    ordered = sorted(values)
    return sum(
        writes.display(one, unit) == writes.display(other, unit)
        for one, other in pairwise(ordered)
        if other - one > EQUAL * max(abs(one), abs(other))
    )
