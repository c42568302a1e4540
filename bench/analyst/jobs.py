"""Whole jobs by both codes in turn, each with a stack of its own."""

import json
import statistics
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.analyst.code import OWN, Code
from bench.analyst.shapes import EVERYDAY, Shape

JOB = Path(__file__).with_name("job.py")
BY_FORMER, EMPTY = " by 0.1.0", ", empty brief"


@dataclass(frozen=True)
class Took:
    """Seconds of the job, those of processors, of its POST, and of each step as the worker sees it."""

    job: float
    cpu: float
    post: float
    steps: dict[str, float]


class Stacked:
    """A stack of a code, which does one job after the other; an error if it ends."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answer()

    def take(self, table: Path, brief: str) -> Took:
        """Have a deck made."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([str(table), brief]) + "\n")
        self._process.stdin.flush()
        return Took(**self._answer())

    def _answer(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())


@contextmanager
def stacked(code: Code) -> Iterator[Stacked]:
    """Run a stack of a code; it ends with the block."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(code.command(JOB), env=code.environment, **pipes) as process:
        yield Stacked(process)
        assert process.stdin
        process.stdin.close()


def of_both(folder: Path, former: Code, shapes: Sequence[Shape], rounds: int) -> dict[str, Took]:
    """The first job of each stack, and medians of jobs about each shape, with questions and without."""
    found: defaultdict[str, list[Took]] = defaultdict(list)
    with stacked(OWN) as own, stacked(former) as others:

        def take(name: str, table: Path, brief: str) -> None:
            found[name].append(own.take(table, brief))
            found[name + BY_FORMER].append(others.take(table, brief))

        take("the first one after a start, 65 x 8", EVERYDAY.write(folder), EVERYDAY.brief)
        for number in range(rounds):
            for shape in (each for each in shapes if number < each.rounds):
                # Each time there are other rows, because what was computed before is kept.
                take(shape.name, shape.write(folder, shape.rows + 2 * number), shape.brief)
                take(shape.name + EMPTY, shape.write(folder, shape.rows + 2 * number + 1), "")
    return {name: _median(runs) for name, runs in found.items()}


def _median(runs: Sequence[Took]) -> Took:
    return Took(
        statistics.median(run.job for run in runs),
        statistics.median(run.cpu for run in runs),
        statistics.median(run.post for run in runs),
        {step: statistics.median(run.steps[step] for run in runs) for step in runs[0].steps},
    )
