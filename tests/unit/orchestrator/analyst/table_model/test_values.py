"""Sentinels, order of values, long tables and currencies."""

from pathlib import Path

import pytest

from deckgen.domain.table_models import Confidence
from tests.unit.orchestrator.analyst.table_model.modelled import column, modelled, spread

N = 60


@pytest.mark.parametrize(
    ("value", "low", "high", "sure"),
    [
        (-999, -20, 40, Confidence.SURE),
        (-9999, 0, 900, Confidence.SURE),
        (9999, 0, 120, Confidence.SURE),
        (99, 1, 7, Confidence.SURE),
        (-99, 0, 90, Confidence.LIKELY),
        (-999, 0, 5000, Confidence.LIKELY),
    ],
)
def test_a_number_for_no_value(
    tmp_path: Path, value: int, low: int, high: int, sure: Confidence
) -> None:
    """It is far from all others and there several times."""
    rows = [[value if n % 15 == 0 else low + n * 17 % (high - low + 1), n / 7] for n in range(N)]
    model = modelled(tmp_path, "reading,other", rows)
    (found,) = column(model, "reading").sentinels
    assert (found.value, found.rows, found.confidence) == (value, 4, sure)
    assert any(f"{value} in 4 rows" in text for text in model.warnings)


def test_a_large_order_may_be_one(tmp_path: Path) -> None:
    """Among amounts a number far from others is no more than likely to be none."""
    rows = [[99 if n % 15 == 0 else 1 + n % 6, n / 7] for n in range(N)]
    (found,) = column(modelled(tmp_path, "quantity,other", rows), "quantity").sentinels
    assert found.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([-999], "once"),
        ([999, 999, 999], "among others of its size"),
        ([-500, -500, -500], "an amount like any other"),
        ([-1000, -1000], "a booking back"),
        ([950, 950], "no such number"),
    ],
)
def test_other_numbers_are_values(tmp_path: Path, values: list[int], why: str) -> None:
    """A price of 999 is a price."""
    rows = [[n, values[n] if n < len(values) else spread(n, 0, 990)] for n in range(N)]
    assert column(modelled(tmp_path, "n,amount", rows), "amount").sentinels == [], why


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"], "answers"),
        (["sehr unzufrieden", "unzufrieden", "zufrieden", "sehr zufrieden"], "answers"),
        (["Never", "Sometimes", "Always"], "answers"),
        (["S", "M", "L", "XL"], "sizes"),
        (["Small", "Medium", "Large"], "sizes"),
        (["Low", "Medium", "High", "Critical"], "levels"),
        (["niedrig", "mittel", "hoch"], "levels"),
        (["under 18", "18-24", "25-34", "65+"], "bands"),
        (["$0 - $9,999", "$10,000 - $49,999", "$50,000 and above"], "bands"),
        (["1-10 employees", "11-50 employees", "51-200 employees"], "bands"),
        (["Jan", "Feb", "Mar", "Dec"], "months"),
        (["Januar", "März", "Oktober"], "months"),
        (["Monday", "Tuesday", "Sunday"], "weekdays"),
        (["Mo", "Di", "So"], "weekdays"),
        (["1 - new", "2 - warm", "3 - hot"], "numbered"),
    ],
)
def test_values_in_their_order(tmp_path: Path, values: list[str], scale: str) -> None:
    """However often each is there; a value for no answer stands outside."""
    rows = [[values[(n * n) % len(values)], n] for n in range(N)] + [[v, 0] for v in values]
    rows += [["n/a", 1], ["Unknown", 2]]
    found = column(modelled(tmp_path, "answer,amount", rows), "answer").order
    assert found
    assert (found.scale, found.values) == (scale, values)


@pytest.mark.parametrize(
    "values",
    [
        ["North", "South", "West"],
        ["M", "F"],
        ["S", "M"],
        ["Low", "Medium", "Sideways"],
        ["May", "June", "Paul"],
        ["A-12", "B-13", "C-14"],
        ["10-5", "20-3", "30-1"],
        ["0-1", "0-2", "1-3", "2-4"],
        ["2024-01", "x-02", "y"],
        ["3 - c", "7 - d", "9 - e"],
        ["Good", "Yes", "No"],
    ],
)
def test_other_values_have_no_order(tmp_path: Path, values: list[str]) -> None:
    """One value beside a scale makes it none."""
    rows = [[values[n % len(values)], n] for n in range(N)]
    assert column(modelled(tmp_path, "name,amount", rows), "name").order is None


def test_indicators_with_their_values(tmp_path: Path) -> None:
    """Each is a measure of its own: nothing is derived of their mixture."""
    sizes = {"GDP": 3_000_000, "Population": 80_000, "Unemployment rate": 7}
    rows = [
        [country, 2000 + n, name, size + spread(n, 0, size // 9 + 1)]
        for country in ("DE", "FR")
        for n in range(12)
        for name, size in sizes.items()
    ]
    model = modelled(tmp_path, "country,year,indicator,value", rows)
    assert model.long_table
    assert {each.name for each in model.long_table.indicators} == set(sizes)
    assert (model.long_table.value, model.long_table.confidence) == ("value", Confidence.SURE)
    assert model.derived == []


def test_a_statement_goes_both_ways(tmp_path: Path) -> None:
    """Revenue and costs below each other: their sum is nothing."""
    names = ("Revenue", "Cost of goods sold", "Salaries", "Rent")
    rows = [[name, f"2024-{m:02}-01", spread(m, 50, 90)] for m in range(1, 13) for name in names]
    found = modelled(tmp_path, "item,month,amount", rows).long_table
    assert found
    assert (found.indicator, found.confidence) == ("item", Confidence.LIKELY)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("source,generation", ("Coal", "Wind", "Gas")),
        ("type,amount", ("Basic", "Pro", "Team")),
        ("item,price", ("Bread", "Milk", "Eggs")),
        ("product,sales", ("Revenue tracker", "Cost tracker", "Budget tracker")),
        ("metric,value,other", ("Revenue", "Cost", "Headcount")),
    ],
)
def test_groups_are_no_indicators(tmp_path: Path, header: str, values: tuple[str, ...]) -> None:
    """Sources of energy and products have one measure; a table with two has a column for each."""
    rows = [
        [values[n % 3], spread(n, 5, 99), spread(n, 5, 99, 3)][: header.count(",") + 1]
        for n in range(N)
    ]
    assert modelled(tmp_path, header, rows).long_table is None


def test_amounts_in_several_currencies(tmp_path: Path) -> None:
    """They are told; codes of something else are none."""
    rows = [[("EUR", "USD", "JPY")[n % 3], n] for n in range(N)]
    model = modelled(tmp_path, "currency,amount", rows)
    assert model.currencies
    assert model.currencies.codes == ["EUR", "JPY", "USD"]
    assert modelled(tmp_path, "code,amount", rows).currencies is None
    same = [["EUR", n] for n in range(N)]
    assert modelled(tmp_path, "currency,amount", same).currencies is None
