"""Tables of noise, in which there is nothing to be found, and what a scan finds in them."""

import datetime
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from tests.unit.orchestrator.analyst.engine import as_csv

Draw = Callable[[random.Random], float]
Rows = list[list[object]]

# Values of all kinds: a bell, skewed amounts, tails without a variance, counts, and hardly any values.
DRAWS: tuple[Draw, ...] = (
    lambda rng: round(rng.gauss(100, 15), 2),
    lambda rng: round(rng.lognormvariate(3, 1), 2),
    lambda rng: round(100 + 10 * math.tan(math.pi * (rng.random() - 0.5)), 2),
    lambda rng: sum(rng.random() < 0.1 for _ in range(40)),
    lambda rng: rng.choice((1, 2, 2, 3, 3, 3, 40)) + rng.random() / 1000,
    lambda rng: rng.randrange(1, 1000),
)
COUNT = 200
START = datetime.date(2021, 1, 1)


def by_day(rng: random.Random) -> Rows:
    """A row per day of some months, with three measures."""
    draws = _draws(rng, 3)
    days = rng.choice((40, 90, 200))
    rows: Rows = [[START + datetime.timedelta(days=n), *_values(rng, draws)] for n in range(days)]
    return [["date", "sales", "price", "visits"], *rows]


def by_month(rng: random.Random) -> Rows:
    """A row per month of two to six years, with two measures."""
    draws = _draws(rng, 2)
    rows: Rows = [[_month(n), *_values(rng, draws)] for n in range(rng.choice((24, 36, 72)))]
    return [["month", "revenue", "score"], *rows]


def by_year(rng: random.Random) -> Rows:
    """A row per year, with four measures."""
    draws = _draws(rng, 4)
    rows: Rows = [[2020 - n, *_values(rng, draws)] for n in range(rng.choice((8, 15, 40)))]
    return [["year", "output", "index", "staff", "cost"], *reversed(rows)]


def wide(rng: random.Random) -> Rows:
    """A row per month and a column per item."""
    draw = rng.choice(DRAWS)
    rows: Rows = [[_month(n), *_values(rng, [draw] * 9)] for n in range(rng.choice((18, 30)))]
    return [["month", *(f"{item} jobs" for item in "abcdefghi")], *rows]


def transactions(rng: random.Random) -> Rows:
    """Some rows a day, in groups, with an amount and a price."""
    draws = _draws(rng, 2)
    days = rng.choice((60, 120, 400))
    rows: Rows = [
        [
            START + datetime.timedelta(days=rng.randrange(days)),
            *_groups(rng, 3, 6),
            *_values(rng, draws),
        ]
        for _ in range(rng.choice((300, 900)))
    ]
    return [["date", "region", "product", "amount", "price"], *rows]


def panel(rng: random.Random) -> Rows:
    """A row for each month and shop."""
    draws = _draws(rng, 2)
    rows: Rows = [
        [_month(n), f"shop {shop}", *_values(rng, draws)]
        for n in range(rng.choice((12, 30)))
        for shop in "abcd"
    ]
    return [["month", "shop", "sales", "rating"], *rows]


def cross_section(rng: random.Random) -> Rows:
    """Things without a date, in groups of three kinds, with four measures."""
    draws = _draws(rng, 4)
    rows: Rows = [
        [*_groups(rng, 2, 4, 9), *_values(rng, draws)] for _ in range(rng.choice((30, 80, 400)))
    ]
    return [["sex", "team", "city", "age", "salary", "score", "weight"], *rows]


SHAPES = (by_day, by_month, by_year, wide, transactions, panel, cross_section)


def tables(count: int) -> Iterator[Rows]:
    """So many tables, the shapes in turn; the same ones each time."""
    for seed in range(count):
        yield SHAPES[seed % len(SHAPES)](random.Random(seed))


def news_in(path: Path, rows: Rows) -> list[Answer]:
    """What a scan tells of a table beside its level."""
    path.write_text(as_csv(rows))
    asked = Brief(business_context="")
    info = DatasetInfo(name=path.name, sha256="0" * 64, bytes=path.stat().st_size)
    source = analyst.profile(path, info, asked)
    scan = analyst.find(path, source, asked).scan
    return [answer for answer in scan if answer.plan and answer.plan.operation != "level"]


def walks(count: int) -> Iterator[Rows]:
    """So many tables of two random walks, with a row per month, week or year."""
    for seed in range(count):
        rng = random.Random(seed)
        length = (60, 100, 30)[seed % 3]
        dates: list[object] = [
            [_month(n), START + datetime.timedelta(weeks=n), 1990 + n][seed % 3] for n in range(length)
        ]
        steps = [[rng.gauss(0, 15) for _ in range(length)] for _ in range(2)]
        sales, scores = (list(accumulate(each, initial=1000.0)) for each in steps)
        rows: Rows = [list(row) for row in zip(dates, sales, scores, strict=False)]
        yield [[("month", "week", "year")[seed % 3], "sales", "score"], *rows]


def _draws(rng: random.Random, count: int) -> list[Draw]:
    return [rng.choice(DRAWS) for _ in range(count)]


def _values(rng: random.Random, draws: list[Draw]) -> list[float]:
    return [draw(rng) for draw in draws]


def _groups(rng: random.Random, *counts: int) -> list[str]:
    return [f"g{count}{rng.randrange(count)}" for count in counts]


def _month(number: int) -> datetime.date:
    return datetime.date(2016 + number // 12, number % 12 + 1, 1)


def _operations(found: list[Answer]) -> set[str]:
    return {answer.plan.operation for answer in found if answer.plan}


def main() -> None:
    """Write how many of 200 tables of noise, and of random walks, are told as news."""
    with tempfile.TemporaryDirectory() as folder:
        for name, made in (("noise", tables(COUNT)), ("random walks", walks(COUNT))):
            found = [news_in(Path(folder) / "t.csv", rows) for rows in made]
            kinds = Counter(kind for each in found for kind in _operations(each))
            said = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
            share = sum(map(bool, found)) / COUNT
            sys.stdout.write(f"{COUNT} tables of {name}: {share:.1%} told as news ({said or 'none'})\n")


if __name__ == "__main__":
    main()
