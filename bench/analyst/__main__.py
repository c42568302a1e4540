"""`make bench-analyst`: all figures, or those of the PARTS that are named as arguments; QUICK=1 for the
short form. The page docs/benchmarks-analyst.md is renewed by a whole run only.
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.analyst import beside, jobs, report
from bench.analyst.code import Code, former_in
from bench.analyst.jobs import Took
from bench.analyst.report import Compared
from bench.analyst.rounds import PEER, Work, alternate
from bench.analyst.shapes import EVERYDAY, LARGE, MIDDLE, WIDE, Shape
from bench.queue.figures import Figure

MOST_SECONDS = {MIDDLE.name: 1.0, WIDE.name: 4.0, LARGE.name: 30.0}  # of profile and facts
MOST_TIMES, FASTER = 6, 10
QUICK_ROUNDS = 3
PARTS = ("job", "steps", "growth", "preview")


def run(folder: Path, parts: Sequence[str], *, quick: bool) -> None:
    former = former_in(folder)
    rounds = QUICK_ROUNDS if quick else MIDDLE.rounds
    shapes = (EVERYDAY, MIDDLE) if quick else (EVERYDAY, MIDDLE, WIDE, LARGE)
    figures: list[Figure] = []
    compared: list[Compared] = []
    took: dict[str, Took] = {}
    if "job" in parts:
        took = jobs.of_both(folder, former, shapes[1:3], rounds)
        figures.append(beside.of_job(took))
    if "steps" in parts:
        compared = [_compare(folder, shape, former, min(rounds, shape.rounds)) for shape in shapes]
        figures += beside.of_steps(compared)
    if "growth" in parts:
        figures.append(beside.of_growth(folder, QUICK_ROUNDS))
    if "preview" in parts:
        figures.append(beside.of_preview(folder, former, rounds))
    others = [one for one in compared if one.name in MOST_SECONDS]
    if others:
        figures += [*_asked(others), *_ratios(others)]
    report.show(figures, compared, took)
    if not quick and set(parts) == set(PARTS):
        report.write(figures, compared, took)


def _compare(folder: Path, shape: Shape, former: Code, rounds: int) -> Compared:
    began = time.monotonic()
    works = {"whole": Work("whole", shape.brief)} if shape is WIDE else beside.works(shape, former)
    if shape is not EVERYDAY:
        works |= {
            "floor": Work("floor"),
            "facts": Work("facts", shape.brief),
            PEER: Work(PEER),
        }
    found = alternate(works, shape.write(folder), rounds)
    sys.stderr.write(f"{shape.name}: {time.monotonic() - began:.0f} s\n")
    return Compared(shape.name, found)


def _asked(compared: Sequence[Compared]) -> list[Figure]:
    figures = []
    for one in compared:
        measured, most = one.measured("facts"), MOST_SECONDS[one.name]
        figures.append(
            Figure(
                f"{one.name}: profile and facts",
                f"<= {most:g} s",
                f"{measured.seconds:.2f} s ({measured.cpu:.2f} s of processors)",
                measured.seconds <= most,
                f"The step profile takes {measured.part:.2f} s of it.",
            )
        )
    return figures


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


def main(parts: list[str]) -> None:
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    with tempfile.TemporaryDirectory(prefix="deckgen-bench-") as parent:
        run(Path(parent), parts or PARTS, quick=bool(os.environ.get("QUICK")))


if __name__ == "__main__":
    main(sys.argv[1:])
