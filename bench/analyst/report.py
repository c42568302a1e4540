"""The tables: on the screen, and as docs/benchmarks-analyst.md."""

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bench.analyst.code import ROOT
from bench.analyst.jobs import BY_FORMER, EMPTY, Took
from bench.analyst.rounds import PEER, PEER_PYTHON, Measured, NotMeasuredError
from bench.analyst.shapes import DELAYS, PRICES, REVENUE
from bench.queue.figures import Figure
from bench.queue.report import ASKED, markdown, row

PAGE = ROOT / "docs" / "benchmarks-analyst.md"
HEAD = """# Benchmarks of the analyst

Written by `make bench-analyst`: the offline engine beside that of version 0.1.0, beside
ydata-profiling in its minimal mode, and beside a bare pass over the same file (DuckDB's own SUMMARIZE,
with as many threads as there are cores; the engine has one). All in one run on one machine, each
measurement in a process of its own that has imported everything and done a small table before. Rounds
alternate, medians are given, and a ratio is that of two medians. The machine is shared and noisy: trust
the ratios and the seconds of processors, and no difference below a fourth.

Each table has an everyday brief of two questions, the same for both versions, which 0.1.0 takes for
subjects to be searched: {briefs}. With an empty brief both search the whole table.

{machine}

"""
FORMER = """
## Beside version 0.1.0

All steps about one table, as seconds, in brackets those of processors; memory is the peak of the whole
process.

"""
BESIDE = """
## Beside ydata-profiling and the bare pass

Seconds, in brackets those of processors; memory is the peak of the whole process. The minimal report of
ydata-profiling describes each column; it finds no insights, and proves none. From the file to its JSON,
with pandas' reading of the file, which is named. The brief has two questions.

"""
JOBS = """
## A whole job

API, worker and orchestrator as processes, PostgreSQL and Valkey with durability on. From before the
POST until the status is completed; steps as the worker sees them, with all that goes over the network.
Each job is about rows of its own, because what was computed before is kept. Processors are those of
deckgen's own processes. Its steps have a lower priority than what answers requests, those of 0.1.0 have
not: on a machine that is busy with other things they wait for these.

"""
COLUMNS = (
    "table", "bare pass", "profile and facts", "all steps", PEER, "facts / bare pass",
    f"{PEER} / facts", "memory, all steps", f"memory, {PEER}",
)  # fmt: skip
VERSIONS = (
    "table", "all steps", f"all steps{BY_FORMER}", "ratio, of processors",
    "memory", f"memory{BY_FORMER}",
)  # fmt: skip
BOTH = ("", EMPTY)  # briefs
STEPS = ("profile", "facts", "draft", "assemble")


@dataclass(frozen=True)
class Compared:
    """A table, and what was measured of each kind of work; a text says why nothing was."""

    name: str
    found: dict[str, Measured | str]

    def measured(self, work: str) -> Measured:
        """What was measured; NotMeasuredError if nothing was."""
        found = self.found[work]
        if isinstance(found, str):
            raise NotMeasuredError(f"{self.name}, {work}: {found}")
        return found

    def seconds(self, work: str) -> float | None:
        measured = self.found.get(work, "")
        return None if isinstance(measured, str) else measured.seconds

    def ratio(self, work: str, other: str) -> float | None:
        one, two = self.seconds(work), self.seconds(other)
        return None if one is None or two is None else one / two


def show(figures: Sequence[Figure], compared: Sequence[Compared], jobs: dict[str, Took]) -> None:
    """Print the tables."""
    console = Console(width=180)
    for columns, rows in _tables(figures, compared, jobs):
        table = Table(*columns, show_lines=True)
        for cells in rows:
            table.add_row(*cells)
        console.print(table)


def write(figures: Sequence[Figure], compared: Sequence[Compared], jobs: dict[str, Took]) -> None:
    """Renew the page."""
    briefs = ", ".join(f"“{brief}”" for brief in (REVENUE, PRICES, DELAYS))
    heads = (HEAD.format(machine=_machine(), briefs=briefs), FORMER, BESIDE, JOBS)
    tables = _tables(figures, compared, jobs)
    remarks = [f"- {figure.name}: {figure.remark}" for figure in figures if figure.remark]
    parts = [head + markdown(*table) for head, table in zip(heads, tables, strict=True)]
    parts[0] += "\n" + "\n".join(remarks) + "\n"
    PAGE.write_text("".join(parts))


def _tables(
    figures: Sequence[Figure], compared: Sequence[Compared], jobs: dict[str, Took]
) -> list[tuple[Sequence[str], list[Sequence[str]]]]:
    asked: list[Sequence[str]] = [row(figure) for figure in figures]
    took: list[Sequence[str]] = [_job(name, job) for name, job in jobs.items()]
    return [
        (ASKED, asked),
        (
            VERSIONS,
            [_versions(one, brief) for one in compared if "former" in one.found for brief in BOTH],
        ),
        (COLUMNS, [_compared(one) for one in compared if PEER in one.found]),
        (("table", "whole job", "of processors", "POST", *STEPS), took),
    ]


def _versions(one: Compared, brief: str) -> Sequence[str]:
    own, others = one.measured(f"whole{brief}"), one.measured(f"former{brief}")
    return (
        one.name + brief,
        _seconds(own),
        _seconds(others),
        f"{own.cpu / others.cpu:.2f} x",
        _memory(own),
        _memory(others),
    )


def _compared(one: Compared) -> Sequence[str]:
    return (
        one.name,
        *(_seconds(one.found[work]) for work in ("floor", "facts", "whole")),
        _seconds(one.found[PEER], reading=True),
        _times(one.ratio("facts", "floor")),
        _times(one.ratio(PEER, "facts")),
        _memory(one.found["whole"]),
        _memory(one.found[PEER]),
    )


def _seconds(measured: Measured | str, *, reading: bool = False) -> str:
    if isinstance(measured, str):
        return measured
    read = f", {measured.part:.2f} of it reading" if reading else ""
    return f"{measured.seconds:.2f} ({measured.cpu:.2f}){read}"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.1f} x"


def _memory(measured: Measured | str) -> str:
    return "" if isinstance(measured, str) else f"{measured.peak / 1e6:,.0f} MB"


def _job(name: str, took: Took) -> Sequence[str]:
    return (
        name,
        *(f"{seconds:.2f}" for seconds in (took.job, took.cpu, took.post, *map(took.steps.get, STEPS))),
    )


def _machine() -> str:
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("duckdb", "scipy")]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}, {', '.join(versions)}, {PEER} {_peer_version()}."
    )


def _peer_version() -> str:
    asked = f"import importlib.metadata as m; print(m.version({PEER!r}))"
    done = subprocess.run([PEER_PYTHON, "-c", asked], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "is missing"
