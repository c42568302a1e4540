"""Charts in a page: drawn once for the stage, and once more for a phone."""

from xml.etree import ElementTree as Tree

from markupsafe import Markup

from deckgen.export.charts.view import View
from deckgen.export.charts.viewing import view_of
from deckgen.export.scene.elements import ChartBox
from deckgen.export.svg.drawing import chart
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme

# A phone's column, in CSS pixels.
_PHONE, _PHONE_TEXT = 340, 14
_PHONE_TALL, _TALLEST = 280, 560
_ROW = 30  # of a chart whose categories stand under one another


def drawings(element: ChartBox, words: Words, theme: Theme) -> Markup:
    """Returns both drawings of a chart."""
    view = view_of(element.chart, words, theme.face)
    box = element.box
    wide = chart(view, theme, box.width, box.height, element.size)
    narrow = chart(view, theme, _PHONE, _tall(view), _PHONE_TEXT)
    return written(wide, "wide") + written(narrow, "narrow")


def written(root: Tree.Element, name: str) -> Markup:
    """Returns a drawing as part of a page: its looks are the page's, its words are in its label."""
    for side in ("width", "height"):
        root.attrib.pop(side, None)
    root.attrib |= {"class": name, "aria-hidden": "true"}
    return Markup(Tree.tostring(root, encoding="unicode"))  # noqa: S704 - escaped as it is written


def _tall(view: View) -> float:
    if not view.kind.is_sideways:
        return _PHONE_TALL
    rows = len(view.categories) * max(1, len(view.series))
    return min(_TALLEST, max(_PHONE_TALL, 60 + _ROW * rows))
