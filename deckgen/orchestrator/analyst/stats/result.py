"""The result of a statistical test."""

from dataclasses import dataclass

LEVEL = 0.05  # how rarely chance may give what a deck tells as found


@dataclass(frozen=True)
class TestResult:
    """The result of one test; its p-value is corrected together with those of the whole deck."""

    name: str
    statistic: float
    p_value: float
    n: int
