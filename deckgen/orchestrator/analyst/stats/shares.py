"""The chi-square test of shares: whether groups differ by more than chance gives."""

from scipy.special import chdtrc

from deckgen.orchestrator.analyst.stats.result import TestResult


def p_of_shares(groups: list[tuple[float, float]]) -> float | None:
    """Returns the p-value of groups, each with hits and size, against one common share (Pearson).

    None where the test would not hold: fewer than two groups, one common value, or too few rows for
    the hits that a group should have.
    """
    hits, size = (sum(each[place] for each in groups) for place in (0, 1))
    if len(groups) < 2 or hits in (0, size):
        return None
    share = hits / size
    expected = [part * each for _, each in groups for part in (share, 1 - share)]
    if min(expected) < 1:
        return None
    seen = [part for hit, each in groups for part in (hit, each - hit)]
    statistic = sum((one - two) ** 2 / two for one, two in zip(seen, expected, strict=True))
    return float(chdtrc(len(groups) - 1, statistic))


def p_of_rates(groups: list[tuple[float, float]]) -> float | None:
    """Returns the p-value of groups, each with events and exposure, against one common rate.

    None where the test would not hold: fewer than two groups, or less than one event to be expected.
    """
    events, exposure = (sum(each[place] for each in groups) for place in (0, 1))
    if len(groups) < 2 or not exposure:
        return None
    expected = [events * each / exposure for _, each in groups]
    if min(expected) < 1:
        return None
    statistic = sum((seen - want) ** 2 / want for (seen, _), want in zip(groups, expected, strict=True))
    return float(chdtrc(len(groups) - 1, statistic))


def of_sums(groups: list[tuple[float, float]], rows: int) -> TestResult | None:
    """Returns the test of groups, each with the sum of its rows' values and of their squares, against
    rows that fall into any of them alike (a compound Poisson law).

    None where the test would not hold: fewer than two groups, or nothing in them.
    """
    whole, squares = (sum(each[place] for each in groups) for place in (0, 1))
    if len(groups) < 2 or not squares:
        return None
    even, variance = whole / len(groups), squares / len(groups)
    statistic = sum((total - even) ** 2 for total, _ in groups) / variance
    p_value = float(chdtrc(len(groups) - 1, statistic))
    return TestResult("Chi-square of sums", statistic, p_value, rows)
