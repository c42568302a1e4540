"""What the request says of the table as a whole changes the model, and the figures of answers."""

from pathlib import Path

from deckgen.domain.table_models import Confidence, DerivedKind, ScenarioKind
from tests.unit.orchestrator.analyst.engine import days
from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.table_model.modelled import modelled

SAID = "the request says so"
SITES = "Site,Visit,Stock"
SITE_ROWS = [[f"A{n // 4}", n % 4, 10 * (n % 4) + 5] for n in range(80)]


def test_a_row_is_what_the_request_calls_it(tmp_path: Path) -> None:
    """Rows are counted under the noun of the request."""
    said = ask(tmp_path, SITES, SITE_ROWS, "How many enquiries are there?", table={"row": "enquiries"})
    assert said.headline == "Enquiries came to 80 over all 80 enquiries"
    model = modelled(tmp_path, SITES, SITE_ROWS, table={"row": "enquiries"})
    assert model.grain
    assert (model.grain.noun, model.grain.reason, model.grain.confidence) == (
        "enquiries", SAID, Confidence.SURE,
    )  # fmt: skip


def test_a_key_tells_rows_apart(tmp_path: Path) -> None:
    """With a key that has no date each row is a thing of its own, and stocks of all are added up."""
    rows = [[n % 5, f"2024-01-{1 + n // 5:02}", 10] for n in range(50)]
    stock = {"stock": {"kind": "stock"}}
    before = ask(tmp_path, "Site,Counted,Stock", rows, "What is the total stock?", columns=stock)
    assert "50" in before.headline
    model = modelled(tmp_path, SITES, SITE_ROWS, table={"key": ["visit", "SITE"]})
    assert model.grain
    assert (model.grain.key, model.grain.confidence) == (["Visit", "Site"], Confidence.SURE)


def test_a_key_without_a_date_makes_things_of_rows(tmp_path: Path) -> None:
    """Bottles that are there once each are worth their sum, whatever day they were filled."""
    rows = [[f"B{n}", f"2024-01-{1 + n // 5:02}", 10] for n in range(50)]
    columns = {"stock": {"kind": "stock"}}
    said = ask(tmp_path, "Bottle,Filled,Stock", rows, "What is the total stock?", columns=columns,
               table={"key": ["filled", "bottle"]})  # fmt: skip
    assert "50" in said.headline
    said = ask(tmp_path, "Bottle,Filled,Stock", rows, "What is the total stock?", columns=columns,
               table={"key": ["bottle"]})  # fmt: skip
    assert "500" in said.headline


def test_the_time_axis_is_the_column_that_is_said(tmp_path: Path) -> None:
    """Of two dates the later one is the axis of profile, model and answer, when the request says so."""
    rows = [[day, str(day).replace("2023", "2024"), 10] for day in days(2023)]
    header, axis = "ordered,shipped,revenue", {"timeAxis": "Shipped"}
    before, said = modelled(tmp_path, header, rows), modelled(tmp_path, header, rows, table=axis)
    assert before.time
    assert said.time
    assert (before.time.axis, said.time.axis, said.time.reason) == ("ordered", "shipped", SAID)
    told = ask(tmp_path, header, rows, "What was the revenue in March 2024?", table=axis)
    assert told.headline == "Revenue came to 310 in Mar 2024"
    assert told.source.columns[1].reason == "the request says so: it is the time axis"


def test_columns_are_scenarios(tmp_path: Path) -> None:
    """Two columns whose names say nothing are what was and what was planned."""
    rows = [[month, 100 + month, 120 + month] for month in range(1, 13)]
    table = {"scenario": {"actual": "made", "budget": "AIM"}}
    said = ask(tmp_path, "Unit,Made,Aim", rows, "Did we reach the plan?", table=table)
    assert said.headline == "Made missed aim by 16%: 1,278 against 1,518 (-240)"
    model = modelled(tmp_path, "Unit,Made,Aim", rows, table=table)
    (scenario,) = model.scenarios
    assert [(each.kind, each.name) for each in scenario.members] == [
        (ScenarioKind.ACTUAL, "Made"), (ScenarioKind.BUDGET, "Aim"),
    ]  # fmt: skip
    assert {each.kind for each in model.derived} >= {DerivedKind.ATTAINMENT, DerivedKind.VARIANCE}


def test_values_of_a_column_are_scenarios(tmp_path: Path) -> None:
    """Versions whose names say nothing are held against each other, and never added up."""
    rows = [[f"U{n % 6}", "AB"[n // 6 % 2], (100, 150)[n // 6 % 2]] for n in range(24)]
    said = ask(
        tmp_path, "Unit,Version,Cost", rows, "Did we reach the plan?",
        columns={"cost": {"kind": "flow"}},
        table={"scenario": {"column": "version", "actual": "a", "budget": "b"}},
    )  # fmt: skip
    assert "1,200 against 1,800" in said.headline


def test_a_currency_column_keeps_currencies_apart(tmp_path: Path) -> None:
    """A column whose name says nothing of currencies is one: euros and dollars are not added up."""
    rows = [[f"U{n % 6}", ("EUR", "USD", "USD")[n % 3], 100 * (1 + n % 3)] for n in range(24)]
    header, question = "Unit,Paid in,Revenue", "What is the total revenue?"
    assert "4,800" in ask(tmp_path, header, rows, question).headline
    table = {"currencyColumn": "paid in"}
    assert "4,000" in ask(tmp_path, header, rows, question, table=table).headline
    found = modelled(tmp_path, header, rows, table=table).currencies
    assert found
    assert (found.column, found.codes, found.reason) == ("Paid in", ["USD", "EUR"], SAID)
