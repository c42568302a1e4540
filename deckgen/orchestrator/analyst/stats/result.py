"""The result of a statistical test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TestResult:
    """The result of one test; its p-value is corrected together with those of the whole deck."""

    name: str
    statistic: float
    p_value: float
    n: int
