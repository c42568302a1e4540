"""Placeholders: which text, chart or table of a scene stands in which place of its layout.

A slot has the same number in every layout, so that another layout takes a slide's texts over.
"""

from collections import Counter
from dataclasses import dataclass

from deckgen.export.charts.kinds import kind_of
from deckgen.export.scene.elements import ChartBox, Element, Panel, Rule, Scene, TableBox, TextBox
from deckgen.export.scene.extents import extent
from deckgen.export.themes.theme import Grid

COVER = "title"  # the archetype
LEAST_CHART = 60  # points: the height under which a chart shows nothing
# What PowerPoint has a type of its own for, once a slide, and the numbers that its own layouts give it.
_TYPES = {"headline": "title", "source": "ftr", "number": "sldNum"}
_COVER_TYPES = {**_TYPES, "headline": "ctrTitle", "subtitle": "subTitle"}
_NUMBERS = {"title": 0, "ctrTitle": 0, "subTitle": 1, "ftr": 11, "sldNum": 12}
# Slots that are not listed are numbered behind these, in their order on the slide.
_SLOTS = (
    *("lead-in", "chart", "table", "so what", "takeaways", "takeaway", "figure", "callout", "points"),
    *("point", "message", "slide", "remark", "head", "place", "action", "evidence", "first step"),
    *("size", "remarks", "question", "cut"),
)
_STEP = 100  # as many as there may be of a slot


@dataclass(frozen=True)
class Placeholder:
    """`kind` is its type in XML; slide and layout have it under the same number."""

    kind: str
    number: int

    @property
    def xml(self) -> str:
        number = f' idx="{self.number}"' if self.number else ""
        return f'<p:ph type="{self.kind}"{number}/>'


def placeholders(scene: Scene) -> dict[int, Placeholder]:
    """Returns the placeholders of a scene by the places of its elements; what decorates has none."""
    types = _COVER_TYPES if scene.archetype == COVER else _TYPES
    slots, seen = list(_SLOTS), Counter[str]()
    found: dict[int, Placeholder] = {}
    for place, element in enumerate(scene.elements):
        slot, kind = _slot(element)
        special = types.get(slot, "")
        if special and not seen[slot]:
            found[place] = Placeholder(special, _NUMBERS[special])
        elif slot:
            if slot not in slots:
                slots.append(slot)
            found[place] = Placeholder(kind, _STEP * (slots.index(slot) + 1) + seen[slot])
        seen[slot] += 1
    return found


def is_furniture(scene: Scene, element: Element, grid: Grid) -> bool:
    """Whether an element is the same on every slide of a layout: its foot, the edge of a cover."""
    if not isinstance(element, Panel | Rule):
        return False
    return scene.archetype == COVER or extent(element).top >= grid.footer


def _slot(element: Element) -> tuple[str, str]:
    """Returns the slot of an element and the type of its placeholder, if it has one."""
    match element:
        case TextBox():
            return element.slot, "body"
        case ChartBox() if element.box.height >= LEAST_CHART and kind_of(element.chart).is_one_chart:
            return "chart", "chart"
        case TableBox():
            return "table", "tbl"
    return "", ""
