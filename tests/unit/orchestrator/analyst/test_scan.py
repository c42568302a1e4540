"""A scan of tables about which nothing is asked: what was planted is told, and noise is not."""

import math
import random
from pathlib import Path

import pytest

from tests import restaurants
from tests.unit.orchestrator.analyst.engine import Run, days, run_table
from tests.unit.orchestrator.analyst.noise import news_in, tables

pytestmark = pytest.mark.slow

TABLES = 14  # `make noise` takes two hundred


def months(first: int, last: int) -> list[tuple[int, int]]:
    return [(year, month) for year in range(first, last + 1) for month in range(1, 13)]


def monthly(tmp_path: Path, values: list[float], first: int = 2021) -> Run:
    dates = months(first, first + len(values) // 12)
    rows = [(f"{y}-{m:02}-01", value) for (y, m), value in zip(dates, values, strict=False)]
    return run_table(tmp_path / "t.csv", [("month", "sales"), *rows])


def test_noise_is_no_news(tmp_path: Path) -> None:
    """At most one in fourteen tables in which there is nothing is told as if there were something."""
    assert sum(bool(news_in(tmp_path / "t.csv", rows)) for rows in tables(TABLES)) <= 1


def test_a_table_in_which_nothing_stands_out_says_so(tmp_path: Path) -> None:
    """The deck has the level, and the summary says that there is nothing else."""
    rng = random.Random(4)
    rows = [(day, rng.choice("abc"), round(rng.gauss(100, 10), 1)) for day in days(2024)]
    run = run_table(tmp_path / "t.csv", [("date", "group", "sales"), *rows])
    assert len(run.told) == 1
    assert "Nothing else in the table stands out" in run.findings.remarks


def test_growth_is_told_from_the_first_year_to_the_last(tmp_path: Path) -> None:
    """From 10 a year to 100 in steps of ten."""
    rows = [(2001 + n, 10.0 * (n + 1)) for n in range(10)]
    run = run_table(tmp_path / "t.csv", [("year", "sales"), *rows])
    assert run.told[0] == "Sales rose by 900%: 10 in 2001, 100 in 2010"


def test_what_rose_and_fell_is_told_as_a_turn(tmp_path: Path) -> None:
    """Up by ten a year for ten years, down by twelve a year for ten: 60% below the peak of 200."""
    rows = [(2000 + n, 100 + 10 * n if n <= 10 else 200 - 12 * (n - 10)) for n in range(21)]
    run = run_table(tmp_path / "t.csv", [("year", "revenue"), *rows])
    told = run.points("development")
    assert told[0] == "Revenue peaked in 2010 and has fallen by 60% since"
    assert told[1] == "It had risen from 100 in 2000 to 200"


def test_a_season_is_no_turn(tmp_path: Path) -> None:
    """A high each summer is told as a season, and not as a peak."""
    values = [100 + 30 * math.cos((n % 12 - 6) / 6 * math.pi) + n % 5 for n in range(48)]
    run = monthly(tmp_path, values)
    assert run.points("season")[0].startswith("July has the highest sales")
    assert run.points("development") == []


def test_a_new_level_is_told_with_its_month(tmp_path: Path) -> None:
    """A year of 100 by turns, then one of 150."""
    values = [99.0 + n % 2 * 2 + (50 if n >= 12 else 0) for n in range(24)]
    assert "Jan 2022" in monthly(tmp_path, values).points("change_points")[0]


def test_the_group_that_moved_a_total_is_named(tmp_path: Path) -> None:
    """North falls from ten a day to five, south rises from ten to eleven."""
    rows = [
        (day, region, value + day.day % 3 / 10)
        for year, north, south in ((2022, 10, 10), (2023, 5, 11))
        for day in days(year)
        for region, value in (("north", north), ("south", south))
    ]
    run = run_table(tmp_path / "t.csv", [("date", "region", "sales"), *rows])
    assert run.points("contribution")[0].startswith("north alone fell by more than the whole")


def test_a_share_that_is_no_chance_is_told(tmp_path: Path) -> None:
    """A has six of ten rows; three groups at random have about a third each, which is no news."""
    rng = random.Random(1)

    def drawn(groups: str) -> Run:
        rows = [(rng.choice(groups), rng.randrange(50, 150)) for _ in range(200)]
        return run_table(tmp_path / "t.csv", [("group", "sales"), *rows])

    assert drawn("aaaaaabbcd").points("ranking")[0].startswith("a brings ")
    assert drawn("abc").points("ranking") == []


def test_a_loss_comes_before_all_else(tmp_path: Path) -> None:
    """Costs above the revenue of a product are the first thing that an owner has to know."""
    rows = [
        (f"2024-{n % 12 + 1:02}-01", "ab"[n % 2], 100 + n % 7, (60, 140)[n % 2] + n % 5)
        for n in range(48)
    ]
    run = run_table(tmp_path / "t.csv", [("month", "product", "revenue", "cost"), *rows])
    assert run.findings.scan[0].plan is not None
    assert run.findings.scan[0].plan.operation == "profit"
    assert any("b loses" in said.lower() for said in run.points("profit"))


def test_the_industry_brings_its_columns_forward(tmp_path: Path) -> None:
    """Of two columns that part the sales alike, a shop is told of its products first."""
    rng = random.Random(2)
    drawn = [(rng.choice("aaab"), rng.choice("xxxy")) for _ in range(300)]
    rows = [("colour", "product", "sales"), *((one, other, 10) for one, other in drawn)]

    def first(industry: str) -> str:
        run = run_table(tmp_path / "t.csv", rows, industry=industry)
        return run.points("ranking")[0]

    assert first("retail").startswith("x brings")
    assert len({first(""), first("retail")}) == 2


def test_what_only_moves_along_in_time_drives_nothing(tmp_path: Path) -> None:
    """Population and revenue both grow with the years: that one goes with the other is not told."""
    rows = [(2000 + n, 100 + 9 * n + n % 3, 50 + 4 * n + n % 2) for n in range(20)]
    run = run_table(tmp_path / "t.csv", [("year", "revenue", "population"), *rows])
    assert run.points("drivers") == []


def test_no_picture_is_shown_twice(tmp_path: Path) -> None:
    """A slide that would draw the same values as another is left out."""
    rows = [(2000 + n, 100 + 9 * n, 100 + 9 * n) for n in range(20)]
    run = run_table(tmp_path / "t.csv", [("year", "revenue", "sales"), *rows])
    drawn = [str(each.chart.series[0].values) for each in run.findings.scan if each.chart]
    assert len(drawn) == len(set(drawn))


def story(tmp_path: Path, brief: str) -> list[str]:
    """What is told of a chain's books: a city that fell, a part of the menu that lost its margin."""
    table = [restaurants.HEADER.split(","), *restaurants.rows()]
    return run_table(tmp_path / "books.csv", table, brief).told


@pytest.mark.parametrize("task", ["Prepare a business review.", "What is going well, what is not?"])
def test_a_task_that_names_nothing_gets_the_news(tmp_path: Path, task: str) -> None:
    """Who asks for a review wants to know what happened, not how large each part of each column is."""
    assert story(tmp_path, task)[0] == story(tmp_path, "")[0]


def test_a_task_is_shown_what_it_names_and_then_the_news(tmp_path: Path) -> None:
    """Takings by city first, as was asked; what happened stands before the sums of other columns."""
    told = story(tmp_path, "Analyze takings by city.")
    places = [
        next(place for place, said in enumerate(told) if words in said)
        for words in ("of takings", "missed plan", "of cost")
    ]
    assert places == sorted(places)
