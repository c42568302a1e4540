"""How much longer a regular expression takes for a longer text, at worst.

Python's engine goes back: an unbounded repeat that shares characters with what follows it, or with
which a searched pattern begins, takes the square of the time or worse. What does so is found by trying:
texts are made of the pattern's own parts (something that leads to a repeat, what is repeated many times
over, an end that does not fit), the slowest ones are run at two lengths, and the times are compared.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tests.pattern_attacks import Attack, attacks
from tests.patterns import Use

LOOK, SHORT, LONG = 300, 800, 6_400  # characters
SLOW, SLOWEST, REPEATS, CPU_SECONDS = 40, 3, 3, 15.0
MOST_TIMES = 3 * LONG / SHORT  # linear is LONG / SHORT, quadratic the square of it


class TooSlowError(Exception):
    """A text of a few hundred characters takes longer than any linear pattern can."""


def worst(use: Use, cpu_seconds: float = CPU_SECONDS) -> tuple[float, Attack]:
    """How many times as long the slowest text takes when it is LONG instead of SHORT."""
    with _bounded(use, cpu_seconds):
        # What else the machine does only adds to a time: no slow text falls behind at the first look.
        looked = sorted(attacks(use.pattern), key=lambda one: -_once(use, one.text(LOOK)))
        tried = sorted(looked[:SLOW], key=lambda one: -_least(use, one.text(LOOK)))
        return max(((_times(use, one), one) for one in tried[:SLOWEST]), key=lambda found: found[0])


def _times(use: Use, attack: Attack) -> float:
    """The least of several times each: whatever else the machine does only adds to them."""
    short, long = attack.text(SHORT), attack.text(LONG)
    often = max(1, int(3e-4 / max(_once(use, short), 1e-7)))
    pairs = [(_once(use, short, often), _once(use, long, max(1, often // 8))) for _ in range(REPEATS)]
    return min(long for _, long in pairs) / min(short for short, _ in pairs)


def _least(use: Use, text: str) -> float:
    return min(_once(use, text) for _ in range(REPEATS))


def _once(use: Use, text: str, often: int = 1) -> float:
    """Seconds of CPU for looking at the text once."""
    run, said = _runner(use), text if isinstance(use.pattern.pattern, str) else text.encode("utf-8")
    began = time.thread_time()
    for _ in range(often):
        run(said)
    return (time.thread_time() - began) / often


def _runner(use: Use) -> Callable[[Any], Any]:
    if use.method == "search":
        return lambda text: sum(1 for _ in use.pattern.finditer(text))
    return use.pattern.fullmatch if use.method == "fullmatch" else use.pattern.match


@contextmanager
def _bounded(use: Use, cpu_seconds: float) -> Iterator[None]:
    """Ends what is exponential: the engine looks for signals while it matches."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError(use.place)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
