"""The title slide: the answer, large, the question and what it rests on beneath."""

from deckgen.domain.decks import Layout
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Panel
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MANY
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage
from deckgen.export.themes.theme import Grid, Place, Theme

BAND = 22  # the width of the coloured edge


def _suits(content: Content) -> bool:
    return content.slide.layout is Layout.TITLE


def boxes(grid: Grid) -> tuple[Box, Box]:
    """Returns where headline and subtitle stand."""
    left = BAND + 62
    headline = Box(left, 120, grid.width - left - grid.width / 8, 190)
    return headline, Box(left, headline.bottom + 26, headline.width, 120)


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    grid, sizes = stage.grid, stage.theme.sizes
    room, beneath = boxes(grid)
    title, subtitle = _asked(stage.theme, room, beneath)
    found: list[Element] = [
        Panel(Box(0, 0, BAND, grid.height), "accent"),
        Panel(Box(BAND, 0, 6, grid.height), "soft"),
        stage.text(
            "headline", content.slide.title, title.box, sizes.cover, bold=stage.theme.bold,
            colour="title" if stage.theme.places else "ink", align=title.align, anchor=title.anchor,
        ),
    ]  # fmt: skip
    lines = [*content.points, *content.callouts]
    if lines:
        below = stage.points(
            "subtitle", lines, subtitle.box, sizes.body[1:], bulleted=False, colour="muted",
            align=subtitle.align,
        )  # fmt: skip
        found.append(below)
    return found


def _asked(theme: Theme, room: Box, beneath: Box) -> tuple[Place, Place]:
    """Returns where title and subtitle stand, as a template asks for it if there is one."""
    if theme.places:
        return theme.places.cover, theme.places.subtitle
    title = Place(left=room.left, top=room.top, width=room.width, height=room.height, anchor="bottom")
    below = Place(left=beneath.left, top=beneath.top, width=beneath.width, height=beneath.height)
    return title, below


ARCHETYPE = Archetype(
    slots={"points": MANY, "callouts": MANY},
    order=0,
    suits=_suits,
    place=_place,
    has_headline=False,
)
