from pathlib import Path

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Role
from deckgen.domain.step_contract import DatasetInfo
from deckgen.domain.uploads.period_names import period_of
from deckgen.orchestrator.analyst import profile
from deckgen.orchestrator.analyst.lexicon.column_names import read_name


@pytest.mark.parametrize(
    ("name", "symbol", "scale"),
    [
        ("Revenue EUR m", "EUR", 1e6),
        ("Revenue (EUR m)", "EUR", 1e6),
        ("Revenue (m EUR)", "EUR", 1e6),
        ("Sales €k", "EUR", 1e3),
        ("Umsatz T€", "EUR", 1e3),
        ("Revenue USDm", "USD", 1e6),
        ("EBIT in EUR bn", "EUR", 1e9),
        ("Sales (in thousands)", "", 1e3),
        ("Cost (k)", "", 1e3),
        ("Consumption (kWh)", "kWh", 1),
        ("output_MWh", "MWh", 1),
        ("length m", "m", 1),
        ("Revenue (USD '000)", "USD", 1e3),
        ("Revenue (in thousands of USD)", "USD", 1e3),
        ("Umsatz in Tsd. €", "EUR", 1e3),
        ("Revenue (US$ millions)", "USD", 1e6),
        ("Energy (KWh)", "kWh", 1),
        ("Price (EUR/kWh)", "EUR", 1),
        ("kg per m²", "kg", 1),
        ("CO2 (t)", "t", 1),
        ("Class B EUR", "EUR", 1),
        ("mHealth users", "", 1),
    ],
)
def test_a_name_says_unit_and_scale(name: str, symbol: str, scale: float) -> None:
    """A letter is a magnitude only beside a currency, and no part of a unit."""
    read = read_name(name)
    assert (read.symbol, read.scale) == (symbol, scale)


@pytest.mark.parametrize(
    ("name", "grain"),
    [("FY22", "year"), ("FY22 Q1", "quarter"), ("Q1 FY22", "quarter"), ("FY2022 Q1", "quarter")],
)
def test_fiscal_periods_of_two_digits_are_periods(name: str, grain: str) -> None:
    """In the names of columns as in cells."""
    period = period_of(name)
    assert period is not None
    assert (period.grain, period.year, period.number) == (grain, 2022, 1)


@pytest.mark.parametrize(
    ("name", "years", "role"),
    [
        ("Period", (2019, 2020, 2021), Role.TIME),
        ("date", (1990, 2010, 2035), Role.TIME),
        ("Period", (1519, 2020, 2021), Role.MEASURE),
        ("Period cost", (2019, 2020, 2021), Role.MEASURE),
    ],
)
def test_plain_years_under_date_or_period_are_years(
    name: str, years: tuple[int, ...], role: Role, tmp_path: Path
) -> None:
    """If they are of our days, and the name says nothing else."""
    path = tmp_path / "t.csv"
    path.write_text(f"{name},sales\n" + "".join(f"{year},{year % 7}.5\n" for year in years))
    info = DatasetInfo(name="t.csv", sha256="0" * 64, bytes=path.stat().st_size)
    assert profile(path, info, Brief()).columns[0].role is role
