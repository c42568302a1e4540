import pytest

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.export.charts.kinds import kind_of
from deckgen.export.scene.elements import Rule
from tests.deck_parts import MONTH, MONTHS
from tests.drawn_charts import charted, laid_out, native, native_values, touching, written

PAST: list[float | None] = [5e6, 6e6, 5.5e6, 7e6]
NONE: list[float | None] = [None] * 4
ROLES = [SeriesRole.ACTUAL, SeriesRole.PLAN, SeriesRole.LOW, SeriesRole.HIGH]


def _forecast(expected: list[float | None] | None = None) -> Chart:
    rows = {
        "Revenue": [*PAST, None, None],
        "Expected": expected or [*NONE, 7.4e6, 7.8e6],
        "Low": [*NONE, 7e6, 6.8e6],
        "High": [*NONE, 7.8e6, 9.2e6],
    }
    return charted(ChartKind.FORECAST, MONTHS[:6], rows, category_unit=MONTH, roles=ROLES)


def test_native_values_are_those_of_the_deck() -> None:
    """PowerPoint has the lines as they are, and the range as its lower end and what is above it."""
    values = native_values(native(_forecast()))
    assert values["Revenue"] == [*PAST, None, None]
    assert values["Expected"] == [*NONE, 7.4e6, 7.8e6]
    assert values["Low"][4:] == [7e6, 6.8e6]
    assert values["Low – High"] == pytest.approx([0, 0, 0, 0, 0.8e6, 2.4e6])


def test_the_range_is_of_areas_behind_the_lines() -> None:
    """Areas come first, since what is drawn later lies over it, and the axes are the same."""
    areas, lines = native(_forecast()).plots
    assert [series.name for series in areas.series] == ["Low", "Low – High"]
    assert [series.name for series in lines.series] == ["Revenue", "Expected"]
    axes = [[axis.get("val") for axis in plot._element.findall("{*}axId")] for plot in (areas, lines)]
    assert axes[0] == axes[1]


def test_what_is_expected_begins_at_the_last_value() -> None:
    """A dashed line leads from the last value to the first one that is expected."""
    _, room, shapes = laid_out(_forecast())
    (lead,) = (shape for shape in shapes if isinstance(shape, Rule) and shape.dashed)
    assert lead.start == pytest.approx((room.along(3), room.at(7e6)))
    assert lead.end == pytest.approx((room.along(4), room.at(7.4e6)))


def test_the_last_value_and_the_ends_are_named() -> None:
    """The last value, what is expected and the range say what they are, and no words touch."""
    shapes = laid_out(_forecast())[2]
    assert set(written(shapes)) == {"$7M", "Expected $7.8M", "Low $6.8M", "High $9.2M"}
    assert not touching(shapes)


def test_a_forecast_fills_the_plot_from_edge_to_edge() -> None:
    """The first and the last period stand at the edges, as areas do everywhere."""
    _, room, _ = laid_out(_forecast())
    assert room.along(0) == room.left
    assert room.along(5) == pytest.approx(room.plot_right)


def test_a_forecast_begins_after_the_last_value() -> None:
    """What is expected of periods that have passed is no forecast."""
    assert kind_of(_forecast()).native == "ranges"
    assert kind_of(_forecast([None, *PAST, 1.0])).native == "bars"
