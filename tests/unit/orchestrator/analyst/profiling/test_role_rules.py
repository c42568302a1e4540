"""Roles of columns as they come in tables of many trades."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Column
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.lexicon.geography import are_places
from tests.unit.orchestrator.analyst.engine import as_csv, days

DATES = days(2023)
ROWS = 120


def columns_of(tmp_path: Path, **columns: Sequence[object]) -> dict[str, Column]:
    """What is made of columns of cells, which are repeated until there are enough rows."""
    rows = [[cells[n % len(cells)] for cells in columns.values()] for n in range(ROWS)]
    path = tmp_path / "t.csv"
    path.write_text(as_csv([list(columns), *rows]))
    info = DatasetInfo(name=path.name, sha256="0" * 64, bytes=1)
    return {column.name: column for column in analyst.profile(path, info, Brief()).columns}


def varied(low: float, high: float, step: float) -> list[float]:
    """So many different numbers that they form no groups, in no order."""
    count = int((high - low) / step)
    return [round(low + (n * 37 % count) * step, 4) for n in range(97)]


IDS = [f"A-{n:04}" for n in range(ROWS)]
AMOUNTS, WHOLE, SHARES = varied(10, 990, 3.7), varied(1, 900, 7), varied(0, 1, 0.007)
TRADES: dict[str, dict[str, tuple[Sequence[object], str]]] = {
    "retail": {
        "Order ID": (IDS, "id"),
        "Order Date": (DATES, "time"),
        "store_nbr": (range(1, 21), "dimension"),
        "Postal Code": ([10115, 80331, 20095], "geography"),
        "City": (["Berlin", "Munich", "Hamburg"], "geography"),
        "Sub-Category": (["Phones", "Paper"], "dimension"),
        "Sales": (AMOUNTS, "flow"),
        "Discount": ([0, 0.1, 0.25, 0.5], "rate %"),
        "discount_amount": (AMOUNTS, "flow"),
        "Is Gift": ([0, 1], "dimension"),
    },
    "staff": {
        "EmployeeNumber": (range(1, ROWS + 1), "id"),
        "Department": (["IT", "HR", "PR", "FI", "SA"], "dimension"),
        "JobSatisfaction": ([1, 2, 3, 4], "rate"),
        "EnvironmentSatisfaction": ([4, 3, 2, 1], "rate"),
        "WorkLifeBalance": ([2, 1, 4, 3], "rate"),
        "MonthlyIncome": (WHOLE, "rate"),
        "OverTime": (["Yes", "No"], "dimension"),
        "tenure_years": (varied(0, 30, 0.3), "rate years"),
        "headcount": (WHOLE, "stock"),
        "new_hires": (WHOLE, "flow"),
    },
    "web": {
        "date": (DATES, "time"),
        "deviceCategory": (["mobile", "desktop"], "dimension"),
        "sessions": (WHOLE, "flow"),
        "users": (WHOLE, "stock"),
        "newUsers": (WHOLE, "flow"),
        "bounceRate": (SHARES, "rate %"),
        "avgSessionDuration": (AMOUNTS, "rate"),
        "revenue_eur": (AMOUNTS, "flow EUR"),
    },
    "hospital": {
        "patient_id": ([7000 + n // 2 for n in range(ROWS)], "id"),
        "ward": (range(1, 8), "dimension"),
        "diagnosis_code": (["I10", "E11", "J44"], "dimension"),
        "length_of_stay_days": (range(1, 31), "rate days"),
        "readmitted": ([0, 1, 0], "rate %"),
        "hospital_county": (["Kings", "Queens"], "geography"),
    },
    "sensors": {
        "sensor_id": (["S1", "S2", "S3"], "dimension"),
        "temperature_c": (varied(10, 30, 0.2), "rate °C"),
        "humidity_pct": (varied(20, 90, 0.5), "rate %"),
        "lat": (varied(52, 53, 0.01), "text"),
        "long": (varied(13, 14, 0.01), "text"),
        "reading_kwh": ([100 + n for n in range(ROWS)], "stock kWh"),
    },
    "loans": {
        "term": ([36, 60], "dimension"),
        "int_rate": (varied(5, 25, 0.1), "rate"),
        "annual_inc": (WHOLE, "rate"),
        "addr_state": (["CA", "NY", "TX"], "geography"),
        "fico_score": (range(600, 850), "rate"),
        "default": ([0, 0, 1], "rate %"),
        "loan_amnt": (WHOLE, "flow"),
    },
    "football": {
        "season": ([2021, 2022, 2023], "time"),
        "matchday": (range(1, 24), "dimension"),
        "home_team": (["Ajax", "PSV"], "dimension"),
        "home_goals": (range(5), "flow"),
        "attendance": (WHOLE, "flow"),
    },
    "survey": {
        "Respondent": (range(1, ROWS + 1), "id"),
        "Country": (["Deutschland", "Frankreich"], "geography"),
        "I feel valued": (range(1, 6), "rate"),
        "I trust my manager": (range(1, 6), "rate"),
        "I would stay": (range(1, 6), "rate"),
        "NPS": (range(11), "rate"),
        "Comment": ([f"{n} {'long words ' * 8}" for n in range(ROWS)], "text"),
    },
    "stock": {
        "sku": (IDS, "id"),
        "warehouse": (range(1, 5), "dimension"),
        "quantity_on_hand": (WHOLE, "stock"),
        "unit_cost_usd": (AMOUNTS, "rate USD"),
        "lead_time_days": (range(1, 31), "rate days"),
    },
    "subscriptions": {
        "plan": (["free", "pro"], "dimension"),
        "mrr_usd": (WHOLE, "stock USD"),
        "churned": ([0, 1, 0, 0], "rate %"),
        "country_code": (["DE", "FR", "US"], "geography"),
        "billing_cycle": (["monthly", "annual"], "dimension"),
    },
    "marketing": {
        "Market": (["DE", "AT", "CH", "FR", "IT"], "geography"),
        "Impressions": (WHOLE, "flow"),
        "CTR": (varied(0, 0.1, 0.001), "rate %"),
        "CPC": (varied(0, 3, 0.02), "rate"),
        "ROAS": (varied(0, 6, 0.05), "rate"),
        "Spend": (AMOUNTS, "flow"),
    },
    "flights": {
        "flight_number": ([100 + n * 7 % 900 for n in range(ROWS)], "id"),
        "ORIGIN": (["JFK", "LAX", "ORD"], "geography"),
        "DEP_DELAY": (varied(-10, 120, 1.3), "rate"),
        "CANCELLED": ([0, 0, 0, 1], "rate %"),
    },
    "films": {
        "country of origin": (["USA", "UK", "France"], "geography"),
        "worldwide_gross": (WHOLE, "flow"),
        "imdb_rating": (varied(1, 10, 0.1), "rate"),
        "imdb_votes": (WHOLE, "flow"),
        "runtime_min": (range(80, 180), "rate min"),
    },
    "houses": {
        "price": (WHOLE, "rate"),
        "bedrooms": ([1, 2, 3, 4], "dimension"),
        "sqft_living": (WHOLE, "rate sq ft"),
        "condition": ([1, 2, 3, 4, 5], "rate"),
        "yr_built": (range(1900, 1990), "text"),
        "zipcode": (range(98001, 98021), "geography"),
    },
    "Filialen": {
        "Filiale": (range(1, 13), "dimension"),
        "Bundesland": (["Bayern", "Hessen"], "geography"),
        "Umsatz in TEUR": (WHOLE, "flow EUR"),
        "Preis €": (AMOUNTS, "rate EUR"),
        "Anteil %": (varied(0, 100, 0.9), "rate %"),
    },
}


@pytest.mark.parametrize("trade", TRADES.values(), ids=TRADES.keys())
def test_columns_of_a_trade_are_read_as_a_person_of_it_would(
    tmp_path: Path, trade: dict[str, tuple[Sequence[object], str]]
) -> None:
    """Role, additivity and unit of each column are what somebody who knows the table would say."""
    found = columns_of(tmp_path, **{name: cells for name, (cells, _) in trade.items()})
    said = {name: said_of(column) for name, column in found.items()}
    assert said == {name: expected for name, (_, expected) in trade.items()}
    assert all(column.reason for column in found.values())


def said_of(column: Column) -> str:
    return f"{column.additivity or column.role} {column.symbol}".strip()


def test_a_column_that_only_grows_and_is_called_a_total_is_cumulative(tmp_path: Path) -> None:
    """Totals so far are never summed over time, also where each country has its own; what falls is."""
    grown = [(n // 2 + 1) * (3 + n % 2) for n in range(ROWS)]
    found = columns_of(
        tmp_path,
        date=[DATES[n // 2] for n in range(ROWS)],
        country=["France", "Italy"],
        total_cases=grown,
        total_tests=WHOLE,
        revenue_ytd=grown,
    )
    assert [said_of(found[name]) for name in ("total_cases", "total_tests", "revenue_ytd")] == [
        "stock",
        "flow",
        "stock",
    ]
    assert "only ever grows" in found["total_cases"].reason


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Deutschland", "Frankreich"], True),
        (["États-Unis", "Espagne"], True),
        (["Texas", "Ohio", "New York"], True),
        (["DE", "AT", "CH", "FR", "IT"], True),
        (["DEU", "AUT", "CHE", "FRA", "ITA"], True),
        (["IT", "HR"], False),
        (["gold", "silver", "bronze"], False),
        (["Georgia"], False),
        (["IT", "HR", "PR", "FI", "XX"], False),
    ],
)
def test_cells_are_places_if_nearly_all_are_known_as_such(cells: list[str], expected: bool) -> None:
    """Names of countries in several languages, US states, and codes if there are several."""
    assert are_places(cells) is expected


def test_a_state_of_an_affair_is_no_place(tmp_path: Path) -> None:
    """The column "state" of a table of tickets holds open and closed."""
    found = columns_of(tmp_path, state=["open", "closed"], age=WHOLE)
    assert found["state"].role == "dimension"


def test_units_are_stated_with_where_they_come_from(tmp_path: Path) -> None:
    """The reason of a measure says its unit, and whether name or cells gave it."""
    found = columns_of(tmp_path, price_usd=AMOUNTS, fee=["€5.10", "€7.20", "€8.40"], note=["x"])
    assert found["price_usd"].reason.endswith("in USD, as its name says")
    assert found["fee"].reason.endswith("in EUR, as its cells say")


def test_a_level_of_things_that_come_once_is_summed(tmp_path: Path) -> None:
    """In a list of accounts the recurring revenue of all is their sum, whenever each signed up."""
    rows: list[list[Any]] = [[f"a{n}", day, 10 + n % 5] for n, day in enumerate(DATES[:100])]
    path = tmp_path / "t.csv"
    path.write_text(as_csv([["account_id", "signup_date", "mrr"], *rows]))
    info = DatasetInfo(name=path.name, sha256="0" * 64, bytes=1)
    source = analyst.profile(path, info, Brief())
    facts = analyst.find(path, source, Brief()).facts
    assert sum(row[2] for row in rows) in [fact.value for fact in facts]
