"""Measurements in processes of their own, in turn."""

import json
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.analyst.code import OWN, ROOT, Code

SMALL = ROOT / "examples" / "newspaper_revenue.csv"
ENGINE = Path(__file__).with_name("engine.py")
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER = "ydata-profiling"
LIMIT = 420  # seconds after which a process is given up


@dataclass(frozen=True)
class Work:
    """What is done, about which brief and by which code: one of those of engine.py, or PEER."""

    kind: str
    brief: str = ""
    code: Code = OWN

    def command(self, path: Path) -> list[str]:
        if self.kind == PEER:
            return [str(PEER_PYTHON), "-m", "bench.analyst.peer", str(SMALL), str(path)]
        return self.code.command(ENGINE, self.kind, str(SMALL), str(path), self.brief)


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


def measure(work: Work, path: Path) -> Measured:
    """One process that does the work."""
    try:
        done = subprocess.run(
            work.command(path),
            env=work.code.environment,
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


def alternate(works: Mapping[str, Work], path: Path, rounds: int) -> dict[str, Measured | str]:
    """The median of each work by its name, or why there is none; rounds go through all in turn."""
    found: dict[str, list[Measured]] = {name: [] for name in works}
    failed: dict[str, str] = {}
    for _ in range(rounds):
        for name, work in works.items():
            if name not in failed:
                try:
                    found[name].append(measure(work, path))
                except NotMeasuredError as error:
                    failed[name] = str(error)
    return {name: failed.get(name) or median(found[name]) for name in works}


def median(measured: Sequence[Measured]) -> Measured:
    return Measured(
        seconds=statistics.median(one.seconds for one in measured),
        cpu=statistics.median(one.cpu for one in measured),
        part=statistics.median(one.part for one in measured),
        peak=max(one.peak for one in measured),
    )
