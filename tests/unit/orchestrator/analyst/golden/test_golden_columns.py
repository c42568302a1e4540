"""Golden tables of columns: correlation, parts of a total, growth, and columns with nothing to say."""

from pathlib import Path

import pytest

from deckgen.domain.insights import InsightKind
from tests.unit.orchestrator.analyst.engine import run_table
from tests.unit.orchestrator.analyst.golden.golden import Rows, drawn, find


def pairs(ys: list[int]) -> Rows:
    """Humidity 1.5, 2.5 and so on, and a score for each."""
    return [("humidity", "score"), *((place + 1.5, y + 0.5) for place, y in enumerate(ys))]


def test_a_correlation_is_told_with_its_size(tmp_path: Path) -> None:
    """Twelve ranks in which neighbours change places: d² is 12 times 1.

    Spearman: 1 - 6 * 12 / (12 * 143) = 0.958. The lowest third has the scores 2.5, 1.5, 4.5 and 3.5,
    3 on average, the highest 10.5, 9.5, 12.5 and 11.5, which is 11.
    """
    found = find(tmp_path, pairs([2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]))
    told = found.told(InsightKind.CORRELATION)
    assert told[0] == "Humidity and score tend to rise and fall together"
    assert told[1] == "The rank correlation is 0.96, which is strong, over 12 rows"
    assert told[2] == "In the third with the least humidity, score average 3"
    assert told[3] == "In the third with the most humidity, score average 11"
    assert found.fact("Spearman").value == pytest.approx(1 - 72 / 1716)


def test_the_column_that_moved_a_total_is_named(tmp_path: Path) -> None:
    """Over 14 years ads lose 14 * 4 = 56, circulation gains 14, revenue loses 42: 133% lie in ads.

    In 2000 ads were 90 of 110, 82%.
    """
    rows = [(2000 + n, 90 - 4 * n, 20 + n, 110 - 3 * n) for n in range(15)]
    found = find(tmp_path, [("year", "ads", "circulation", "revenue"), *rows])
    told = found.told(InsightKind.CHANGE_DRIVER)
    assert told[0] == "The fall of revenue since 2000 lies entirely in ads"
    assert told[2] == "Ads fell by 56, which is 133% of that; in 2000 it was 82% of the total"
    assert told[3] == "Against it moved circulation (+14)"
    assert drawn(found.one(InsightKind.CHANGE_DRIVER)).series[0].values == [-56, 14]


def falling_then_rising() -> Rows:
    """Over 7 years ads lose 8 and circulation 2 a year, then gain 1 and 6; revenue is their sum."""
    parts = [(100 - 8 * n, 60 - 2 * n) if n < 8 else (37 + n, 4 + 6 * n) for n in range(15)]
    rows = [(2000 + n, ads, sold, ads + sold) for n, (ads, sold) in enumerate(parts)]
    return [("year", "ads", "circulation", "revenue"), *rows]


def test_what_moved_a_total_before_it_turned_is_told_too(tmp_path: Path) -> None:
    """160 to 90 is 70 less, 56 of it ads (80%); 90 to 139 is 49 more, 42 of it circulation (86%)."""
    found = find(tmp_path, falling_then_rising())
    after = found.told(InsightKind.CHANGE_DRIVER, "m3|columns|change")
    before = found.told(InsightKind.CHANGE_DRIVER, "m3|columns|change before")
    assert after[0] == "Circulation made up 86% of the rise of revenue since 2007"
    assert before[0] == "Ads made up 80% of the fall of revenue from 2000 to 2007"
    assert before[1] == "From the peak in 2000 to 2007, revenue fell by 70"
    assert before[2] == "Ads fell by 56, which is 80% of that; in 2000 it was 63% of the total"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Why did revenue fall?", "Ads made up"), ("Why did revenue rise?", "Circulation made up")],
)
def test_the_question_says_which_side_of_a_turn_is_asked_about(
    tmp_path: Path, question: str, answer: str
) -> None:
    """Who asks for a fall is answered with the fall, although the rise came later."""
    run = run_table(tmp_path / "t.csv", falling_then_rising(), question)
    assert run.say(run.deck.storyline.answer).startswith(answer)


