"""The title slide: the answer, large, the question and what it rests on beneath."""

from deckgen.domain.blocks import Bullets, Callout
from deckgen.domain.decks import Layout
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Panel
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage

BAND = 22  # the width of the coloured edge
_BENEATH = (18, 16, 14, 13)


def _suits(content: Content) -> bool:
    return content.slide.layout is Layout.TITLE and content.has_only(Bullets, Callout)


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    grid, sizes = stage.grid, stage.theme.sizes
    left = BAND + 62
    room = Box(left, 120, grid.width - left - 120, 190)
    headline = stage.text(
        "headline", content.slide.title, room, sizes.cover, bold=True, anchor="bottom"
    )
    found: list[Element] = [
        Panel(Box(0, 0, BAND, grid.height), "accent"),
        Panel(Box(BAND, 0, 6, grid.height), "soft"),
        headline,
    ]
    lines = [*content.points, *content.callouts]
    if lines:
        beneath = Box(left, room.bottom + 26, room.width, 120)
        below = stage.points(
            "subtitle", lines, beneath, (18, 16, 14, 13), bulleted=False, colour="muted"
        )
        found.append(below)
    return found


ARCHETYPE = Archetype(
    slots={"headline": 1, "subtitle": 4}, order=0, suits=_suits, place=_place, has_headline=False
)
