"""How long the offline engine takes, beside a bare DuckDB pass over the same file in the same run.

`make bench` prints, for each table, the medians of several alternating runs and their ratio. The
machine's own speed drops out of the ratio; absolute times are only for orientation.
"""

import csv
import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from deckgen.domain.briefs import Brief
from deckgen.domain.contract import DatasetInfo
from deckgen.orchestrator import analyst

RUNS = 5
ROWS = 50_000
BRIEF = Brief(business_context="How did sales develop, and what drives them?")
EXAMPLE = Path(__file__).parents[1] / "examples" / "newspaper_revenue.csv"


def main() -> None:
    table = Table("table", "rows", "bare pass ms", "profile and facts ms", "ratio", "whole engine ms")
    with tempfile.TemporaryDirectory() as folder:
        for path in (EXAMPLE, orders(Path(folder) / "orders.csv")):
            table.add_row(*measure(path))
    Console().print(table)


def orders(path: Path) -> Path:
    """A table of 50,000 rows and 7 columns that is the same every time."""
    rng = random.Random(7)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order_id", "day", "region", "product", "channel", "units", "sales_usd"])
        for number in range(ROWS):
            day = date(2023, 1, 1) + timedelta(days=number * 730 // ROWS)
            region, product = rng.choice("NSEW"), f"product {rng.randrange(40):02}"
            units = rng.randrange(1, 9)
            sales = f"{units * rng.uniform(5, 20):.2f}"
            writer.writerow([number, day, region, product, rng.choice(["web", "shop"]), units, sales])
    return path


def measure(path: Path) -> tuple[str, ...]:
    content = path.read_bytes()
    info = DatasetInfo(name=path.name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))

    def whole() -> None:
        source = analyst.profile(path, info, BRIEF)
        findings = analyst.find(path, source, BRIEF)
        draft = analyst.draft(BRIEF, source, findings)
        analyst.assemble(BRIEF, source, findings, draft, path)

    def facts() -> None:
        analyst.find(path, analyst.profile(path, info, BRIEF), BRIEF)

    def bare() -> None:
        with duckdb.connect() as connection:
            connection.sql(f"SUMMARIZE FROM '{path}'").fetchall()

    floor, found, all_steps = alternately(bare, facts, whole)
    rows = content.count(b"\n") - 1
    return (
        path.name,
        f"{rows:,}",
        f"{floor:.0f}",
        f"{found:.0f}",
        f"{found / floor:.1f}",
        f"{all_steps:.0f}",
    )


def alternately(*functions: Callable[[], None]) -> list[float]:
    """Median milliseconds of each function, run in turn after one round of warming up."""
    times: list[list[float]] = [[] for _ in functions]
    for run in range(RUNS + 1):
        for function, measured in zip(functions, times, strict=True):
            began = time.perf_counter()
            function()
            if run:
                measured.append((time.perf_counter() - began) * 1000)
    return [statistics.median(measured) for measured in times]


if __name__ == "__main__":
    sys.exit(main())
