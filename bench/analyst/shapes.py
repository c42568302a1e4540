"""The tables that are measured, each with an everyday brief of two questions."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.analyst import tables
from bench.analyst.rounds import SMALL

PRICES = "How did the price develop, and which category has the highest price?"
DELAYS = "How did the departure delay develop, and which carrier has the longest?"
REVENUE = "How did revenue develop, and how is it related to population?"


@dataclass(frozen=True)
class Shape:
    """A table by its query, or the example without one, and the rounds in which it is measured."""

    name: str
    query: Callable[[int], str] | None
    rows: int
    rounds: int
    brief: str

    def write(self, folder: Path, rows: int | None = None) -> Path:
        """The table in a new file, perhaps with other rows."""
        path = folder / f"table-{next(_numbers)}.csv"
        if self.query is None:
            return Path(shutil.copy(SMALL, path))
        return tables.write(path, self.query, rows or self.rows)


_numbers = itertools.count()
EVERYDAY = Shape("65 x 8", None, 65, 5, REVENUE)
MIDDLE = Shape("50,000 x 7", tables.orders, 50_000, 5, PRICES)
WIDE = Shape("340,000 x 19", tables.flights, 340_000, 3, DELAYS)
LARGE = Shape("5,000,000 x 7", tables.orders, 5_000_000, 2, PRICES)
GROWTH = (50_000, 100_000, 200_000, 400_000)  # rows
