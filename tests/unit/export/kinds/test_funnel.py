import pytest

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.domain.formatting.display import COUNT, PERCENT
from deckgen.export.charts.kinds import kind_of
from deckgen.export.scene.elements import Polygon, TextBox
from tests.drawn_charts import charted, laid_out, native, native_values, touching, written

STEPS = ["Visits", "Product pages", "Basket", "Paid"]
COUNTS = [184_000, 71_200, 18_400, 7_100]


def _funnel(counts: list[int] = COUNTS) -> Chart:
    rows: dict[str, list[float | None]] = {
        "Sessions": [*counts],
        "Of the step before": [None, 0.387, 0.258, 0.386],
    }
    made = charted(
        ChartKind.FUNNEL,
        STEPS,
        rows,
        unit=COUNT,
        roles=[SeriesRole.ACTUAL, SeriesRole.REACHED],
        highlight=[2],
    )
    rates = made.series[1].model_copy(update={"unit": PERCENT})
    return made.model_copy(update={"series": [made.series[0], rates]})


def test_rates_stand_between_the_steps() -> None:
    """What a step keeps is said at the height where the step before it leads to it."""
    view, room, shapes = laid_out(_funnel())
    assert written(shapes) == [view.labels[1], "39%", "26%", "39%"]
    rates = [shape for shape in shapes if isinstance(shape, TextBox)][1:]
    for index, rate in enumerate(rates):
        middle = rate.box.top + rate.box.height / 2
        assert room.along(index) < middle < room.along(index + 1)


def test_the_step_that_the_slide_is_about_wears_the_contrast() -> None:
    """The rate into a highlighted step is bold, and no other is."""
    texts = [shape for shape in laid_out(_funnel())[2] if isinstance(shape, TextBox)]
    assert [text.paragraphs[0].text for text in texts if text.paragraphs[0].bold] == ["26%"]


def test_words_of_a_funnel_do_not_touch_its_bars() -> None:
    """The rates have a margin of their own, beyond the longest bar and its value."""
    view, room, shapes = laid_out(_funnel(), 420, 240)
    texts = [shape.box.left for shape in shapes if isinstance(shape, TextBox)]
    value = view.face.width(view.said(0, 0), room.size, bold=True)
    assert min(texts) >= room.at(COUNTS[0]) + value
    assert not touching(shapes)


def test_sides_lead_from_bar_to_bar() -> None:
    """Each side begins and ends where the bars do that it joins."""
    _, room, shapes = laid_out(_funnel())
    sides = [shape for shape in shapes if isinstance(shape, Polygon) and shape.fill == "wash"]
    starts, ends = ([side.points[corner][0] for side in sides] for corner in (1, 2))
    assert starts == pytest.approx([room.at(count) for count in COUNTS[:-1]])
    assert ends == pytest.approx([room.at(count) for count in COUNTS[1:]])


def test_a_native_funnel_holds_the_values_of_the_steps() -> None:
    """PowerPoint has the deck's numbers, not the rates among the bars."""
    assert native_values(native(_funnel())) == {"Sessions": COUNTS}


def test_a_funnel_grows_narrower() -> None:
    """Steps that hold more than the one before are columns."""
    assert kind_of(_funnel()).native == "funnels"
    assert kind_of(_funnel([100, 120, 80, 10])).native == "bars"
