"""`python -m bench.first_minutes`: `make demo` of a fresh clone, beside that of version 0.1.0.

Both are cloned anew for each round and take turns; what pip and uv keep of packages stays. One round
that is not counted fills it, unless the form is the short one.
"""

import os
import platform
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from bench.queue.figures import Figure, median
from bench.queue.ground import ROOT
from bench.queue.report import ASKED, markdown, row
from deckgen.dev.screen import Screen

PAGE = ROOT / "docs" / "benchmarks-first-minutes.md"
HEAD = """# The first minutes

Written by `make bench-demo`: `make demo` of a fresh clone beside that of version 0.1.0. Both take
turns, with a warm cache of packages. A ratio is that of two medians. The machine is shared and noisy.

{machine}, {rounds} rounds, {when:%Y-%m-%d}

"""
FORMER = "d834bc7"  # the commit of version 0.1.0, by the changelog
ROUNDS, QUICK_ROUNDS = 5, 3
STARTS = "Starting PostgreSQL"  # what both say when they begin to start everything


@dataclass(frozen=True)
class Demo:
    """Seconds: of the whole command, from the start of the stack to the last file of the deck, again,
    until the first words, and of processors by the whole command."""

    whole: float
    to_deck: float
    again: float
    first_words: float
    processor: float


def main() -> None:
    is_quick = bool(os.environ.get("QUICK"))
    rounds = QUICK_ROUNDS if is_quick else ROUNDS + 1
    commits = {"former": FORMER, "now": "HEAD"}
    found: dict[str, list[Demo]] = {name: [] for name in commits}
    with tempfile.TemporaryDirectory(prefix="first-minutes-") as folder:
        for turn, (name, commit) in product(range(rounds), commits.items()):
            one = measured(Path(folder, f"{name}-{turn}"), commit)
            Screen(highlight=False, soft_wrap=True).print(f"{name} {one}")
            if turn or is_quick:
                found[name].append(one)
    measured_now = figures(found["former"], found["now"])
    table = markdown(ASKED, [row(one) for one in measured_now])
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    PAGE.write_text(
        HEAD.format(machine=machine, rounds=len(found["now"]), when=datetime.now(UTC)) + table
    )
    for line in table.splitlines():
        Screen(highlight=False, soft_wrap=True).print(line)


def measured(clone: Path, commit: str) -> Demo:
    """Clone it and run its demo twice."""
    run(ROOT, "git", "clone", "--quiet", str(ROOT), str(clone))
    run(clone, "git", "checkout", "--quiet", commit)
    before, began = processor_seconds(), time.monotonic()
    to_deck = demo(clone)
    whole, processor = time.monotonic() - began, processor_seconds() - before
    again = demo(clone)
    return Demo(whole, to_deck, again, until_first_words(clone), processor)


def run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, check=True)


def demo(clone: Path) -> float:
    """Run it; returns the seconds from its start of the stack to the last file that it wrote."""
    began = None
    with subprocess.Popen(
        ["make", "demo"], cwd=clone, env=environment(), stdout=subprocess.PIPE, text=True
    ) as made:
        assert made.stdout
        for line in made.stdout:
            if line.startswith(STARTS):
                began = time.time()
    assert made.returncode == 0, "a demo failed"
    assert began, "a demo says when it starts"
    return max(path.stat().st_mtime for path in (clone / "out").glob("deck.*")) - began


def environment() -> dict[str, str]:
    """Without what a Python is told of this machine: usual is that it keeps what it compiles."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def until_first_words(clone: Path) -> float:
    """Of the demo in an environment that is there already; it is ended then."""
    began = time.monotonic()
    command = [str(clone / ".venv/bin/python"), "-m", "deckgen.dev.demo"]
    with subprocess.Popen(
        command, cwd=clone, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as demo:
        assert demo.stdout
        demo.stdout.readline()
        took = time.monotonic() - began
        demo.terminate()
    return took


def processor_seconds() -> float:
    """Of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def figures(former: list[Demo], now: list[Demo]) -> list[Figure]:
    asked: dict[str, tuple[str, float | None]] = {
        "whole": ("`make demo` of a fresh clone", 0.45),
        "to_deck": ("its stack to deck", 0.6),
        "again": ("stack to deck, again", None),
        "first_words": ("until the first words", None),
        "processor": ("processor time of `make demo`", None),
    }
    return [
        ratio(
            name,
            most,
            [getattr(each, field) for each in former],
            [getattr(each, field) for each in now],
        )
        for field, (name, most) in asked.items()
    ]


def ratio(name: str, most: float | None, formers: list[float], nows: list[float]) -> Figure:
    former, now = median(formers), median(nows)
    asked = "" if most is None else f"≤ {most:g} of 0.1.0's"
    reached = None if most is None else now / former <= most
    return Figure(name, asked, f"{now / former:.2f} ({now:.2f} s beside {former:.2f} s)", reached)


if __name__ == "__main__":
    main()
