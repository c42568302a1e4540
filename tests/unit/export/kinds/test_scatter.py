from itertools import pairwise

import pytest

from deckgen.domain.charts import Annotation, Chart, ChartKind, SeriesRole
from deckgen.domain.formatting.display import COUNT
from deckgen.export.charts.frame import across
from deckgen.export.charts.kinds import kind_of
from deckgen.export.colours import of_role
from deckgen.export.scene.elements import Rule, TextBox
from tests.drawn_charts import THEME, charted, inked, laid_out, native, touching, written

VISITS = [20.0, 32, 41, 50, 58, 66, 75, 78]
REVENUE = [5e5, 8e5, 9e5, 1.3e6, 1.5e6, 1.4e6, 1.9e6, 2.1e6]
USUAL = [x * 2.6e4 for x in VISITS]
NAMES = [
    Annotation(kind="callout", text="{{c0}}", at=[1]),
    Annotation(kind="callout", text="Nordics", at=[5]),
]


def _scatter(x: list[float] = VISITS, y: list[float] = REVENUE, *said: Annotation) -> Chart:
    return charted(
        ChartKind.SCATTER,
        x,
        {"Revenue": y, "Usual": [value * 2.6e4 for value in x]},
        category_unit=COUNT,
        roles=[SeriesRole.ACTUAL, SeriesRole.OTHER],
        highlight=[1, 5],
        annotations=list(said or NAMES),
    )


def test_what_is_highlighted_is_named() -> None:
    """The names of points stand beside them in bold, and touch no other words."""
    _, room, shapes = laid_out(_scatter())
    names = [each for each in shapes if isinstance(each, TextBox) and each.paragraphs[0].bold]
    assert [name.paragraphs[0].text for name in names] == ["Region", "Nordics"]
    for name, index in zip(names, (1, 5), strict=True):
        box = inked(name)
        x, y = across(room, VISITS[index]), room.at(REVENUE[index])
        away = max(box.left - x, x - box.right, box.top - y, y - box.bottom)
        assert 0 < away < 30
    assert not touching(shapes)


def test_a_series_of_context_is_a_trend() -> None:
    """It is a line without marks, drawn from left to right, and named where it ends."""
    made = _scatter(VISITS[::-1], REVENUE[::-1])
    points, trend = native(made).plots[0].series
    assert list(points.iter_values()) == REVENUE[::-1]
    assert list(trend.iter_values()) == USUAL
    assert trend.marker.style is not points.marker.style
    assert "Usual" in written(laid_out(made)[2])


def test_native_points_stand_out_by_colour_and_size() -> None:
    """LibreOffice draws a point's own colour only where its size differs too."""
    points = native(_scatter()).plots[0].series[0]
    for index in (1, 5):
        marker = points.points[index].marker
        assert str(marker.format.fill.fore_color.rgb) == of_role("accent", THEME.light)
        assert marker.size > points.marker.size


def test_an_upright_line_stands_at_its_value() -> None:
    """A line across is at an x value with its words over the plot; it moves no other axis."""
    upright = Annotation(kind="line", text="Median {{f7}}", value="f7", across=True)
    _, room, shapes = laid_out(_scatter(VISITS, REVENUE, upright))
    (line,) = (shape for shape in shapes if isinstance(shape, Rule))
    assert line.start[0] == line.end[0] == pytest.approx(across(room, -12.4))
    assert room.scale.low >= 0
    assert not touching(shapes)


def test_skewed_values_have_a_logarithmic_axis() -> None:
    """Values over more than three powers of ten, most of them small, are told apart by factors."""
    x = [1.0, 2, 5, 9, 12, 40, 900, 20_000]
    made = _scatter(x, [value * 30 for value in x], Annotation(kind="callout", text="A", at=[7]))
    _, room, shapes = laid_out(made)
    assert room.across.is_log
    assert room.across.ticks == [1, 10, 100, 1_000, 10_000, 100_000]
    ticks = [across(room, tick) for tick in room.across.ticks]
    steps = [after - before for before, after in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * 5)
    assert {"100,000", "Revenue, logarithmic", "Region, logarithmic"} < set(written(shapes))
    assert not touching(shapes)
    axis = native(made).category_axis._element
    assert [each.get("val") for each in axis.findall("{*}scaling/{*}logBase")] == ["10"]


@pytest.mark.parametrize(
    "x", [[0.0, 10, 100, 20_000], [500.0, 3000, 900_000, 800_000], [-1.0, 2, 3, 4e4]]
)
def test_other_values_have_an_even_axis(x: list[float]) -> None:
    """Zero and what is below it have no logarithm, and values that are spread need none."""
    _, room, _ = laid_out(_scatter(x, [1.0, 2, 3, 4], Annotation(kind="callout", text="A", at=[0])))
    assert not room.across.is_log


def test_points_need_numbers_along_the_axis() -> None:
    """Names are no x values."""
    assert kind_of(_scatter()).native == "points"
    names = charted(ChartKind.SCATTER, ["a", "b"], {"Revenue": [1.0, 2]})
    assert kind_of(names).native == "bars"
