"""Groups against a plan, against all of them, and from one total to another."""

from itertools import combinations

import pytest

from deckgen.domain.charts import Chart, ChartKind, Series, SeriesRole
from deckgen.domain.formatting.display import PERCENT
from deckgen.export.charts import inked
from deckgen.export.charts.kinds import kind_of, kinds, over
from deckgen.export.scene.elements import Panel, Rule, TextBox
from tests.drawn_charts import THEME, laid_out, native, native_values
from tests.several_series import (
    GROUPS,
    WIDE,
    assert_apart,
    elements,
    of,
    seen,
    series,
    texts,
    touch,
)

ACTUAL = series("Actual", [6.5e6, 4.1e6, 3.9e6, 3.5e6, 0.1e6])
BUDGET = series("Budget", [6.84e6, 4.3e6, 3.7e6, 2.69e6, 0.3e6], SeriesRole.PLAN)
AGAINST = of(ChartKind.VARIANCE, GROUPS, ACTUAL, BUDGET, highlight=[1])


def test_a_variance_says_plan_and_difference_of_each_group() -> None:
    """Beside each bar stand the plan, the signed difference and its share of the plan."""
    said = texts(AGAINST)
    for text in ("Actual", "Budget", "Difference", "$6.8M", "−$340K", "−5%", "+$810K", "+30%"):
        assert text in said
    fills = [each.fill for each in elements(AGAINST) if isinstance(each, Panel)]
    assert (fills.count("contrast"), fills.count("ink")) == (3, 6)


def test_a_short_bar_says_its_value_beyond_the_plan() -> None:
    """A value that has no room inside of its bar stands beyond the tick of the plan."""
    _, room = seen(AGAINST)
    assert room.labelled[0] == [0, 1, 2, 3]
    assert "$100K" in texts(AGAINST)
    assert "$6.5M" not in texts(AGAINST)


def test_a_variance_can_be_edited() -> None:
    """The workbook holds actual and plan as the deck has them."""
    made = native(AGAINST)
    assert native_values(made) == {"Actual": ACTUAL.values, "Budget": BUDGET.values}


def test_texts_of_a_variance_do_nottouch() -> None:
    """Plans, differences and per cent stand clear of one another and inside of the chart."""
    view, room = seen(AGAINST)
    boxes = [each.box for each in over(view, room, THEME) if isinstance(each, TextBox)]
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    assert max(box.right for box in boxes) <= WIDE


@pytest.mark.parametrize(
    "shown",
    [
        of(ChartKind.VARIANCE, GROUPS, ACTUAL),
        of(ChartKind.VARIANCE, GROUPS, ACTUAL, series("Loss", [-1.0] * 5, SeriesRole.PLAN)),
    ],
)
def test_what_lacks_a_plan_is_drawn_as_columns(shown: Chart) -> None:
    """A variance without a plan, or with losses, becomes a column chart."""
    assert kind_of(shown).lacks(shown) == ""
    assert kind_of(shown) is kind_of(of(ChartKind.COLUMN, GROUPS, ACTUAL))


def test_values_of_a_bridge_do_nottouch() -> None:
    """In a narrow chart the values of small changes give way to those of large ones and totals."""
    changes: list[float | int | None] = [21.5e6, *[3e5 - 1e4 * n for n in range(10)], 24e6]
    shown = of(ChartKind.WATERFALL, [f"Step {n}" for n in range(12)], series("A", changes))
    for wide in (560, 300):
        view, room, _ = laid_out(shown, wide)
        boxes = inked.labels(view, room)
        assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
        assert {0, 11} <= set(room.labelled[0])
    assert len(boxes) < 12


REACHED = Series(
    label="Reached", unit=PERCENT, values=[0.5, 0.75, 0.85, 0.95, 1.0], role=SeriesRole.REACHED
)
CONCENTRATED = of(ChartKind.PARETO, GROUPS, series("Revenue", [5e6, 2.5e6, 1e6, 1e6, 0.5e6]), REACHED)


def test_a_pareto_chart_marks_80_per_cent() -> None:
    """The share that is reached where the line passes 80 % is said, and the few that make it wear
    the accent."""
    assert texts(CONCENTRATED) == ["85%"]
    view, room = seen(CONCENTRATED)
    (mark,) = [each for each in over(view, room, THEME) if isinstance(each, Rule)]
    assert mark.start == pytest.approx((room.along(2), room.at(0.8 * room.scale.high)))


def test_a_pareto_chart_has_a_second_axis() -> None:
    """The line is a native one over the same groups, along its own axis from 0 to 100 %."""
    made = native(CONCENTRATED)
    assert native_values(made) == {each.label: each.values for each in CONCENTRATED.series}
    area = made._chartSpace.chart.plotArea
    axes = [each for each in area if each.tag.endswith("}valAx")]
    maxima = [float(axis.find(".//{*}max").get("val")) for axis in axes]
    assert maxima == pytest.approx([10e6, 1])


def test_texts_of_a_pareto_chart_do_nottouch() -> None:
    """What is reached stands clear of bars, values and axis."""
    assert kind_of(CONCENTRATED) is kinds()[ChartKind.PARETO]
    assert_apart(CONCENTRATED)
