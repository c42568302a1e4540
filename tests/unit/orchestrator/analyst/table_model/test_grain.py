"""What one row is: keys, nouns, copies of rows, and amounts of a whole on its parts."""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from deckgen.domain.table_models import Confidence, GrainModel
from tests.unit.orchestrator.analyst.table_model.modelled import modelled, spread

DAY = datetime.date(2024, 1, 1)
ORDERS = [[f"O-{n}", DAY + datetime.timedelta(days=n % 90), spread(n, 5, 900)] for n in range(120)]
PANEL = [[f"2024-{month:02}-01", shop, spread(month * 7 + n, 10, 99)]
         for month in range(1, 10) for n, shop in enumerate(["Mitte", "Nord", "Süd"])]  # fmt: skip
# Orders of one to four lines, each with its own amount and the order's total.
LINES = [
    [n, line, DAY + datetime.timedelta(days=n), spread(n * 9 + line, 5, 80), 100 + n * 3]
    for n in range(1, 61)
    for line in range(1, 2 + n % 4)
]


def grain(folder: Path, header: str, rows: Sequence[Iterable[object]], name: str = "") -> GrainModel:
    found = modelled(folder, header, rows, name=name or "data.csv").grain
    assert found
    return found


@pytest.mark.parametrize(
    ("header", "name", "noun", "sure"),
    [
        ("order_id,date,amount", "data.csv", "orders", Confidence.SURE),
        ("OrderNumber,date,amount", "data.csv", "orders", Confidence.SURE),
        ("Kundennummer,Datum,Betrag", "export.csv", "Kunden", Confidence.SURE),
        ("person id,date,amount", "x.csv", "people", Confidence.SURE),
        ("id,date,amount", "shipments 2024.csv", "shipments", Confidence.LIKELY),
        ("id,date,amount", "export (1).csv", "rows", Confidence.SURE),
        ("row_id,date,amount", "data.csv", "rows", Confidence.SURE),
        ("tracking_number,date,amount", "shipments.csv", "shipments", Confidence.LIKELY),
        ("order_id,date,amount", "customers.csv", "orders", Confidence.SURE),
    ],
)
def test_a_row_is_called_after_its_key_or_its_file(
    tmp_path: Path, header: str, name: str, noun: str, sure: Confidence
) -> None:
    """The name of the key comes first; where neither says a thing, rows are rows."""
    found = grain(tmp_path, header, ORDERS, name)
    assert (found.noun, found.key, found.duplicates) == (noun, [header.split(",")[0]], 0)
    assert found.confidence in (sure, Confidence.LIKELY)


def test_a_panel_has_a_key_of_two_columns_and_no_noun(tmp_path: Path) -> None:
    """A file called campaigns holds months by shops, each row of which is no campaign."""
    found = grain(tmp_path, "month,shop,visits", PANEL, "campaigns.csv")
    assert (found.noun, found.key) == ("rows", ["month", "shop"])
    assert found.confidence is Confidence.SURE


def test_dates_that_come_once_name_the_rows(tmp_path: Path) -> None:
    """Each row is a month."""
    found = grain(tmp_path, "month,visits", [row[::2] for row in PANEL[::3]])
    assert (found.noun, found.key) == ("months", ["month"])


def test_lines_of_orders_are_no_orders(tmp_path: Path) -> None:
    """Whatever the file is called: several rows share an order."""
    found = grain(tmp_path, "order_id,line_no,order_date,amount,total", LINES, "orders.csv")
    assert (found.noun, found.key) == ("order lines", ["order_id", "line_no"])


def test_few_rows_that_happen_to_differ_have_no_key(tmp_path: Path) -> None:
    """Two columns of answers tell eight rows apart by chance."""
    rows = [["a", "x", 1.5], ["b", "y", 2.5], ["a", "y", 3.5], ["c", "x", 2.5], ["c", "y", 9.5]]
    assert grain(tmp_path, "kind,place,amount", rows).key == []


def test_a_file_that_was_pasted_twice_counts_once(tmp_path: Path) -> None:
    """What was left out on reading is told with the reason; no copies are left."""
    model = modelled(tmp_path, "order_id,date,amount", ORDERS + ORDERS)
    assert model.grain
    assert model.grain.copies
    assert (model.rows, model.grain.duplicates, model.grain.key) == (120, 0, ["order_id"])
    assert (model.grain.copies.left_out, model.grain.copies.repeated) == (120, 120)
    assert model.grain.copies.reason == "“order_id” tells all other rows apart"
    assert any("120 rows stand in the file twice" in text for text in model.warnings)


