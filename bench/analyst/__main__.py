"""`make bench-analyst`: all figures; QUICK=1 for the short form, which does not renew the page."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.analyst import report, tables
from bench.analyst.job import Took, jobs
from bench.analyst.report import Compared
from bench.analyst.rounds import PEER, SMALL, Measured, NotMeasuredError, alternate
from bench.queue.figures import Figure

WORKS = ("floor", "facts", "whole", PEER)
GROWTH = (50_000, 100_000, 200_000, 400_000)
LINEAR = 1.1  # what noise may add
SHAPES: dict[str, tuple[Callable[[int], str], int, int]] = {
    # name: query, rows, rounds
    "50,000 x 7": (tables.orders, 50_000, 5),
    "340,000 x 19": (tables.flights, 340_000, 3),
    "5,000,000 x 7": (tables.orders, 5_000_000, 1),
}
MOST_SECONDS = {"50,000 x 7": 1.0, "340,000 x 19": 4.0, "5,000,000 x 7": 30.0}
MOST_BYTES, MOST_JOB, MOST_TIMES, FASTER = 2e9, 2.0, 6, 10


def run(folder: Path, *, quick: bool) -> None:
    names = list(SHAPES)[: 2 if quick else 3]
    compared = [_compare(folder, name, quick=quick) for name in names]
    growth = _growth(folder, 1 if quick else 3)
    paths = [folder / f"{name}.csv" for name in names[:2]]
    first, others = jobs(SMALL, paths, 1 if quick else 3)
    took = {"the first one after a start, 66 x 8": first} | dict(zip(names, others, strict=False))
    figures = [*_asked(compared), *_job(took), growth, *_ratios(compared)]
    report.show(figures, compared, took)
    if not quick:
        report.write(figures, compared, took)


def _compare(folder: Path, name: str, *, quick: bool) -> Compared:
    query, rows, rounds = SHAPES[name]
    began = time.monotonic()
    path = tables.write(folder / f"{name}.csv", query, rows)
    found = alternate(WORKS, path, 1 if quick else rounds)
    sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")
    return Compared(name, found)


def _growth(folder: Path, rounds: int) -> Figure:
    """From the smallest to the largest table: each step is to cost no more than the rows it adds."""
    paths = [tables.write(folder / f"{rows}.csv", tables.orders, rows) for rows in GROWTH]
    found = [alternate(["facts"], path, rounds)["facts"] for path in paths]
    if not all(isinstance(one, Measured) for one in found):
        raise NotMeasuredError(f"growth: {found}")
    cpu = [one.cpu for one in found if isinstance(one, Measured)]
    more_rows, more_time = GROWTH[-1] / GROWTH[0], cpu[-1] / cpu[0]
    said = ", ".join(f"{rows:,}: {seconds:.2f}" for rows, seconds in zip(GROWTH, cpu, strict=True))
    return Figure(
        "growth with rows, profile and facts",
        "no worse than linear",
        f"{more_time:.1f} x the time for {more_rows:.0f} x the rows",
        more_time <= LINEAR * more_rows,
        f"Seconds of processors by rows: {said}.",
    )


def _asked(compared: Sequence[Compared]) -> list[Figure]:
    figures = []
    for one in compared:
        measured, most = one.found["facts"], MOST_SECONDS[one.name]
        if isinstance(measured, str):
            figures.append(Figure(f"{one.name}: profile and facts", f"<= {most:g} s", measured, False))
            continue
        asked, reached = f"<= {most:g} s", measured.seconds <= most
        said = f"{measured.seconds:.2f} s ({measured.cpu:.2f} s of processors)"
        if most == max(MOST_SECONDS.values()):
            asked, reached = f"{asked}, <= 2 GB", reached and measured.peak <= MOST_BYTES
            said += f", {measured.peak / 1e9:.2f} GB"
        remark = f"The step profile takes {measured.part:.2f} s of it."
        figures.append(Figure(f"{one.name}: profile and facts", asked, said, reached, remark))
    return figures


def _job(took: dict[str, Took]) -> list[Figure]:
    name = next(iter(SHAPES))
    seconds = took[name].job
    asked = f"<= {MOST_JOB:g} s"
    return [Figure(f"{name}: a whole job", asked, f"{seconds:.2f} s", seconds <= MOST_JOB)]


def _ratios(compared: Sequence[Compared]) -> list[Figure]:
    floor = [(one.name, one.ratio("facts", "floor")) for one in compared]
    peer = [(one.name, one.ratio(PEER, "facts")) for one in compared]
    return [
        _ratio("profile and facts beside the bare pass", f"<= {MOST_TIMES} x", floor, most=MOST_TIMES),
        _ratio(f"profile and facts beside {PEER}", f">= {FASTER} x as fast", peer, least=FASTER),
    ]


def _ratio(
    name: str,
    asked: str,
    ratios: Sequence[tuple[str, float | None]],
    *,
    most: float = float("inf"),
    least: float = 0.0,
) -> Figure:
    said = ", ".join(
        f"{table}: {'-' if ratio is None else f'{ratio:.1f} x'}" for table, ratio in ratios
    )
    reached = all(ratio is not None and least <= ratio <= most for _, ratio in ratios)
    return Figure(name, asked, said, reached)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="deckgen-bench-") as parent:
        run(Path(parent), quick=bool(os.environ.get("QUICK")))
