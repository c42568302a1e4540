from pathlib import Path

import pytest

from deckgen.domain.datasets import Additivity, Role
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.profiling.additivity import additivity_of
from tests.unit.orchestrator.analyst.engine import days, run_table


@pytest.mark.parametrize(
    ("name", "additivity"),
    [
        ("sales", Additivity.FLOW),
        ("Net Revenue", Additivity.FLOW),
        ("qty", Additivity.FLOW),
        ("total_price", Additivity.FLOW),
        ("price_usd", Additivity.RATE),
        ("unit_cost", Additivity.RATE),
        ("revenue_per_capita", Additivity.RATE),
        ("sales growth", Additivity.RATE),
        ("temp_max", Additivity.RATE),
        ("conversionRate", Additivity.RATE),
        ("xyz", Additivity.RATE),
        ("headcount", Additivity.STOCK),
        ("Population_M", Additivity.STOCK),
    ],
)
def test_only_what_says_that_it_adds_up_is_summed(name: str, additivity: Additivity) -> None:
    """Amounts are summed, levels over groups only, prices and rates and the unknown never."""
    assert additivity_of(read_name(name), one_row_per_period=False, lowest=0.0)[0] is additivity


def test_an_unknown_level_with_one_row_per_period_is_never_summed_over_time() -> None:
    """A column of a wide table (an industry's employment, say) is a level."""
    found, _ = additivity_of(read_name("manufacturing"), one_row_per_period=True, lowest=10.0)
    assert found is Additivity.STOCK


def test_each_column_gets_the_role_that_its_cells_and_name_speak_for(tmp_path: Path) -> None:
    """Time, id, groups and measures are told apart, each with a reason in words."""
    header = ["order_id", "order_date", "order_time", "region", "store", "year", "price_usd", "qty"]
    rows = [
        [f"A-{n // 2}", day, f"{8 + n % 12:02}:30:00", "ns"[n % 2], n % 4, 2024, 5 + n % 7 / 2, n % 3]
        for n, day in enumerate(days(2024, 1, 2))
    ]
    source = run_table(tmp_path / "t.csv", [header, *rows]).source
    roles = {column.name: column.role for column in source.columns}
    assert roles == {
        "order_id": Role.ID,
        "order_date": Role.TIME,
        "order_time": Role.TIME,
        "region": Role.GEOGRAPHY,
        "store": Role.DIMENSION,
        "year": Role.TIME,
        "price_usd": Role.MEASURE,
        "qty": Role.MEASURE,
    }
    assert all(column.reason for column in source.columns)


@pytest.mark.parametrize(
    ("name", "label", "symbol", "scale"),
    [
        ("temp_max", "maximum temperature", "", 1.0),
        ("price_usd", "price", "USD", 1.0),
        ("Revenue_G2012dollars", "revenue (2012 dollars)", "USD", 1e9),
        ("Population_M", "population", "", 1e6),
        ("revenue_usd_thousands", "revenue", "USD", 1e3),
        ("GDP", "GDP", "", 1.0),
        ("air_time_minutes", "air time", "min", 1.0),
        ("taxi_out_minutes", "taxi out minutes", "min", 1.0),
    ],
)
def test_names_are_said_as_a_person_would(name: str, label: str, symbol: str, scale: float) -> None:
    """Code style goes, units and orders of magnitude are understood."""
    found = read_name(name)
    assert (found.label, found.symbol, found.scale) == (label, symbol, scale)
