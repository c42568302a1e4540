"""Slides looked at before anything draws them: what is cut, too small, or over something else."""

from collections.abc import Iterator
from itertools import combinations

from deckgen.domain.charts import ChartKind
from deckgen.domain.decks import Deck, Slide
from deckgen.export.charts.kinds import frame
from deckgen.export.charts.viewing import view_of
from deckgen.export.colours import contrast
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import ChartBox, Element, Scene, TableBox, TextBox, paragraphs
from deckgen.export.scene.extents import inked
from deckgen.export.scene.setting import tall
from deckgen.export.slides.compose import scene_of, scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import Grid, Palette, Theme, worn

LEAST_TEXT, LEAST_TITLE = 10, 20  # points
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
TOLERANCE = 1.5  # points
_CONTENT = (TextBox, ChartBox, TableBox)
_FROM_ZERO = (ChartKind.BAR, ChartKind.COLUMN, ChartKind.STACKED)


def inspect(deck: Deck) -> dict[str, list[str]]:
    """Returns what is wrong with the slides of a deck: problems by the names of the checks."""
    theme, words = worn(deck.brief.theme), Words(deck)
    found: dict[str, list[str]] = {
        "text_can_be_read": list(_palette_problems(theme.light)),
        "nothing_overflows": [],
        "bars_start_at_zero": [],
    }
    for scene in scenes(deck, theme, words):
        for name, problems in (
            ("text_can_be_read", _small(scene)),
            ("nothing_overflows", overflows(scene, theme.grid)),
            ("bars_start_at_zero", _cut_bars(scene, words, theme)),
        ):
            found[name] += [f"{scene.slide}: {problem}" for problem in problems]
    return found


def cut(slide: Slide, deck: Deck) -> Iterator[str]:
    """Yields what of a slide's text finds no room."""
    theme = worn(deck.brief.theme)
    yield from overflows(scene_of(slide, Words(deck), theme), theme.grid)


def _palette_problems(colours: Palette) -> Iterator[str]:
    for name in ("ink", "muted", "accent", "contrast"):
        for ground in (colours.paper, colours.wash):
            if contrast(getattr(colours, name), ground) < TEXT_CONTRAST:
                yield f"{name} does not stand out from {ground}"
    if contrast(colours.rest, colours.paper) < MARK_CONTRAST:
        yield f"rest does not stand out from {colours.paper}"


def _small(scene: Scene) -> Iterator[str]:
    for slot, paragraph in paragraphs(scene.elements):
        least = LEAST_TITLE if slot == "headline" else LEAST_TEXT
        if paragraph.size < least:
            yield f"the {slot} is written in {paragraph.size:g} points"


def overflows(scene: Scene, grid: Grid) -> Iterator[str]:
    """Yields what is cut, hangs out of its box, off the slide or over another element."""
    if scene.left_out:
        yield f"{len(scene.left_out)} texts find no room, the first being “{scene.left_out[0][:60]}”"
    placed = [
        (_name(each), each, inked(each) if isinstance(each, TextBox) else each.box)
        for each in scene.elements
        if isinstance(each, _CONTENT)
    ]
    for name, element, box in placed:
        if min(box.left, box.top) < -TOLERANCE or box.right > grid.width + TOLERANCE:
            yield f"the {name} leaves the slide"
        if box.bottom > grid.height + TOLERANCE:
            yield f"the {name} leaves the slide"
        if isinstance(element, TextBox) and tall(element.paragraphs) > element.box.height + TOLERANCE:
            yield f"the {name} does not fit"
    for (one, _, first), (other, _, second) in combinations(placed, 2):
        if _overlap(first, second):
            yield f"the {one} lies over the {other}"


def _name(element: Element) -> str:
    return (
        element.slot
        if isinstance(element, TextBox)
        else type(element).__name__.removesuffix("Box").lower()
    )


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > TOLERANCE and high > TOLERANCE


def _cut_bars(scene: Scene, words: Words, theme: Theme) -> Iterator[str]:
    for element in scene.elements:
        if isinstance(element, ChartBox) and _is_cut(element, words, theme):
            yield f"the bars of “{words.line(element.chart.title)}” do not start at zero"


def _is_cut(element: ChartBox, words: Words, theme: Theme) -> bool:
    view = view_of(element.chart, words, theme.face)
    if view.chart.kind not in _FROM_ZERO or view.is_empty:
        return False
    room = frame(view, element.size, element.box.width, element.box.height)
    return room.scale.low > 0 or (min(view.reached) >= 0 and room.scale.low != 0)
