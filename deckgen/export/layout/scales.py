"""Axis ranges with round ticks."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [_clean(self.low + index * self.step) for index in range(count + 1)]


def nice(values: list[float], *, zero: bool, ticks: int = 4) -> Scale:
    """A scale around `values` with about `ticks` steps of 1, 2, 2.5 or 5 times a power of ten.

    With `zero`, and wherever the values come near enough to it, the scale starts or ends at zero.
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    if zero or 0 <= low < high / 2:
        low = min(low, 0.0)
    if zero or low / 2 < high <= 0:
        high = max(high, 0.0)
    size = max(abs(low), abs(high))
    if high - low <= size * 1e-9:  # one value, or values that differ by rounding alone
        low, high = (low - size / 10, high + size / 10) if size else (0.0, 1.0)
    step = _step((high - low) / ticks)
    return Scale(
        _clean(math.floor(low / step + 1e-9) * step), _clean(math.ceil(high / step - 1e-9) * step), step
    )


def _step(rough: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(_clean(nice * power) for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * 0.999)


def _clean(number: float) -> float:
    """Without the dust of binary fractions: 0.30000000000000004 is 0.3."""
    return float(f"{number:.12g}")
