"""The title slide: the answer, large, the question and what it rests on beneath."""

from deckgen.domain.decks import Layout
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Panel
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MANY
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage
from deckgen.export.themes.theme import Grid

BAND = 22  # the width of the coloured edge


def _suits(content: Content) -> bool:
    return content.slide.layout is Layout.TITLE


def boxes(grid: Grid) -> tuple[Box, Box]:
    """Returns where headline and subtitle stand."""
    left = BAND + 62
    headline = Box(left, 120, grid.width - left - 120, 190)
    return headline, Box(left, headline.bottom + 26, headline.width, 120)


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    grid, sizes = stage.grid, stage.theme.sizes
    room, beneath = boxes(grid)
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
        below = stage.points("subtitle", lines, beneath, sizes.body[1:], bulleted=False, colour="muted")
        found.append(below)
    return found


ARCHETYPE = Archetype(
    slots={"points": MANY, "callouts": MANY},
    order=0,
    suits=_suits,
    place=_place,
    has_headline=False,
)
