"""The number of pairs of values of two series that count as independent."""

import numpy as np

FEWEST = 3.0


def effective_pairs(pairs: list[tuple[float, float]]) -> float:
    """Returns the effective number of pairs of ranks, in the order of time; no series is constant.

    Two series that both swing back after each move (as the changes of any noisy series do) agree by
    accident more often than independent pairs. The formula is Bartlett's (1946), as Pyper and Peterman
    (1998) write it, with the first autocorrelation.
    """
    n = len(pairs)
    xs, ys = np.array(pairs).T
    both = _first_autocorrelation(xs) * _first_autocorrelation(ys)
    return max(FEWEST, n / max(1.0, 1 + 2 * (1 - 1 / n) * both))


def _first_autocorrelation(values: np.ndarray) -> float:
    centred = values - values.mean()
    return float(np.sum(centred[1:] * centred[:-1]) / np.sum(centred**2))
