"""A table on its way into a file of text, whose lines can be damaged one by one."""

import random
from dataclasses import dataclass, field

NAMES = ("date", "region", "product", "units", "amount")
REGIONS, _PRODUCTS = ("North", "South", "East", "West"), ("lamp", "chair", "table", "shelf")
UNITS, AMOUNT = 3, 4
Row = list[str]


@dataclass
class Sheet:
    """A table on its way into a file: `lines` are its text, the header first."""

    rng: random.Random
    rows: list[Row]
    separator: str = ","
    lines: list[str] = field(default_factory=list)
    damaged: set[int] = field(default_factory=set)

    def write(self, quote: bool = False) -> None:
        mark = '"' if quote else ""
        self.lines = [
            self.separator.join(
                f"{mark}{cell}{mark}" if n in (1, 2) else cell for n, cell in enumerate(row)
            )
            for row in [list(NAMES), *self.rows]
        ]

    def some(self, most: int = 3) -> list[int]:
        """Places of a few rows, none of the first or the last ones."""
        return sorted(self.rng.sample(range(2, len(self.rows) - 2), self.rng.randint(1, most)))

    def damage(self, row: int, line: str, above: int = 1) -> None:
        self.lines[row + 1] = line
        self.damaged.add(row + 1 + above)

    def sums(self) -> dict[str, float]:
        return {name: total(self.rows, n) for n, name in ((UNITS, "units"), (AMOUNT, "amount"))}

    def text(self, end: str = "\n") -> bytes:
        return (end.join(self.lines) + end).encode()


def total(rows: list[Row], column: int) -> float:
    return sum(float(row[column]) for row in rows if row[column])


def sheet(rng: random.Random, separator: str = ",") -> Sheet:
    rows = []
    for n in range(rng.randint(24, 60)):
        amount = f"{rng.uniform(1, 900):.2f}"
        region, product = rng.choice(REGIONS), rng.choice(_PRODUCTS)
        rows.append(
            [f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", region, product, str(rng.randint(1, 90)), amount]
        )
    made = Sheet(rng, rows, separator)
    made.write()
    return made
