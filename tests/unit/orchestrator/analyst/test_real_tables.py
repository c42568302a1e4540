"""The whole engine on real tables: what is most evident in each is told, and all checks pass."""

from pathlib import Path

import pytest

from tests.samples import sampled
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow
DATA = Path(__file__).parents[3] / "data"

# What anyone can see who looks at the table: words of a title.
EVIDENT: dict[str, tuple[str, ...]] = {
    "airports": ("USA", "brings"),
    "crimea": ("Wounds",),  # 24 months are too few to say that it turned
    "grunfeld": ("invest", "General Motors"),
    "iowa-electricity": ("Fossil Fuels", "72%"),
    "longley": ("GNP", "rose", "1947", "1962"),
    "macrodata": ("realgdp", "rose", "1959"),
    "modechoice": ("invc", "mode"),
    "nile": ("740", "34%", "fell"),  # from 1,120 in 1871
    "seattle-weather": ("temperature", "August"),
    "statecrime": ("Violent", "murder", "rises"),
    "sunspots": ("SUNACTIVITY", "2008"),
    "us-employment": ("Nonfarm", "lowest", "Feb 2010"),
    "wheat": ("Wheat", "1820"),
}


# Groups, shares, trends, seasons, a panel, and a turn.
SAMPLE = ("airports", "grunfeld", "iowa-electricity", "nile", "seattle-weather", "us-employment")


def test_every_table_is_expected_to_tell_something() -> None:
    """Each table in the folder has an expectation."""
    assert sorted(path.stem for path in DATA.glob("*.csv")) == sorted(EVIDENT)


@pytest.mark.sweeps
@pytest.mark.parametrize("name", sampled(sorted(EVIDENT), *SAMPLE))
def test_what_is_evident_is_told_and_all_checks_pass(name: str, tmp_path: Path) -> None:
    """A person who looks at the table finds the same, and every number in the deck holds."""
    run = run_table(tmp_path / f"{name}.csv", (DATA / f"{name}.csv").read_bytes())
    assert [each for each in run.told if all(word.lower() in each.lower() for word in EVIDENT[name])], (
        run.told
    )
    assert [check for check in run.deck.quality if not check.passed] == []


def test_no_slide_counts_the_rows_of_a_panel(tmp_path: Path) -> None:
    """That there are as many rows in each year as in the one before is no finding."""
    run = run_table(tmp_path / "t.csv", (DATA / "iowa-electricity.csv").read_bytes())
    assert not [each for each in run.told if " rows" in each]


def test_a_title_of_three_lines_fits_on_the_cover(tmp_path: Path) -> None:
    """The name of a file has no spaces to break it at, and stands in the largest letters."""
    path = tmp_path / "w_19403_us_newspaper_revenue.csv"
    quality = run_table(path, (DATA / "nile.csv").read_bytes()).deck.quality
    assert next(check for check in quality if check.name == "nothing_overflows").problems == []
