import math
import random
from pathlib import Path

import pytest

from deckgen.domain.decks import ChartKind
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of
from tests.unit.orchestrator.analyst.engine import Run, days, run_table

pytestmark = pytest.mark.slow


def test_a_price_is_averaged_and_never_summed(tmp_path: Path) -> None:
    """No fact of a table of prices holds their sum."""
    rows = [(day, "ab"[n % 2], 10 + n % 2 * 10) for n, day in enumerate(days(2024, 1, 3))]
    result = run_table(tmp_path / "t.csv", [("date", "group", "price_usd"), *rows])
    total = sum(row[2] for row in rows)
    assert total not in [fact.value for fact in result.findings.facts]
    assert not any('sum("price_usd"' in fact.sql for fact in result.findings.facts)
    difference = result.insights(InsightKind.GROUP_DIFFERENCE)[0]
    assert "$20.00 for b" in result.say(difference.headline)


@pytest.mark.parametrize("seed", range(5))
def test_noise_has_no_findings_that_need_a_test(tmp_path: Path, seed: int) -> None:
    """In random numbers there is no trend, no season, no difference and no correlation."""
    rng = random.Random(seed)
    rows = [
        [day, rng.choice("abc"), rng.gauss(100, 10), rng.gauss(50, 5)]
        for day in days(2023) + days(2024)
    ]
    result = run_table(tmp_path / "t.csv", [["date", "group", "sales", "score"], *rows])
    tested = {
        InsightKind.TREND,
        InsightKind.SEASONALITY,
        InsightKind.CORRELATION,
        InsightKind.GROUP_DIFFERENCE,
    }
    assert not tested & {insight.kind for insight in result.findings.insights}


def test_a_planted_trend_is_found_with_its_ends(tmp_path: Path) -> None:
    """Sales that grow month by month are told from the first full month to the last."""
    rows = [
        [day, 100 + (day.year - 2022) * 12 * 5 + day.month * 5]
        for year in (2022, 2023)
        for day in days(year)
    ]
    result = run_table(tmp_path / "t.csv", [["date", "price"], *rows])
    trend = result.insights(InsightKind.TREND)[0]
    assert "upwards" in result.say(trend.headline)
    assert "105" in result.say(trend.headline)
    assert any(fact.statistics and fact.statistics.q_value < 0.05 for fact in result.findings.facts)


def test_a_turning_point_is_told_as_such(tmp_path: Path) -> None:
    """What rose for ten years and fell for ten is no trend from first to last."""
    rows = [[2000 + n, 100 + 10 * n if n <= 10 else 200 - 12 * (n - 10)] for n in range(21)]
    result = run_table(tmp_path / "t.csv", [["year", "revenue"], *rows])
    assert "peaked in 2010" in result.say(result.insights(InsightKind.TREND)[0].headline)


def test_a_season_is_not_a_trend_and_is_found_as_a_season(tmp_path: Path) -> None:
    """Three years with a high each July, and no growth."""
    rows = [
        [day, 100 + 50 * math.cos((day.month - 7) / 6 * math.pi) + day.day % 3]
        for year in (2021, 2022, 2023)
        for day in days(year)
    ]
    result = run_table(tmp_path / "t.csv", [["date", "sales"], *rows])
    assert "July" in result.say(result.insights(InsightKind.SEASONALITY)[0].headline)
    assert not result.insights(InsightKind.TREND)


def test_a_trend_beneath_a_strong_season_is_found(tmp_path: Path) -> None:
    """Sales that swing by a half each year and grow a little each month."""
    rows = [
        [
            day,
            100 + 50 * math.cos((day.month - 7) / 6 * math.pi) + (day.year - 2020) * 6 + day.month / 2,
        ]
        for year in (2020, 2021, 2022, 2023)
        for day in days(year)
    ]
    result = run_table(tmp_path / "t.csv", [["date", "score"], *rows])
    assert "upwards" in result.say(result.insights(InsightKind.TREND)[0].headline)


def two_years(tmp_path: Path) -> Run:
    """North falls from ten a day to five, south rises from ten to eleven."""
    rows = [
        [day, region, value]
        for year, north, south in ((2022, 10, 10), (2023, 5, 11))
        for day in days(year)
        for region, value in (("north", north), ("south", south))
    ]
    return run_table(tmp_path / "t.csv", [["date", "region", "sales"], *rows])


def test_the_driver_of_a_change_is_named_with_its_part(tmp_path: Path) -> None:
    """North loses 365 times five; the waterfall leads from one total to the other."""
    result = two_years(tmp_path)
    driver = result.insights(InsightKind.CHANGE_DRIVER)[0]
    assert "north" in result.say(driver.headline)
    assert driver.chart is not None
    assert driver.chart.kind is ChartKind.WATERFALL
    assert driver.chart.series[0].values == [7300, -1825, 365, 5840]


def test_columns_that_add_up_to_another_are_its_parts(tmp_path: Path) -> None:
    """Revenue is ads and circulation; the fall lies in ads, and the total is no item of its own."""
    rows = [[2000 + n, 90 - 4 * n, 20 + n, 110 - 3 * n] for n in range(15)]
    result = run_table(
        tmp_path / "t.csv", [["year", "ads_musd", "circulation_musd", "revenue_musd"], *rows]
    )
    driver = result.insights(InsightKind.CHANGE_DRIVER)[0]
    assert driver.chart is not None
    assert driver.chart.categories == ["ads", "circulation"]
    assert "ads" in result.say(driver.headline).lower()


def test_a_correlation_says_nothing_of_causes(tmp_path: Path) -> None:
    """Two columns that move together are told so, without a causal word."""
    rng = random.Random(1)
    rows = [
        [rng.choice("ab"), x, 3 * x + rng.gauss(0, 60)]
        for x in (rng.uniform(0, 100) for _ in range(80))
    ]
    result = run_table(tmp_path / "t.csv", [["group", "humidity", "score"], *rows])
    found = result.insights(InsightKind.CORRELATION)[0]
    said = result.say(" ".join([found.headline, *found.takeaways])).lower()
    assert "rise and fall together" in said
    assert not any(word in said for word in ("because", "due to", "leads to", "drives"))


def test_trends_need_five_points_and_a_change() -> None:
    """Four points are too few, and a flat line has no trend."""
    assert trend_of([1.0, 2.0, 3.0, 4.0]) is None
    assert trend_of([5.0] * 20) is None
    found = trend_of([1.0, 2.0, 3.0, 4.0, 5.0])
    assert found is not None
    assert [found.tau, found.slope] == pytest.approx([1.0, 1.0])
