"""Measurements in processes of their own, in turn."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "examples" / "newspaper_revenue.csv"
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER = "ydata-profiling"
LIMIT = 420  # seconds after which a process is given up


@dataclass(frozen=True)
class Measured:
    """Seconds, those of the processors, those of a part of the work (the module says which), and the
    peak of memory in bytes.
    """

    seconds: float
    cpu: float
    part: float
    peak: int


class NotMeasuredError(Exception):
    """The message says why."""


def measure(work: str, path: Path) -> Measured:
    """One process that does the work."""
    engine = [sys.executable, "-m", "bench.analyst.engine", work]
    command = [str(PEER_PYTHON), "-m", "bench.analyst.peer"] if work == PEER else engine
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(
            [*command, str(SMALL), str(path)],
            env=environment,
            capture_output=True,
            check=False,
            text=True,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise NotMeasuredError(f"more than {LIMIT} s") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise NotMeasuredError(said[-1])
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def alternate(works: Sequence[str], path: Path, rounds: int) -> dict[str, Measured | str]:
    """The median of each kind of work, or why there is none; rounds go through all of them in turn."""
    found: dict[str, list[Measured]] = {work: [] for work in works}
    failed: dict[str, str] = {}
    for _ in range(rounds):
        for work in works:
            if work not in failed:
                try:
                    found[work].append(measure(work, path))
                except NotMeasuredError as error:
                    failed[work] = str(error)
    return {work: failed.get(work) or median(found[work]) for work in works}


def median(measured: Sequence[Measured]) -> Measured:
    return Measured(
        seconds=statistics.median(one.seconds for one in measured),
        cpu=statistics.median(one.cpu for one in measured),
        part=statistics.median(one.part for one in measured),
        peak=max(one.peak for one in measured),
    )
