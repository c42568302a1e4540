"""The figures beside version 0.1.0, for a brief of two questions and for an empty one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.analyst.code import Code
from bench.analyst.jobs import BY_FORMER, EMPTY, Took
from bench.analyst.report import Compared
from bench.analyst.rounds import Work, alternate
from bench.analyst.shapes import EVERYDAY, GROWTH, LARGE, MIDDLE, Shape
from bench.queue.figures import Figure

# What the works and jobs about a brief are called, and what the figures say of it.
BRIEFS = {"": "with questions", EMPTY: "with an empty brief"}
MOST_JOB, MOST_PREVIEW, MOST_BYTES = 1.3, 1.0, 2e9
MOST_STEPS = {EVERYDAY.name: 1.0, LARGE.name: 1.2}
LINEAR = 1.1  # what noise may add


def works(shape: Shape, former: Code) -> dict[str, Work]:
    """All steps by both codes, about both briefs."""
    return {
        "whole": Work("whole", shape.brief),
        "former": Work("whole", shape.brief, former),
        f"whole{EMPTY}": Work("whole"),
        f"former{EMPTY}": Work("whole", code=former),
    }


def of_job(found: Mapping[str, Took]) -> Figure:
    """A whole job over HTTP, about the middle table."""
    own = {f"whole{brief}": found[MIDDLE.name + brief] for brief in BRIEFS}
    both = own | {f"former{brief}": found[MIDDLE.name + brief + BY_FORMER] for brief in BRIEFS}
    figure = _figure(f"{MIDDLE.name}: a whole job", MOST_JOB, {name: both[name].job for name in both})
    of_cpu = _figure("", MOST_JOB, {name: both[name].cpu for name in both})
    return replace(figure, remark=f"Of processors {of_cpu.measured}.")


def of_steps(compared: Sequence[Compared]) -> list[Figure]:
    """All steps about the smallest and the largest table, by the processor time that they take."""
    figures = []
    for one in compared:
        if one.name in MOST_STEPS:
            names = [f"{work}{brief}" for work in ("whole", "former") for brief in BRIEFS]
            peak = max(one.measured(f"whole{brief}").peak for brief in BRIEFS)
            figures.append(
                _figure(
                    f"{one.name}: all steps, of processors",
                    MOST_STEPS[one.name],
                    {name: one.measured(name).cpu for name in names},
                    peak if one.name == LARGE.name else None,
                )
            )
    return figures


def of_preview(folder: Path, former: Code, rounds: int) -> Figure:
    """A preview, which 0.1.0 has not, beside its step that reads a table and describes the columns."""
    works = {"whole": Work("preview"), "former": Work("profile", code=former)}
    found = Compared("", alternate(works, MIDDLE.write(folder), rounds))
    own, others = found.measured("whole").cpu, found.measured("former").cpu
    return Figure(
        f"{MIDDLE.name}: a preview, of processors",
        f"<= {MOST_PREVIEW:g} x the step profile of 0.1.0",
        f"{own / others:.2f} x ({own:.2f} s beside {others:.2f} s)",
        own <= MOST_PREVIEW * others,
    )


def of_growth(folder: Path, rounds: int) -> Figure:
    """From the smallest to the largest table: each step is to cost no more than the rows it adds."""
    work = {"whole": Work("whole", MIDDLE.brief)}
    paths = [MIDDLE.write(folder, rows) for rows in GROWTH]
    cpu = [Compared("", alternate(work, path, rounds)).measured("whole").cpu for path in paths]
    more_rows, more_time = GROWTH[-1] / GROWTH[0], cpu[-1] / cpu[0]
    said = ", ".join(f"{rows:,}: {seconds:.2f}" for rows, seconds in zip(GROWTH, cpu, strict=True))
    return Figure(
        "growth with rows, all steps",
        "no worse than linear",
        f"{more_time:.1f} x the time for {more_rows:.0f} x the rows",
        more_time <= LINEAR * more_rows,
        f"Seconds of processors by rows: {said}.",
    )


def _figure(name: str, most: float, seconds: Mapping[str, float], peak: int | None = None) -> Figure:
    """Seconds of both codes about both briefs, as ratios; each has to be reached, and so has memory."""
    said, reached = [], peak is None or peak <= MOST_BYTES
    for brief, words in BRIEFS.items():
        own, others = seconds[f"whole{brief}"], seconds[f"former{brief}"]
        said.append(f"{own / others:.2f} x {words} ({own:.2f} s beside {others:.2f} s)")
        reached = reached and own <= most * others
    asked = f"<= {most:g} x 0.1.0" + (f", <= {MOST_BYTES / 1e9:g} GB" if peak else "")
    memory = f", {peak / 1e9:.2f} GB" if peak else ""
    return Figure(name, asked, ", ".join(said) + memory, reached)
