"""Axis ranges with round ticks."""

import math
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Scale:
    low: float
    high: float
    step: float
    is_log: bool = False  # whether equal steps are equal factors

    def share(self, value: float) -> float:
        """Returns how far along the axis a value stands, from 0 to 1."""
        low, high, at = self.low, self.high, value
        if self.is_log:
            low, high, at = math.log10(low), math.log10(high), math.log10(max(value, low))
        return (at - low) / ((high - low) or 1)

    @property
    def ticks(self) -> list[float]:
        if self.is_log:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            return [10.0**power for power in powers]
        count = int((self.high - self.low) / self.step + 1e-6)
        return [clean(self.low + index * self.step) for index in range(count + 1)]


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
        clean(math.floor(low / step + 1e-9) * step), clean(math.ceil(high / step - 1e-9) * step), step
    )


def is_skewed(values: list[float]) -> bool:
    """True if values differ by more than three powers of ten, and most of them are small."""
    if not values or min(values) <= 0:
        return False
    low, high = min(values), max(values)
    return high >= 1000 * low and high >= 10 * median(values)


def decades(values: list[float]) -> Scale:
    """Returns a logarithmic scale from one power of ten to another; all values are above zero."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return Scale(10.0**low, 10.0**high, 10.0, is_log=True)


def _step(rough: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(clean(nice * power) for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * 0.999)


def clean(number: float) -> float:
    """Without the dust of binary fractions: 0.30000000000000004 is 0.3."""
    return float(f"{number:.12g}")
