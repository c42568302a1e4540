"""The claim chooses the exhibit: what is drawn for it, and what the chart points at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.charts import Annotation, Chart, ChartKind, SeriesRole
from deckgen.domain.decks import Layout
from deckgen.domain.facts import Sign
from deckgen.domain.formatting.display import COUNT
from deckgen.orchestrator.analyst.proof.checks import proof
from tests.deck_parts import chart, slide
from tests.decks import brief_deck
from tests.unit.orchestrator.analyst.engine import run_table
from tests.unit.orchestrator.analyst.operations.asking import Said, ask
from tests.unit.orchestrator.facts import fact

HEADER = "month,region,sales,cost,budget"
REGIONS = {"North": 100, "South": 70, "East": 50, "West": 20}


def rows() -> Iterator[list[object]]:
    """Three years by month: the North grows, and its cost faster still."""
    for year in range(2021, 2024):
        for month in range(1, 13):
            for name, level in REGIONS.items():
                sales = level * (1 + 0.4 * (year - 2021) * (name == "North")) + month % 3
                cost = sales * (0.4 + 0.1 * (year - 2021) * (name == "North"))
                yield [f"{year}-{month:02}-01", name, round(sales, 2), round(cost, 2), level * 1.1 + 1]


def asked(folder: Path, question: str) -> Said:
    return ask(folder, HEADER, list(rows()), question)


def chart_of(said: Said) -> Chart:
    chart = said.answer.chart
    assert chart is not None
    return chart


@pytest.mark.parametrize(
    ("question", "kind", "series"),
    [
        ("Which regions are behind budget?", ChartKind.VARIANCE, 2),
        ("Where do we lose margin?", ChartKind.LINE, 4),
        ("Which region grew most since 2021?", ChartKind.INDEXED, 4),
        ("Which region grew most?", ChartKind.SLOPE, 4),
        ("Which region brings most sales?", ChartKind.PARETO, 2),
        ("How has the mix of regions changed since 2021?", ChartKind.SHARES, 4),
        ("How much will we sell next month?", ChartKind.FORECAST, 4),
    ],
)
def test_the_claim_chooses_the_exhibit(
    question: str, kind: ChartKind, series: int, tmp_path: Path
) -> None:
    """Plans are held against what became, courses stand side by side, parts make a whole."""
    chart = chart_of(asked(tmp_path, question))
    assert (chart.kind, len(chart.series)) == (kind, series)


def test_series_say_what_they_are_to_each_other(tmp_path: Path) -> None:
    """A plan, what groups reach together, and the ends of a range have their roles."""
    plan = chart_of(asked(tmp_path, "Which regions are behind budget?"))
    assert [each.role for each in plan.series] == [SeriesRole.ACTUAL, SeriesRole.PLAN]
    pareto = chart_of(asked(tmp_path, "Which region brings most sales?"))
    assert pareto.series[1].role is SeriesRole.REACHED
    assert pareto.series[1].values[-1] == pytest.approx(1)
    forecast = chart_of(asked(tmp_path, "How much will we sell next month?"))
    assert [each.role for each in forecast.series] == [
        SeriesRole.ACTUAL,
        SeriesRole.PLAN,
        SeriesRole.LOW,
        SeriesRole.HIGH,
    ]
    assert [each.values[-1] is None for each in forecast.series] == [True, False, False, False]


def test_the_group_that_is_told_is_in_focus_with_its_change(tmp_path: Path) -> None:
    """The line of the group that loses its margin is pointed at, between the years of the title."""
    said = asked(tmp_path, "Where do we lose margin?")
    chart = chart_of(said)
    (place,) = chart.focus
    assert said.say(chart.series[place].label) == "North"
    (difference,) = chart.annotations
    assert (difference.kind, difference.series, difference.at) == ("difference", place, [0, 2])


def test_steps_have_what_each_keeps_of_the_one_before(tmp_path: Path) -> None:
    """A funnel has its rates beside its counts, and marks the step that loses most."""
    steps = [["1 visit", 1000], ["2 cart", 200], ["3 order", 150]]
    chart = chart_of(ask(tmp_path, "step,users", steps, "Where in the funnel do we lose most users?"))
    assert chart.kind is ChartKind.FUNNEL
    assert chart.series[1].values == [None, pytest.approx(0.2), pytest.approx(0.75)]
    assert chart.highlight == [1]


def test_groups_of_a_mean_stand_beside_the_mean_of_all(tmp_path: Path) -> None:
    """The line is a fact, which the words beside it name."""
    people = [["ab"[n % 2], 30 + 5 * (n % 2) + n % 3] for n in range(60)]
    said = ask(tmp_path, "team,age", people, "Does age differ by team?")
    (line,) = chart_of(said).annotations
    assert line.kind == "line"
    assert said.say(line.text) == "over all 33.5"


def test_two_categories_cross_in_a_table_of_shades(tmp_path: Path) -> None:
    """Rows and columns are the groups of both."""
    people = [["abc"[n % 3], "xyz"[n % 9 // 3], n % 7] for n in range(180)]
    said = ask(tmp_path, "team,site,score", people, "How does score differ by team and site?")
    chart = chart_of(said)
    assert (chart.kind, len(chart.series), len(chart.categories)) == (ChartKind.HEAT, 3, 3)


def test_a_change_that_gets_worse_is_bad(tmp_path: Path) -> None:
    """By the good direction of its measure; what is level stays plain."""
    lost, level = asked(tmp_path, "Where do we lose margin?").answer.kpis
    assert (lost.tone, level.tone) == ("bad", "plain")


def test_a_figure_has_its_course_where_no_chart_has_it(tmp_path: Path) -> None:
    """The share of a group over the months; a chart over time leaves nothing to add."""
    (share,) = asked(tmp_path, "Which region brings most sales?").answer.kpis
    assert share.trend is not None
    assert len(share.trend.values) == 36
    assert max(value or 0 for value in share.trend.values) < 1
    assert all(kpi.trend is None for kpi in asked(tmp_path, "How did sales develop?").answer.kpis)


def pointed(at: list[int], text: str, **more: Any) -> Annotation:
    return Annotation.model_validate({"kind": "difference", "text": text, "at": at, **more})


def test_what_a_chart_points_at_is_checked_against_its_values() -> None:
    """A difference between other periods or with the wrong sign, a line at another fact, words at
    another value, and what the chart does not have.
    """
    facts = [
        fact("f1", -5.0, COUNT, Sign.CHANGE),
        fact("f2", 15.0, COUNT, Sign.PLAIN),
        fact("f3", 5.0, COUNT, Sign.SIZE),
    ]
    cases = {
        "": [
            pointed([0, 1], "{{f1}}"),
            pointed([0, 1], "down {{f3}}"),
            pointed([], "all {{f2}}", kind="line", value="f2"),
            pointed([1], "{{f2}}", kind="callout"),
        ],
        "a difference is not that of its values": [
            pointed([0, 2], "{{f1}}"),
            pointed([1, 0], "{{f1}}"),
        ],
        "a line has another value": [pointed([], "all {{f2}}", kind="line", value="f1")],
        "words stand at another value": [pointed([0], "{{f2}}", kind="callout")],
        "something is pointed at that the chart does not have": [pointed([0, 3], "{{f1}}")],
    }
    for problem, annotations in cases.items():
        for each in annotations:
            drawn = chart(ChartKind.COLUMN, ["a", "b", "c"], [20.0, 15, 12], unit=COUNT)
            drawn = drawn.model_copy(update={"annotations": [each]})
            deck = brief_deck().model_copy(
                update={"facts": facts, "slides": [slide(Layout.CHART, "It fell", drawn)]}
            )
            expected = [f"{deck.slides[0].id}: {problem}"] if problem else []
            assert list(proof.annotations(deck)) == expected, each


def test_no_average_of_means_is_drawn(tmp_path: Path) -> None:
    """What does not add up has the value of all rows beside it, which weighs its groups."""
    prices = [["A", 10]] * 34 + [["B", 20], ["C", 60]] * 4
    found = ask(tmp_path, "shop,price", prices, "What is the average price by shop?")
    (line,) = chart_of(found).annotations
    value = next(each.value for each in found.facts if each.id == line.value)
    assert value == pytest.approx(660 / 42)


def test_years_that_differ_by_chance_have_no_arrow(tmp_path: Path) -> None:
    """A level over years is told as one: its first and its last year make no change."""
    months = [(year, month) for year in range(2020, 2025) for month in range(1, 13)]
    visits = [[f"{year}-{month:02}-01", 100 + (7 * month + year) % 11] for year, month in months]
    drawn = chart_of(ask(tmp_path, "month,visits", visits, "How many visits were there in all?"))
    assert [each.kind for each in drawn.annotations if each.kind == "difference"] == []


@pytest.mark.slow
def test_no_picture_is_drawn_twice(tmp_path: Path) -> None:
    """Whatever is asked: the slide whose title needs it keeps it, and the other has its figure."""
    table: list[list[object]] = [
        ["date", "sales", "region"],
        ["2024-01-01", 5, "n"],
        ["2024-01-02", 7, "s"],
    ]
    run = run_table(tmp_path / "data.csv", table)
    drawn = [b.sql for slide in run.deck.slides for b in slide.blocks if isinstance(b, Chart)]
    assert drawn
    assert len(drawn) == len(set(drawn))
    assert [check.name for check in run.deck.quality if not check.passed] == []


def test_a_ratio_stands_with_what_makes_it(tmp_path: Path) -> None:
    """Its two columns are the branches, over the same periods."""
    visits = [[f"2023-{month:02}-01", 20 + month, 1000 + 10 * month] for month in range(1, 13)]
    chart = chart_of(ask(tmp_path, "month,orders,visits", visits, "What is our conversion rate?"))
    assert chart.kind is ChartKind.TREE
    for ratio, orders, seen in zip(*(each.values for each in chart.series), strict=True):
        assert orders
        assert seen
        assert ratio == pytest.approx(orders / seen)


def test_the_spread_within_groups_is_drawn_as_boxes(tmp_path: Path) -> None:
    """Five values of each, the highest median first."""
    people = [["abc"[n % 3], 30 + 10 * (n % 3) + n % 7] for n in range(120)]
    said = ask(tmp_path, "team,age", people, "How is age distributed by team?")
    chart = chart_of(said)
    assert (chart.kind, len(chart.series)) == (ChartKind.DISTRIBUTION, 5)
    assert chart.categories == ["c", "b", "a"]
    for ends in zip(*(each.values for each in chart.series), strict=True):
        assert list(ends) == sorted(value or 0 for value in ends)
