"""Rows that stand in a file twice count once, and rows that may well be alike all count."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from deckgen.domain.overrides import TableOverride
from deckgen.orchestrator.analyst.ingestion import copies
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.ingestion.table_files import write_tables
from tests.unit.orchestrator.analyst.engine import as_csv

Rows = list[tuple[object, ...]]
Table = tuple[str, Rows]


def day(number: int) -> date:
    return date(2024, 1, 1) + timedelta(days=number)


def orders(_: random.Random) -> Table:
    return "order id,date,amount", [(f"O{n:04}", day(n), 50 + n * 7 % 31) for n in range(60)]


def sales(chance: random.Random) -> Table:
    """Several of a product on a day, all at its price."""
    rows = [(day(chance.randrange(30)), p := chance.randrange(8), chance.randint(1, 3), 10 + p / 4)
            for _ in range(400)]  # fmt: skip
    return "date,product,quantity,price", sorted(rows)


def fuel(chance: random.Random) -> Table:
    """A price for each day and kind, which many sales have."""
    prices = {(n, kind): 1.5 + chance.randrange(500) / 1000 for n in range(60) for kind in "ABC"}
    keys = [(chance.randrange(60), chance.choice("ABC")) for _ in range(300)]
    return "date,kind,price", sorted((day(n), kind, prices[n, kind]) for n, kind in keys)


def lines(chance: random.Random) -> Table:
    """Orders, some of which have the same pizza twice."""
    keys = [
        (n, chance.randrange(12)) for n in range(200) for _ in range(chance.choice((1, 1, 1, 2, 3)))
    ]
    return "order_id,date,item,price", [(f"O{n}", day(n // 4), f"P{p}", 10 + p / 2) for n, p in keys]


def bank(chance: random.Random) -> Table:
    """Parking costs the same each time, and two memberships are paid on one day of each month."""
    rows: Rows = [(day(chance.randrange(300)), "food", -chance.randrange(100, 30_000) / 100)
                  for _ in range(300)]  # fmt: skip
    rows += [(day(chance.randrange(300)), "parking", -3.0) for _ in range(60)]
    rows += [(day(month * 30), "gym", -19.99) for month in range(12) for _ in (0, 1)]
    return "date,category,amount", sorted(rows, key=str)


def survey(chance: random.Random) -> Table:
    return "team,q1,q2", [
        (chance.choice("ABC"), *(chance.randint(1, 5) for _ in "12")) for _ in range(90)
    ]


def visits(chance: random.Random) -> Table:
    """Customers who come again, with nothing to tell one visit from another."""
    ages = [chance.randint(18, 80) for _ in range(150)]
    return "customer_id,age", [(1000 + n, ages[n]) for n in (chance.randrange(150) for _ in range(200))]


def trials(chance: random.Random) -> Table:
    """The same doses in each trial, with mostly the same responses."""
    doses = [dose for _ in range(4) for dose in range(1, 11)]
    return "dose,response", [(dose, int(dose + chance.choice((-1, 0, 1)) > 5)) for dose in doses]


def plan(_: random.Random) -> Table:
    """Five products in their turn, each with figures of its own that never change."""
    figures = [100, 80, 60, 120, 40]
    return "product,month,revenue", [
        ("ABCDE"[n % 5], f"2024-{n % 12 + 1:02}", figures[n % 5]) for n in range(120)
    ]


def fees(_: random.Random) -> Table:
    """Two members without names, who pay the same fee each month."""
    return "month,fee", [(f"2024-{n % 12 + 1:02}-01", 50 + n % 12 * 1.5) for n in range(24)]


def calls(chance: random.Random) -> Table:
    """Calls by the second, with nothing to tell two of one second apart."""
    seconds = sorted(chance.randrange(3_000) for _ in range(900))
    return "time,status", [(f"2024-01-01 09:{n // 60:02}:{n % 60:02}", chance.choice((200, 404)))
                           for n in seconds]  # fmt: skip


def report(chance: random.Random) -> Table:
    keys = [(month, region) for month in range(1, 13) for region in ("North", "South")]
    return "month,region,revenue", [(f"2024-{m:02}-01", r, chance.randrange(10_000)) for m, r in keys]


def payments(chance: random.Random) -> Table:
    rows = [(day(chance.randrange(40)), chance.choice("AB"), chance.randrange(100, 99_999) / 100)
            for _ in range(300)]  # fmt: skip
    return "date,shop,amount", sorted(rows)


NATURAL = [sales, fuel, lines, bank, survey, visits, trials, plan, fees, calls]


def write(folder: Path, header: str, rows: Rows) -> Path:
    path = folder / "t.csv"
    path.write_text(as_csv([header.split(","), *rows]))
    return path


@pytest.mark.parametrize("make", NATURAL)
def test_rows_that_may_well_be_alike_all_count(make: Callable[..., Table], tmp_path: Path) -> None:
    """Sales, prices, answers, visits, trials, plans and fees repeat themselves without any mistake."""
    for seed in range(3):
        header, rows = make(random.Random(seed))
        assert len(set(rows)) < len(rows)
        with open_table(write(tmp_path, header, rows)) as table:
            assert (table.rows, table.copies) == (len(rows), None), seed


@pytest.mark.parametrize("make", [orders, sales, lines, bank, calls, report, payments])
def test_a_table_that_was_pasted_twice_counts_once(make: Callable[..., Table], tmp_path: Path) -> None:
    """All of the table comes again: what was alike in it stays, in its order."""
    header, rows = make(random.Random(1))
    with open_table(write(tmp_path, header, rows)) as once:
        cells = once.all("SELECT * FROM data")
    with open_table(write(tmp_path, header, rows + rows)) as table:
        assert table.all("SELECT * FROM data") == cells
        assert table.copies
        assert table.copies.left_out == len(rows) == table.rows
        assert any("counted once" in text for text in table.warnings)


@pytest.mark.parametrize(
    ("make", "reason"), [(orders, "“order id” tells"), (bank, "a stretch of 150 rows")]
)
def test_a_part_that_was_pasted_twice_counts_once(
    make: Callable[..., Table], reason: str, tmp_path: Path
) -> None:
    """The last rows come again; the reason says how that is known."""
    header, rows = make(random.Random(1))
    part = rows[-150:]
    with open_table(write(tmp_path, header, rows + part)) as table:
        assert table.rows == len(rows)
        assert table.copies
        assert reason in table.copies.reason
        number = f"{len(part)} rows"
        assert any(text.startswith(number) and reason in text for text in table.warnings)


@pytest.mark.parametrize("make", [orders, report, payments])
def test_rows_that_stand_twice_here_and_there_count_once(
    make: Callable[..., Table], tmp_path: Path
) -> None:
    """Each seventh row stands twice: a key, a date with its groups, or amounts tell that."""
    header, rows = make(random.Random(1))
    twice = [row for n, row in enumerate(rows) for row in ([row, row] if n % 7 == 0 else [row])]
    with open_table(write(tmp_path, header, twice)) as table:
        assert table.rows == len(rows)
        assert table.copies
        assert table.copies.left_out == len(twice) - len(rows)


def test_a_table_that_was_pasted_thrice_counts_once(tmp_path: Path) -> None:
    header, rows = bank(random.Random(1))
    with open_table(write(tmp_path, header, rows * 3)) as table:
        assert table.rows == len(rows)
        said = f"{2 * len(rows)} rows are copies of others; each row was counted once"
        assert any(text.startswith(said) for text in table.warnings)


def test_of_a_long_table_a_sample_tells_that_there_are_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long table that was pasted twice counts once; a lone copy in it is passed over."""
    monkeypatch.setattr(copies, "LONG", 10)
    monkeypatch.setattr(copies, "SAMPLE", 4)
    header, rows = orders(random.Random(1))
    with open_table(write(tmp_path, header, [*rows, *rows])) as table:
        assert table.one("SELECT count(*) FROM data") == (len(rows),)
    monkeypatch.setattr(copies, "SAMPLE", 1)
    monkeypatch.setattr(copies, "SEEN", 0.1)
    with open_table(write(tmp_path, header, [*rows, rows[3]])) as table:
        assert table.one("SELECT count(*) FROM data") == (len(rows) + 1,)


