"""What every statistical test gives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Test:
    """One statistical test; its p-value is corrected together with those of the whole deck."""

    name: str
    statistic: float
    p_value: float
    n: int
