"""A kind of chart is one file; docs/extending.md says how to write it."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from pptx import Presentation

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.decks import Layout
from deckgen.domain.formatting.display import PERCENT
from deckgen.export.charts import kinds as package
from deckgen.export.charts.kinds import kind_of, kinds
from deckgen.export.html.page import render_html
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import ChartBox, TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.svg.drawing import chart as drawing
from deckgen.export.svg.drawing import slide as picture
from deckgen.export.text import Words
from tests.chart_samples import one_of_each
from tests.deck_parts import points, slide
from tests.decks import sample_deck
from tests.drawn_charts import THEME, charted, inked, laid_out, native, touching
from tests.recipes import recipe

(TOY,) = recipe("A kind of chart")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The recipe of docs/extending.md: one new file beside the others."""
    (tmp_path / "ranking.py").write_text(TOY)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    kinds.cache_clear()
    yield
    kinds.cache_clear()
    sys.modules.pop(f"{package.__name__}.ranking", None)


def _ranking(*groups: str) -> Chart:
    """A chart of the new kind, which no deck may name before it stands in ChartKind."""
    values = [9e6 - index for index in range(len(groups))]
    made = charted(ChartKind.BAR, groups, {"Revenue": values}, highlight=[1])
    return made.model_copy(update={"kind": "ranking"})


def _shape_texts(native: Any) -> list[str]:
    texts = []
    for shape in native.shapes:
        inner = shape.shapes if hasattr(shape, "shapes") else [shape]
        texts += [each.text_frame.text for each in inner if each.has_text_frame]
    return texts


def test_a_new_kind_is_one_file(toy: None) -> None:
    """Its charts are laid out and drawn, as a picture and in a PowerPoint file."""
    view, room, _ = laid_out(_ranking("DACH", "Nordics"))
    root = drawing(view, THEME, room.width, room.height, room.size)
    assert [text.text for text in root.iter("text")] == ["DACH: $9M", "Nordics: $9M"]
    assert [text.get("font-weight") for text in root.iter("text")] == [None, "bold"]
    made = slide(Layout.CHART, "DACH leads with {{f1}}", points())
    made.blocks.insert(0, _ranking("DACH", "Nordics"))
    deck = sample_deck().model_copy(update={"slides": [made]})
    (native,) = Presentation(BytesIO(render_pptx(deck, THEME))).slides
    assert {"DACH: $9M", "Nordics: $9M"} <= set(_shape_texts(native))


def test_a_chart_that_lacks_something_becomes_columns(toy: None) -> None:
    """One group is no ranking, by the new kind's own word."""
    assert kind_of(_ranking("DACH", "Nordics")) is kinds()["ranking"]
    assert kind_of(_ranking("DACH")) is kinds()["column"]


@pytest.mark.parametrize("kind", ChartKind)
def test_what_a_kind_can_not_draw_is_drawn_as_another(kind: ChartKind) -> None:
    """A chart that lacks something is one of the kind that takes its place, in all that is asked of
    it: of names that are no numbers a scatter is columns, and not empty."""
    made = charted(kind, ["DACH"], {"Revenue": [-1.0]})
    view, _, shapes = laid_out(made)
    assert view.kind is kinds()[view.chart.kind] is kind_of(made)
    assert view.kind.lacks(made) == ""
    assert not view.is_empty
    assert not touching(shapes)


@pytest.mark.parametrize("kind", [ChartKind.LINE, ChartKind.SCATTER])
def test_a_chart_without_values_says_so_in_every_format(kind: ChartKind) -> None:
    """Its title stands there with a word about it, and nothing is drawn."""
    made = slide(Layout.CHART, "Nothing was sold", points())
    made.blocks.insert(0, charted(kind, [1, 2], {"Revenue": [None, None]}))
    deck = sample_deck().model_copy(update={"slides": [made]})
    said, words = "There are no values to draw", Words(deck)
    (scene,) = scenes(deck, THEME, words)
    assert not [each for each in scene.elements if isinstance(each, ChartBox)]
    assert said in picture(scene, words, THEME)
    assert said in render_html(deck, THEME)
    (native,) = Presentation(BytesIO(render_pptx(deck, THEME))).slides
    assert f"Revenue\n{said}" in _shape_texts(native)


