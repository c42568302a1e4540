"""`make bench-queue`: all figures, or those that are named as arguments; QUICK=1 for the short form.

The page docs/benchmarks.md is renewed by a whole run only.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop

from bench.queue import (
    access,
    backlog,
    cancel,
    crash,
    drain,
    fairness,
    finding,
    idle,
    pickup,
    posts,
    report,
    sessions,
    steps,
)
from bench.queue.contestants import missing_node
from bench.queue.figures import Figure
from bench.queue.ground import Ground, ground

# Seconds after which a figure is given up.
LIMITS = {"sessions": 420, "crash": 180, "finding": 900}
LIMIT = 150
MODULES = (
    sessions,
    pickup,
    crash,
    drain,
    cancel,
    steps,
    posts,
    access,
    backlog,
    fairness,
    finding,
    idle,
)
FIGURES: dict[str, Callable[[Ground], Awaitable[Any]]] = {
    module.__name__.rpartition(".")[2]: module.measure for module in MODULES
}


async def run(on: Ground, names: list[str]) -> None:
    figures: list[Figure] = []
    beside: dict[str, dict[str, Any]] = {"sessions": {}, "crash": {}}
    for name in names:
        began = time.monotonic()
        found = await _bounded(on, name)
        if isinstance(found, tuple):
            found, beside[name] = found
        figures += found
        sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")
    peers = report.rows_of_peers(beside["sessions"], beside["crash"])
    report.show(figures, peers)
    if not on.quick and len(names) == len(FIGURES):
        await report.write(on, figures, peers)


async def _bounded(on: Ground, name: str) -> Any:
    """A figure that fails or takes too long does not keep the others from being measured."""
    try:
        async with asyncio.timeout(LIMITS.get(name, LIMIT)):
            return await FIGURES[name](on)
    except Exception as error:
        return [Figure(name, "", f"could not be measured: {error!r}", None)]


def main(names: list[str]) -> None:
    if unknown := set(names) - set(FIGURES):
        sys.exit(f"There is no figure {', '.join(unknown)}; there are {', '.join(FIGURES)}.")
    with ground(quick=bool(os.environ.get("QUICK"))) as on:
        missing_node()  # fetches packages, if need be, before anything is measured
        uvloop.run(run(on, names or list(FIGURES)))


if __name__ == "__main__":
    main(sys.argv[1:])
