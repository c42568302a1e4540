"""PowerPoint files after LibreOffice has saved them: what people who have no Office hand back."""

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from deckgen.domain.blocks import Message, Messages
from deckgen.domain.decks import Layout, Slide
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from tests.decks import sample_deck
from tests.printing import resaved

pytestmark = [pytest.mark.looks, pytest.mark.sample]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _deck() -> Any:
    """The sample deck with a summary whose row leads to a slide."""
    message = Message(figure="{{f1}}", label="Revenue", text="It rose", slide="{{s3}}", tone="bad")
    summary = Slide(id="s2", layout=Layout.SUMMARY, title="Title", blocks=[Messages(items=[message])])
    deck = sample_deck()
    first, _, *others = deck.slides
    return deck.model_copy(update={"slides": [first, summary, *others]})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """A presentation as it is made, and as LibreOffice saves it."""
    made = render_pptx(_deck(), theme())
    (saved,) = resaved({"deck": made}, tmp_path_factory.mktemp("resaved"))
    return Presentation(BytesIO(made)), Presentation(str(saved))


def _slides(files: tuple[Any, Any]) -> list[tuple[Any, Any]]:
    made, saved = files
    return list(zip(made.slides, saved.slides, strict=True))


def test_titles_and_texts_stay_in_placeholders(files: tuple[Any, Any]) -> None:
    """The outline is what it was: every text is in a placeholder, in its order, titles in theirs."""
    for one, other in _slides(files):
        assert one.shapes.title.text_frame.text == other.shapes.title.text_frame.text
        told = [
            [shape.text_frame.text for shape in native.placeholders if shape.has_text_frame]
            for native in (one, other)
        ]
        assert sorted(told[0]) == sorted(told[1])


def test_charts_stay_charts_and_shapes_keep_their_names(files: tuple[Any, Any]) -> None:
    """Charts and tables are native, and what stands in no placeholder of text is called as it was."""
    for one, other in _slides(files):
        kinds = [
            [(shape.has_chart, shape.has_table) for shape in native.shapes] for native in (one, other)
        ]
        assert kinds[0] == kinds[1]
        names = [
            [shape.name for shape in native.shapes if not shape.has_text_frame]
            for native in (one, other)
        ]
        assert names[0] == names[1]


def test_hidden_slides_links_and_notes_stay(files: tuple[Any, Any]) -> None:
    """The appendix stays hidden, a row of the summary leads to its slide, and notes are whole."""
    for one, other in _slides(files):
        assert one._element.get("show") == other._element.get("show")
        notes = [each.notes_slide.notes_text_frame.text.split() for each in (one, other)]
        assert notes[0] == notes[1]
    _, saved = files
    (link,) = saved.slides[1]._element.iter(f"{A}hlinkClick")
    assert link.get("action") == "ppaction://hlinksldjump"
    assert saved.slides[1].part.related_part(link.rId) is saved.slides[2].part


def test_runs_keep_the_colours_of_the_theme(files: tuple[Any, Any]) -> None:
    """A figure that means bad is in the second accent, not in a colour of its own."""
    _, saved = files
    (figure,) = (
        run
        for run in saved.slides[1]._element.iter(f"{A}r")
        if run.findtext(f"{A}t") == "$1.3M" and run.find(f"{A}rPr").get("sz") not in (None, "1800")
    )
    assert figure.find(f"{A}rPr/{A}solidFill/{A}schemeClr").get("val") == "accent2"
