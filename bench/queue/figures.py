"""What a measurement says: a figure, what was asked, what was found."""

import asyncio
import math
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
LOOK_SECONDS = 0.005


@dataclass(frozen=True)
class Figure:
    """`reached` is None if it could not be judged; `remark` says how, or where the time goes."""

    name: str
    asked: str
    measured: str
    reached: bool | None
    remark: str = ""


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank: one of the values, and the largest for few of them."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def spread(values: Sequence[float], unit: str) -> str:
    """Median, p99 and how many there were."""
    middle, worst = median(values), percentile(values, 99)
    return f"p50 {middle:.3g} {unit}, p99 {worst:.3g} {unit} (n={len(values)})"


async def until(
    found: Callable[[], Awaitable[T | None]],
    what: str,
    seconds: float = 30,
    every: float = LOOK_SECONDS,
) -> T:
    """Ask until the answer is neither None nor False; TimeoutError names `what` was waited for."""
    deadline = time.monotonic() + seconds
    while True:
        answer = await found()
        if answer is not None and answer is not False:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen within {seconds:g} s")
        await asyncio.sleep(every)
