"""Tables as CSV that were damaged on the way, after the kinds of the Pollock benchmark: one file each
by a seed, with what its measures add up to, worked out from the values and not from the text.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from tests import damaged_layouts, damaged_lines
from tests.damaged_sheets import Sheet, sheet

Kind = Callable[[Sheet], bytes]


@dataclass(frozen=True)
class Damaged:
    """A damaged file. `sums` are right for a reader by name, each of them alone if `either` (two tables
    of which one may be read); `lines` are the numbers of the lines that are damaged.
    """

    kind: str
    seed: int
    content: bytes
    sums: dict[str, float]
    lines: set[int]
    either: bool = False


def _kinds(module: ModuleType) -> dict[str, Kind]:
    return {
        name: kind
        for name, kind in vars(module).items()
        if callable(kind) and getattr(kind, "__module__", "") == module.__name__
    }


KINDS: dict[str, Kind] = _kinds(damaged_lines) | _kinds(damaged_layouts)


def damaged_tables(count: int, seed: int = 0) -> Iterator[Damaged]:
    """So many files, the kinds in turn; each is the same for its seed."""
    for number in range(count):
        name = list(KINDS)[number % len(KINDS)]
        yield damaged_table(name, seed * 100_000 + number)


def damaged_table(kind: str, seed: int) -> Damaged:
    made = sheet(random.Random(seed))
    content = KINDS[kind](made)
    sums, either = made.sums(), kind == "two_tables"
    if kind == "no_header":
        width = made.lines[0].count(",") + 1
        sums = {"column 3": sums["amount"]} if width == 3 else {
            "column 4": sums["units"], "column 5": sums["amount"]
        }  # fmt: skip
    if either:
        rows = [line.split(",") for line in made.lines]
        other = [int(row[2]) for row in rows if row[0].startswith("p") and row[0][1:].isdigit()]
        sums["visitors"] = sum(other)
    return Damaged(kind, seed, content, sums, made.damaged, either)
