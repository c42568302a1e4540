"""The sample deck as PowerPoint, and which shape stands for what of a scene."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck
from deckgen.export.charts.kinds import frame as frame_of
from deckgen.export.charts.kinds import kind_of, over, parts
from deckgen.export.charts.viewing import view_of
from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import ChartBox, Element, Scene, TableBox, TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.decks import sample_deck

DECK = sample_deck()
WORDS = Words(DECK)
THEME = theme()
SCENES = list(scenes(DECK, THEME, WORDS))
FOOT = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


@cache
def sample_file(name: str = THEME.name) -> bytes:
    """The sample deck's file in a theme, drawn once for all tests that look at it."""
    return render_pptx(DECK, theme(name))


def opened(deck: Deck) -> Any:
    return Presentation(BytesIO(render_pptx(deck, THEME)))


def native_charts(slides: list[Any]) -> list[tuple[Chart, Any]]:
    """Each chart as it is drawn with its shape; small multiples have one for each series."""
    return [
        (element.chart, shape)
        for scene, native in zip(SCENES, slides, strict=True)
        for element, shape in placed(scene, native)
        if isinstance(element, ChartBox)
    ]


def drawn_natively(element: Element) -> list[TextBox | ChartBox | TableBox]:
    """What of an element is a text, a chart or a table of its own in PowerPoint."""
    if not isinstance(element, ChartBox):
        return [element] if isinstance(element, TextBox | TableBox) else []
    view, box = view_of(element.chart, WORDS, THEME.face), element.box
    room = frame_of(view, element.size, box.width, box.height)
    if not kind_of(element.chart).native:
        tables = [each for each in over(view, room, THEME) if isinstance(each, TableBox)]
        return [replace(each, box=moved(each.box, box)) for each in tables]
    return [ChartBox(moved(part.box, box), part.view.chart, element.size) for part in parts(view, room)]


def moved(inner: Box, outer: Box) -> Box:
    return replace(inner, left=outer.left + inner.left, top=outer.top + inner.top)


def texts(shape: Any) -> str:
    if shape.has_table:
        return " ".join(cell.text for row in shape.table.rows for cell in row.cells)
    return shape.text_frame.text if shape.has_text_frame else ""


def placed(scene: Scene, native: Any) -> Iterator[tuple[TextBox | ChartBox | TableBox, Any]]:
    """Each text, chart and table of a scene with its shape: both stand in one order."""
    elements = [each for element in scene.elements for each in drawn_natively(element)]
    shapes = [
        shape
        for shape in native.shapes
        if shape.has_chart or shape.has_table or (shape.has_text_frame and shape.text_frame.text)
    ]
    return zip(elements, shapes, strict=True)


def looks_of(shape: Any, paragraph: Any) -> Any:
    """The level of a layout from which a paragraph in a placeholder has its looks."""
    number = shape.placeholder_format.idx
    (holder,) = (
        each for each in shape.part.slide_layout.placeholders if each.placeholder_format.idx == number
    )
    return holder._element.find(f".//{{*}}lvl{paragraph.level + 1}pPr")
