import pytest

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.formatting.display import COUNT, PERCENT, Unit
from deckgen.export.charts import scales
from deckgen.export.charts.kinds import kind_of
from deckgen.export.charts.native.stacks import BASE
from deckgen.export.colours import contrast, from_bad_to_good, of_role, readable_on
from deckgen.export.html.style import mapped_colours
from deckgen.export.scene.elements import Rule
from deckgen.export.svg.drawing import chart as drawing
from deckgen.export.themes.theme import names
from deckgen.export.themes.theme import theme as themes
from tests.chart_samples import one_of_each
from tests.drawn_charts import THEME, charted, laid_out, native, native_values

ANSWERS = {
    "Disagree": [0.1, 0.5],
    "Rather not": [0.2, 0.15],
    "Neither": [0.2, 0.25],
    "Rather": [0.3, 0.02],
    "Agree": [0.2, 0.08],
}


def _scale(answers: dict[str, list[float]] = ANSWERS, unit: Unit = PERCENT) -> Chart:
    return charted(ChartKind.SCALE, ["My manager helps me", "Pay is fair"], answers, unit=unit)


def test_the_middles_stand_under_one_another() -> None:
    """Half of the middle answer is to the left of one line in every bar, and half to the right."""
    view, room, shapes = laid_out(_scale())
    neither = [part for part in scales.parts(view) if part.series == 2]
    middles = [(part.start + part.end) / 2 for part in neither]
    assert middles == pytest.approx([scales.middle(view)] * 2)
    lines = [shape.start[0] for shape in shapes if isinstance(shape, Rule)]
    assert lines == pytest.approx([room.at(middles[0])] * 3)


def test_bars_lie_within_the_plot() -> None:
    """The bar with the most bad answers begins at the left, and none ends beyond the right."""
    view, room, _ = laid_out(_scale())
    found = scales.parts(view)
    assert min(part.start for part in found) == 0
    assert room.at(max(part.end for part in found)) <= room.width - room.right + 0.01


def test_shares_are_said_where_they_have_room() -> None:
    """A share that is narrower than its label is drawn without it."""
    view, room, _ = laid_out(_scale())
    for part in scales.parts(view):
        wide = room.at(part.end) - room.at(part.start)
        label = view.face.width(view.said(part.series, part.index), room.size)
        assert (part.index in room.labelled[part.series]) == (wide >= label + 6)
    assert room.labelled[3] == [0]


def test_a_native_scale_holds_the_shares() -> None:
    """PowerPoint has the deck's shares as they are, behind a base that no legend shows."""
    values = native_values(native(_scale()))
    assert values.pop(BASE) == pytest.approx([0.375, 0])
    assert values == ANSWERS


@pytest.mark.parametrize("name", names())
def test_labels_stand_out_from_the_colours_of_answers(name: str) -> None:
    """Text on every answer, from bad to good, holds 4.5:1, and where a page is dark too: there each
    colour is the same role's."""
    light, dark = themes(name).light, themes(name).dark
    for count in (2, 3, 4, 5, 6, 7):
        for fill in from_bad_to_good(count):
            role = readable_on(fill, light)
            assert contrast(of_role(role, light), of_role(fill, light)) >= 4.5
            assert contrast(of_role(role, dark), of_role(fill, dark)) >= 4.5


@pytest.mark.parametrize("focus", [[], [1], [0, 1, 2]])
@pytest.mark.parametrize("partial", [[], [1]])
@pytest.mark.parametrize("kind", ChartKind)
def test_every_colour_of_a_chart_has_a_name_on_the_page(
    kind: ChartKind, partial: list[int], focus: list[int]
) -> None:
    """A colour without a name would stay light where the page is dark."""
    made = one_of_each()[kind].model_copy(update={"partial": partial, "focus": focus})
    view, room, _ = laid_out(made)
    root = drawing(view, THEME, room.width, room.height, room.size)
    worn = {each.get(what) for each in root.iter() for what in ("fill", "stroke")}
    known = {f"#{colour}" for colour in mapped_colours(THEME)}
    assert worn - {None, "none", "transparent"} <= known


def test_answers_make_a_hundred_per_cent() -> None:
    """Counts, and shares that are not all of the answers, are no scale."""
    assert kind_of(_scale()).native == "answers"
    assert kind_of(_scale(unit=COUNT)).native == "bars"
    assert kind_of(_scale({"No": [0.2, 0.2], "Yes": [0.3, 0.8]})).native == "bars"
