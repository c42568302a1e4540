"""Derived measures, and scenarios of which some are made."""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from deckgen.domain.table_models import Confidence, DerivedKind
from tests.unit.orchestrator.analyst.table_model.modelled import modelled, spread

N = 60
DAY = datetime.date(2024, 1, 1)


def amounts(count: int, low: int = 500, high: int = 900) -> list[list[int]]:
    """Rows of amounts of about one size."""
    return [[spread(n, low, high, 5 + 8 * column) for column in range(count)] for n in range(N)]


def derived(
    folder: Path, header: str, rows: Sequence[Iterable[object]]
) -> dict[str, tuple[str, list[str]]]:
    model = modelled(folder, header, rows)
    return {each.label: (each.kind.value, each.columns) for each in model.derived}


@pytest.mark.parametrize(
    ("header", "label", "kind", "columns"),
    [
        ("revenue,cost", "profit", "difference", ["revenue", "cost"]),
        ("revenue,cost", "margin", "ratio", ["revenue", "cost", "revenue"]),
        ("revenue,cost,margin %", "profit", "difference", ["revenue", "cost"]),
        ("Umsatz,Kosten", "profit", "difference", ["Umsatz", "Kosten"]),
        ("revenue,profit", "margin", "ratio", ["profit", "revenue"]),
        ("revenue,headcount", "revenue per head", "ratio", ["revenue", "headcount"]),
        ("revenue,orders", "revenue per order", "ratio", ["revenue", "orders"]),
        ("clicks,impressions", "click-through rate", "ratio", ["clicks", "impressions"]),
        ("spend,clicks", "cost per click", "ratio", ["spend", "clicks"]),
        ("quantity,unit price", "revenue", "product", ["quantity", "unit price"]),
    ],
)
def test_what_no_column_holds(
    tmp_path: Path, header: str, label: str, kind: str, columns: list[str]
) -> None:
    """It is made of the columns that there are."""
    rows = amounts(header.count(",") + 1)
    assert derived(tmp_path, header, rows)[label] == (kind, columns)


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("revenue,cost,profit", "profit"),
        ("revenue,cost,margin %", "margin"),
        ("revenue EUR,cost USD", "profit"),
        ("revenue,shipping cost", "profit"),
        ("revenue,labor cost,material cost", "profit"),
        ("revenue,unit cost", "profit"),
        ("quantity,unit price,amount", "revenue"),
        ("temperature,humidity", "profit"),
    ],
)
def test_what_is_there_or_does_not_fit_is_not_made(tmp_path: Path, header: str, label: str) -> None:
    """A profit in two currencies, or of one cost of several, would be none."""
    assert label not in derived(tmp_path, header, amounts(header.count(",") + 1))


def test_units_sold_are_no_revenue(tmp_path: Path) -> None:
    """“Sales” may be numbers of things: then profit is a guess."""
    model = modelled(tmp_path, "sales,cost", amounts(2))
    assert {each.confidence for each in model.derived} == {Confidence.GUESS}


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("order_date,delivery_date", "time to deliver"),
        ("opened_at,resolved_at", "time to close"),
        ("admission,discharge", "length of stay"),
        ("Eintritt,Austritt", "tenure"),
        ("invoice date,payment date", "time to payment"),
    ],
)
def test_durations_between_dates(tmp_path: Path, header: str, label: str) -> None:
    """The names say a start and an end, and the dates are in that order."""
    rows = [
        [DAY + datetime.timedelta(days=n), DAY + datetime.timedelta(days=n + n % 9)] for n in range(N)
    ]
    assert derived(tmp_path, header, rows)[label] == ("duration", header.split(","))


@pytest.mark.parametrize("header", ["order_date,delivery_date", "created,birthday", "date,posted"])
def test_dates_in_no_order_have_no_duration(tmp_path: Path, header: str) -> None:
    """Names alone are not enough, and dates alone are not either."""
    rows = [
        [DAY + datetime.timedelta(days=spread(n, 0, 300)), DAY + datetime.timedelta(days=n)]
        for n in range(N)
    ]
    kinds = [each.kind for each in modelled(tmp_path, header, rows).derived]
    assert DerivedKind.DURATION not in kinds


@pytest.mark.parametrize(
    ("header", "kind", "sure"),
    [
        ("actual,budget", "budget", Confidence.SURE),
        ("revenue actual,revenue target", "budget", Confidence.SURE),
        ("revenue,revenue forecast", "forecast", Confidence.LIKELY),
        ("revenue,revenue last year", "prior", Confidence.LIKELY),
        ("Umsatz Ist,Umsatz Soll", "budget", Confidence.SURE),
        ("spend,budget", "budget", Confidence.GUESS),
        ("sales,target", "budget", Confidence.GUESS),
    ],
)
def test_columns_that_are_held_against_each_other(
    tmp_path: Path, header: str, kind: str, sure: Confidence
) -> None:
    """What was and what was planned: the variance follows, and the attainment of what is aimed at."""
    model = modelled(tmp_path, header, amounts(2))
    (found,) = model.scenarios
    first, second = header.split(",")
    assert [(each.kind.value, each.name) for each in found.members] == [
        ("actual", first),
        (kind, second),
    ]
    assert (found.column, found.confidence) == (None, sure)
    kinds = {each.kind.value for each in model.derived if each.columns == [first, second]}
    assert kinds == ({"variance"} if kind == "prior" else {"variance", "attainment"})


@pytest.mark.parametrize(
    "header", ["budget,gross", "revenue,budget", "balance,previous amount", "plan,units", "age,target"]
)
def test_a_budget_may_be_a_size(tmp_path: Path, header: str) -> None:
    """A film has one, which nobody holds against what it made."""
    rows = amounts(2)
    if header == "plan,units":
        rows = [["Basic" if n % 2 else "Pro", row[0]] for n, row in enumerate(rows)]  # type: ignore[list-item]
    assert modelled(tmp_path, header, rows).scenarios == []


def test_amounts_of_another_size_are_not_held_against_each_other(tmp_path: Path) -> None:
    """A target of 5 is none for a revenue of 500."""
    rows = [[a, a / 100 + n % 3] for n, (a, _) in enumerate(amounts(2))]
    assert modelled(tmp_path, "revenue,revenue target", rows).scenarios == []


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        (("Actual", "Budget"), ["actual", "budget"]),
        (("Ist", "Plan"), ["actual", "budget"]),
        (("Actual", "Budget", "Forecast"), ["actual", "budget", "forecast"]),
        (("Actual 2024", "Budget 2024"), ["actual", "budget"]),
    ],
)
def test_values_that_are_scenarios(tmp_path: Path, values: tuple[str, ...], kinds: list[str]) -> None:
    """All values of the column are one."""
    rows = [[values[n % len(values)], a] for n, (a, _) in enumerate(amounts(2))]
    (found,) = modelled(tmp_path, "scenario,amount", rows).scenarios
    assert (found.column, found.confidence) == ("scenario", Confidence.SURE)
    assert [each.kind.value for each in found.members] == kinds


@pytest.mark.parametrize(
    "values", [("Basic plan", "Pro plan"), ("Actual", "Other"), ("Plan", "Budget")]
)
def test_other_values_are_no_scenarios(tmp_path: Path, values: tuple[str, ...]) -> None:
    """Plans that are sold, and plans with nothing to hold against them."""
    rows = [[values[n % 2], a] for n, (a, _) in enumerate(amounts(2))]
    assert modelled(tmp_path, "version,amount", rows).scenarios == []
