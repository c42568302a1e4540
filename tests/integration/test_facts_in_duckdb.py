"""Anyone runs a fact: the table as it was read, and DuckDB without deckgen, give its value."""

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from deckgen.orchestrator.analyst.ingestion.table_files import write_tables
from tests.samples import sampled
from tests.unit.orchestrator.analyst.engine import Run, run_table

ROOT = Path(__file__).parents[2]
PLAIN = ROOT / "tests" / "plain_duckdb.py"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def sample(name: str) -> Callable[[], bytes]:
    return (ROOT / name).read_bytes


def named_months() -> bytes:
    """Months by their names, decimal commas, a missing cell, and a total that reading leaves out."""
    lines = [f"{1987 + n // 12} {MONTHS[n % 12]};{n * n % 13},25;{900 + n * n}" for n in range(60)]
    lines[30] = lines[30].replace(f"{30 * 30 % 13},25", "k.A.")
    total = sum(900 + n * n for n in range(60))
    return "\n".join(["Monat;Preis;Umsatz", *lines, f"Summe;;{total}", ""]).encode()


def wide() -> bytes:
    """A column for each month, which reading turns into rows."""
    lines = [f"r{n}," + ",".join(str(100 * n + 3 * m * n) for m in range(24)) for n in range(1, 7)]
    header = ",".join(f"{name} {year}" for year in (2022, 2023) for name in MONTHS)
    return "\n".join([f"region,{header}", *lines, ""]).encode()


def workbook() -> bytes:
    """Dates and signs that stand in the formats of cells."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as made:
        sheet, date = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
        euros = made.add_format({"num_format": "[$€-407] #,##0.00"})
        sheet.write_row(0, 0, ["day", "shop", "sales"])
        for n in range(1, 120):
            sheet.write_number(n, 0, 45_000 + n, date)
            sheet.write_string(n, 1, "abc"[n % 3])
            sheet.write_number(n, 2, 100 + n * (1 + n % 3) + 0.25, euros)
    return file.getvalue()


def named_rowid() -> bytes:
    """Measures that move together, and a column that is called like DuckDB's own number of a row."""
    lines = [
        f"{'cab'[n % 3]},{n * 37 % 101},{n * 37 % 101 + 9 * n % 23},2024-03-{1 + n % 28:02} 10:00"
        for n in range(400)
    ]
    return "\n".join(["rowid,depth,warmth,seen", *lines, ""]).encode()


def parquet() -> bytes:
    """Types that the engine maps to its own: decimals, times with a zone, small whole numbers."""
    query = """
        SELECT i::SMALLINT AS n, (i * 1.25)::DECIMAL(9, 2) AS price, i % 5 = 0 AS sold,
          to_timestamp(1700000000 + 86400 * i) AS seen FROM range(300) AS t(i)
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.parquet"
        duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
        return file.read_bytes()


TABLES: dict[str, Callable[[], bytes]] = {
    "newspapers": sample("examples/newspaper_revenue.csv"),
    **{
        name: sample(f"tests/data/{name}.csv")
        for name in ("grunfeld", "iowa-electricity", "seattle-weather", "statecrime", "us-employment")
    },
    "named months": named_months,
    "wide": wide,
    "workbook": workbook,
    "named rowid": named_rowid,
    "parquet": parquet,
}


def differing(run: Run, folder: Path) -> list[Any]:
    """What plain DuckDB gives otherwise than the deck says, over the files in a folder."""
    deck = folder / "deck.json"
    deck.write_text(json.dumps(run.deck.to_json()))
    done = subprocess.run(
        [sys.executable, "-I", PLAIN, deck, *folder.glob("*.parquet")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


# Each way of reading, and groups, seasons and links among the findings.
SAMPLE = ("newspapers", "grunfeld", "named months", "wide", "workbook", "parquet")


@pytest.mark.sweeps
@pytest.mark.parametrize("name", sampled(TABLES, *SAMPLE))
def test_every_fact_is_plain_sql_over_the_table_as_read(name: str, tmp_path: Path) -> None:
    """Facts, the rows that they rest on, charts and tables of a deck are those of plain DuckDB."""
    run = run_table(tmp_path / "table", TABLES[name](), "What happened, and what moves together?")
    written = write_tables(run.path, tmp_path)
    assert (written.tables[0].name, written.tables[0].rows) == ("data", run.source.rows)
    assert len(run.deck.facts) > 5
    assert differing(run, tmp_path) == []


def test_a_changed_cell_is_told(tmp_path: Path) -> None:
    """The control: over a file with one other number facts differ."""
    run = run_table(tmp_path / "table", "region,sales\nnorth,60\nsouth,30\nwest,10\n", "Who leads?")
    write_tables(run.path, tmp_path)
    assert differing(run, tmp_path) == []
    file = tmp_path / "data.parquet"
    changed = f"SELECT region, if(sales = 60, 61, sales) AS sales FROM '{file}'"
    duckdb.execute(f"CREATE TABLE changed AS {changed}")
    duckdb.execute(f"COPY changed TO '{file}' (FORMAT parquet)")
    wrong = {name for name, _, _ in differing(run, tmp_path)}
    total = next(fact.id for fact in run.deck.facts if fact.value == 100)
    assert total in wrong