def test_every_kind_that_a_deck_may_name_has_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kind without a file is told at once, in a sentence that names it, not on somebody's deck."""
    assert set(ChartKind) <= set(kinds())
    (tmp_path / "bar.py").write_text(Path(package.__path__[0], "bar.py").read_text())
    monkeypatch.setattr(package, "__path__", [str(tmp_path)])
    kinds.cache_clear()
    with pytest.raises(TypeError, match="no file for charts of the kind line, column, waterfall"):
        kinds()
    kinds.cache_clear()


def test_every_kind_says_what_it_lacks() -> None:
    """Of a chart with one value each kind either draws it or says in a sentence what is missing."""
    one = charted(ChartKind.BAR, ["DACH"], {"Revenue": [1.0]})
    for name, kind in kinds().items():
        said = kind.lacks(one)
        assert said == "" or (said[0].isupper() and said.endswith(".")), name


@pytest.mark.parametrize("kind", ChartKind)
def test_words_of_every_kind_keep_apart(kind: ChartKind) -> None:
    """A chart that has what its kind needs is drawn as that kind, and its words neither touch nor
    leave the chart, in the sizes of type that themes have."""
    made = one_of_each()[kind]
    assert kind_of(made) is kinds()[kind]
    for size, wide, tall in ((13, 820, 380), (12, 400, 260), (16, 560, 330)):
        shapes = laid_out(made, wide, tall, size)[2]
        assert not touching(shapes)
        for box in (inked(shape) for shape in shapes if isinstance(shape, TextBox)):
            assert min(box.left, box.top) >= -1
            assert box.right <= wide + 1
            assert box.bottom <= tall + 1


@pytest.mark.parametrize("kind", ChartKind)
def test_axes_have_few_ticks_whatever_their_values(kind: ChartKind) -> None:
    """Values that are too large for what they claim to be do not stop a process."""
    made = one_of_each()[kind]
    series = [
        each.model_copy(update={"values": [value and value * 1e9 for value in each.values]})
        for each in made.series
    ]
    for unit in (made.series[0].unit, PERCENT):
        absurd = [each.model_copy(update={"unit": unit}) for each in series]
        _, room, _ = laid_out(made.model_copy(update={"series": absurd}))
        assert (room.scale.high - room.scale.low) / room.scale.step < 30 or room.scale.is_log


def _columns(made: Chart) -> list[list[float | None]]:
    return [list(series.values) for plot in native(made).plots for series in plot.series]


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kinds()[kind].native])
def test_native_charts_have_every_series_whatever_its_name(kind: ChartKind) -> None:
    """Series that are called alike are as many columns as those that are not."""
    made = one_of_each()[kind]
    alike = [each.model_copy(update={"label": "Revenue"}) for each in made.series]
    assert _columns(made.model_copy(update={"series": alike})) == _columns(made)


NOTES = {
    "dashed": "Not complete, dashed: ",
    "lighter": "Not complete, drawn lighter: ",
    "told": "Not complete: ",
}


@pytest.mark.parametrize("kind", ChartKind)
def test_what_is_not_complete_is_drawn_as_the_note_says(kind: ChartKind) -> None:
    """Lines are dashed and bars are lighter where the note says so; others say it and no more."""
    made = one_of_each()[kind]
    whole, cut = (laid_out(made.model_copy(update={"partial": each}))[:2] for each in ([], [1]))
    assert cut[0].note.startswith(NOTES[cut[0].kind.partial])
    before, after = (
        Tree.tostring(drawing(view, THEME, 560, 330, 13), encoding="unicode")
        for view, _ in (whole, cut)
    )
    assert (before == after) is (cut[0].kind.partial == "told")
    if cut[0].kind.partial == "dashed":
        assert after.count("dasharray") > before.count("dasharray")