def test_one_copy_is_said_as_one(tmp_path: Path) -> None:
    header, rows = orders(random.Random(1))
    with open_table(write(tmp_path, header, [*rows, rows[7]])) as table:
        said = "One row stands in the file twice and was counted once: "
        assert f"{said}“order id” tells all other rows apart" in table.warnings


def test_the_request_says_how_copies_count(tmp_path: Path) -> None:
    """“each” keeps what would be left out, “once” leaves out what would be kept; neither is mistaken
    for the other, nor for what is decided without it.
    """
    header, rows = orders(random.Random(1))
    answers = write(tmp_path, *survey(random.Random(1)))
    different = len(set(survey(random.Random(1))[1]))
    with open_table(answers, TableOverride(copies="once")) as table:
        assert table.rows == different
        assert table.copies
        assert table.copies.reason == "the request says so"
    with open_table(answers) as table:
        assert (table.rows, table.copies) == (90, None)
    pasted = write(tmp_path, header, rows + rows)
    with open_table(pasted, TableOverride(copies="each")) as table:
        assert (table.rows, table.copies) == (120, None)
    with open_table(pasted) as table:
        assert table.rows == 60


@pytest.mark.parametrize(("said", "rows"), [(None, 60), (TableOverride(copies="each"), 120)])
def test_the_table_as_a_file_has_the_rows_that_count(
    said: TableOverride | None, rows: int, tmp_path: Path
) -> None:
    """Plain SQL over it gives what facts say."""
    header, once = orders(random.Random(1))
    written = write_tables(write(tmp_path, header, once + once), tmp_path, said)
    file = tmp_path / "data.parquet"
    assert written.tables[0].rows == rows
    (total,) = duckdb.execute(f"SELECT sum(amount) FROM '{file}'").fetchall()[0]
    assert total == sum(int(str(amount)) for _, _, amount in once) * rows / 60
