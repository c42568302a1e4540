"""The whole engine on real tables: what is most evident in each is told, and all checks pass."""

from pathlib import Path

import pytest

from deckgen.domain.insights import InsightKind
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow
DATA = Path(__file__).parents[3] / "data"

# What anyone can see who looks at the table: the kind of finding and words of its title.
EVIDENT: dict[str, tuple[InsightKind, *tuple[str, ...]]] = {
    "airports": (InsightKind.MAJORITY, "USA", "alone"),
    "crimea": (InsightKind.PERIOD_CHANGE, "Disease", "fell"),  # 2,761 in January 1855, 15 at the end
    "grunfeld": (InsightKind.GROUP_DIFFERENCE, "invest", "General Motors"),
    "iowa-electricity": (InsightKind.GROUP_DIFFERENCE, "source", "Fossil Fuels"),
    "longley": (InsightKind.TREND, "GNP", "upwards", "1947", "1962"),
    "macrodata": (InsightKind.TREND, "realgdp", "upwards", "1959"),
    "modechoice": (InsightKind.GROUP_DIFFERENCE, "invc", "mode"),
    "nile": (InsightKind.OVERVIEW, "740", "34%", "below 1871"),  # 1,120 in 1871
    "seattle-weather": (InsightKind.SEASONALITY, "temperature", "August", "December"),
    "statecrime": (InsightKind.CORRELATION, "Violent", "murder", "together"),
    "sunspots": (InsightKind.PERIOD_CHANGE, "fell", "61%", "2008"),  # from 7.5 to 2.9
    "us-employment": (InsightKind.TREND, "Nonfarm", "bottomed out", "Feb 2010"),
    "wheat": (InsightKind.TREND, "Wages", "upwards", "1565"),  # from 5 to 30 shillings
}


def test_every_table_is_expected_to_tell_something() -> None:
    """Each table in the folder has an expectation."""
    assert sorted(path.stem for path in DATA.glob("*.csv")) == sorted(EVIDENT)


@pytest.mark.parametrize("name", sorted(EVIDENT))
def test_what_is_evident_is_told_and_all_checks_pass(name: str, tmp_path: Path) -> None:
    """A person who looks at the table finds the same, and every number in the deck holds."""
    run = run_table(tmp_path / f"{name}.csv", (DATA / f"{name}.csv").read_bytes())
    kind, *words = EVIDENT[name]
    told = [run.say(insight.headline) for insight in run.insights(kind)]
    assert [one for one in told if all(word.lower() in one.lower() for word in words)], told
    assert [check for check in run.deck.quality if not check.passed] == []


def test_no_slide_counts_the_rows_of_a_panel(tmp_path: Path) -> None:
    """That there are as many rows in each year as in the one before is no finding."""
    run = run_table(tmp_path / "t.csv", (DATA / "iowa-electricity.csv").read_bytes())
    assert not [one for one in run.findings.insights if one.subject.startswith("rows|")]


def test_a_title_of_three_lines_fits_on_the_cover(tmp_path: Path) -> None:
    """The name of a file has no spaces to break it at, and stands in the largest letters."""
    path = tmp_path / "w_19403_us_newspaper_revenue.csv"
    quality = run_table(path, (DATA / "nile.csv").read_bytes()).deck.quality
    assert next(check for check in quality if check.name == "nothing_overflows").problems == []