def test_copies_that_may_be_none_are_told(tmp_path: Path) -> None:
    """Orders with a number of their own that come again three times may be a log of what happened."""
    model = modelled(tmp_path, "order_id,product", [(n, "AB"[n % 2]) for n in range(60)] * 3)
    assert model.grain
    assert (model.rows, model.grain.duplicates, model.grain.copies) == (180, 120, None)
    assert "120 of 180 rows are exact copies of another row, and count twice" in model.warnings


def test_copies_that_the_request_counts_are_not_warned_of(tmp_path: Path) -> None:
    """The table has the rows of the file, and the grain still counts those that are alike."""
    model = modelled(tmp_path, "order_id,date,amount", ORDERS + ORDERS, table={"copies": "each"})
    assert model.grain
    assert (model.rows, model.grain.duplicates, model.grain.copies) == (240, 120, None)
    assert not any("copies" in text or "twice" in text for text in model.warnings)


@pytest.mark.parametrize("copied", [0, 900])
def test_a_key_among_many_rows(tmp_path: Path, copied: int) -> None:
    """What tells all rows apart is found, also beside copies at the start; what fails late is none."""
    rows = [[f"P{n // 30}", f"S{n % 30}", f"T{n % 3}", 7 * n % 997] for n in range(21_000)]
    late = [["P0", "S0", "T2", 1], ["P1", "S0", "T2", 2]]  # a second row of each
    with_key = modelled(tmp_path, "product,store,till,amount", rows[:copied] + rows).grain
    without = modelled(tmp_path, "product,store,till,amount", rows[:copied] + rows[:-2] + late).grain
    assert with_key
    assert without
    assert (with_key.key, with_key.duplicates) == (["product", "store"], copied)
    assert (without.key, without.duplicates) == ([], copied)


def test_answers_that_are_alike_are_no_copies(tmp_path: Path) -> None:
    """With few columns of few values rows are alike by chance: counted, and no warning."""
    model = modelled(tmp_path, "region,answer", [["ab"[n % 2], "xyz"[n % 3]] for n in range(60)])
    assert model.grain
    assert model.grain.duplicates == 54
    assert not any("copies" in text for text in model.warnings)


def test_the_total_of_an_order_on_each_line_is_told(tmp_path: Path) -> None:
    """It is the same on all rows of an order, while amounts differ: its sum counts it several times."""
    model = modelled(tmp_path, "order_id,line_no,order_date,amount,total", LINES)
    assert model.grain
    (found,) = model.grain.repeated
    assert (found.column, found.parent, found.where) == ("total", "order_id", "each row")
    assert found.confidence is Confidence.SURE
    assert any("counts it several times" in text for text in model.warnings)


def test_an_amount_on_the_first_line_only_is_told(tmp_path: Path) -> None:
    """A fee of an order that stands on its first row: sums are right, means are not."""
    rows = [[*row[:4], 5 + n % 7 if row[1] == 1 else ""] for n, row in enumerate(LINES)]
    model = modelled(tmp_path, "order_id,line_no,order_date,amount,fees", rows)
    assert model.grain
    (found,) = model.grain.repeated
    assert (found.column, found.where, found.confidence) == ("fees", "first row", Confidence.LIKELY)


def test_the_same_fee_of_each_month_is_repeated_nowhere(tmp_path: Path) -> None:
    """A customer pays the same amount again and again: each row is money."""
    rows = [[n % 40, f"2024-{1 + n // 40:02}-01", 20 + n % 40, spread(n, 0, 99)] for n in range(480)]
    model = modelled(tmp_path, "customer_id,month,revenue,units", rows)
    assert model.grain
    assert model.grain.repeated == []


def test_amounts_that_differ_within_an_order_are_its_lines(tmp_path: Path) -> None:
    """Nothing is repeated where nothing is the same."""
    model = modelled(tmp_path, "order_id,line_no,order_date,amount", [row[:4] for row in LINES])
    assert model.grain
    assert model.grain.repeated == []