def growing(*ends: tuple[int, int]) -> Rows:
    """Six years of columns that go from one number to another in even steps, and their sum."""
    rows = []
    for step in range(6):
        parts = [start + (end - start) * step / 5 for start, end in ends]
        rows.append((2010 + step, *parts, sum(parts)))
    names = ["apples", "pears", "plums", "grapes"][: len(ends)]
    return [("year", *names, "fruit"), *rows]


def test_the_columns_that_grew_most_and_least_are_named(tmp_path: Path) -> None:
    """From 10 each: to 20 (+100%), 15 (+50%), 12 (+20%) and 5 (-50%).

    In the middle is (50 + 20) / 2 = 35%, and the sum goes from 40 to 52, +30%.
    """
    told = find(tmp_path, growing((10, 20), (10, 15), (10, 12), (10, 5))).told(
        InsightKind.RANKING, "columns"
    )
    assert told[0] == "Apples grew most from 2010 to 2015, grapes fell most"
    assert told[1] == "Apples comes first with +100%, then pears with +50%"
    assert told[2] == "Grapes comes last with -50%"
    assert told[3] == "3 of 4 columns grew; the one in the middle is at 35%"
    assert told[4] == "All together, fruit: +30%"


SILENT: dict[str, tuple[Rows, set[InsightKind]]] = {
    "ranks without order": (pairs([7, 3, 11, 5, 9, 1, 12, 4, 8, 2, 10, 6]), {InsightKind.CORRELATION}),
    "one column computed from the other": (pairs(list(range(12))), {InsightKind.CORRELATION}),
    "columns that add up to nothing": (
        [("year", "a_sales", "b_sales"), *((2000 + n, 10 + n, 50 - n) for n in range(12))],
        {InsightKind.CHANGE_DRIVER},
    ),
    "too few columns to rank": (growing((10, 20), (10, 5)), {InsightKind.RANKING}),
}


@pytest.mark.parametrize(("rows", "kinds"), SILENT.values(), ids=SILENT.keys())
def test_what_is_not_there_is_not_told(tmp_path: Path, rows: Rows, kinds: set[InsightKind]) -> None:
    """No insight of these kinds comes out of a table in which they do not hold."""
    assert not kinds & find(tmp_path, rows).kinds


@pytest.mark.parametrize(("name", "cell"), [("constant", "5.5"), ("missing", "")])
def test_a_column_with_nothing_to_say_is_in_no_finding(tmp_path: Path, name: str, cell: str) -> None:
    """A measure with one value everywhere, or none at all, brings no insight and is warned of."""
    rows = [(f"{2021 + n // 12}-{n % 12 + 1:02}-01", "ab"[n % 2], cell, 10 + n % 5) for n in range(36)]
    found = find(tmp_path, [("month", "region", f"{name}_price", "sales"), *rows])
    kinds = {insight.kind for insight in found.findings.insights if "m2" in insight.subject}
    assert kinds <= {InsightKind.PERIOD_CHANGE}
    assert any(name in warning for warning in found.source.warnings)


def test_missing_values_and_small_groups_are_said(tmp_path: Path) -> None:
    """4 of 64 rows have no sales (6%), and only 4 of the 60 others are of the smallest region."""
    regions = ["north"] * 30 + ["south"] * 26 + ["west"] * 4
    rows = [(region, 4 + place % 2 * 2) for place, region in enumerate(regions)] + [("north", "")] * 4
    said = " ".join(find(tmp_path, [("region", "sales"), *rows]).told(InsightKind.RANKING, "m1"))
    assert "Left out: 4 of 64 rows, without a value for sales" in said
    assert "Small group: only 4 of 60 rows are of west" in said
