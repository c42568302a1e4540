"""A series without what repeats in each cycle, if that explains much of what moves in it."""

import statistics
from collections.abc import Sequence

SEASONAL = 0.3  # of the variance around the running mean


def without_season(values: Sequence[float], cycle: int) -> list[float]:
    """Returns the values less the usual effect of their place in a cycle of so many periods.

    They stay as they are if there are fewer than two cycles, or if the places explain little.
    """
    if cycle < 2 or len(values) < 2 * cycle + 1:
        return list(values)
    half = cycle // 2
    off: dict[int, list[float]] = {}
    for index in range(half, len(values) - half):
        window = values[index - half : index + half + 1]
        ends = (window[0] + window[-1]) / 2 if cycle % 2 == 0 else 0.0
        off.setdefault(index % cycle, []).append(values[index] - (sum(window) - ends) / cycle)
    usual = {place: statistics.median(group) for place, group in off.items()}
    if len(usual) < cycle or _explained(off, usual) < SEASONAL:
        return list(values)
    return [value - usual[index % cycle] for index, value in enumerate(values)]


def _explained(off: dict[int, list[float]], usual: dict[int, float]) -> float:
    """Returns the adjusted R squared of the places."""
    values = [value for group in off.values() for value in group]
    # Squares of huge numbers have no place in a float.
    scale = max(abs(value) for value in values) or 1.0
    off = {place: [value / scale for value in group] for place, group in off.items()}
    usual = {place: value / scale for place, value in usual.items()}
    values = [value / scale for value in values]
    mean, n, k = statistics.fmean(values), len(values), len(usual)
    total = sum((value - mean) ** 2 for value in values)
    if total == 0 or n <= k:
        return 0.0
    rest = sum((value - usual[place]) ** 2 for place, group in off.items() for value in group)
    return 1 - (rest / (n - k)) / (total / (n - 1))
