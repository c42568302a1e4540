"""Scenes of a deck's slides: the archetype of each, its headline and foot, and what it places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckgen.domain.decks import Deck, Layout, Slide
from deckgen.domain.facts import Text
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Rule, Scene, TextBox
from deckgen.export.scene.extents import empty_share
from deckgen.export.scene.setting import Plain
from deckgen.export.slides.archetypes import archetypes
from deckgen.export.slides.content import Content
from deckgen.export.slides.missing import missing, shortened
from deckgen.export.slides.stage import Stage
from deckgen.export.text import Words
from deckgen.export.themes.theme import Place, Theme

_HEADLINE, _ONE_LINE = 2, 1.4  # lines: of one there is more room beneath
AFTER_HEADLINE = 14
FULLEST, EMPTIEST = 0.15, 0.5  # how much of a slide may be empty
_NUMBER = 60  # the width of a slide's number
_SOURCE = 24  # the height of its source: a file's long name takes two lines of the smallest size


def scenes(deck: Deck, theme: Theme, words: Words) -> Iterator[Scene]:
    """Yields the scene of each slide; equal decks give equal scenes."""
    before: list[str] = []
    for number, slide in enumerate(deck.slides, start=1):
        found = scene_of(slide, words, theme, number, before)
        before.append(found.archetype)
        yield found


def scene_of(
    slide: Slide, words: Words, theme: Theme, number: int = 1, before: Sequence[str] = ()
) -> Scene:
    """Returns the scene of a slide, in the first archetype that suits it and leaves neither too little
    room nor too much; none is worn for a third time in a row.
    """
    content, worn = Content(slide, number), _worn(before)
    suitable = [name for name, each in archetypes().items() if each.takes(content)]
    least: tuple[float, Scene] | None = None
    for name in sorted(suitable, key=lambda name: name == worn):
        stage = Stage(words, theme)
        found, empty = _scene(content, name, stage)
        off = max(FULLEST - empty, empty - EMPTIEST, 0) if _is_filled(slide) else 0
        off += len(found.left_out) + (name == worn)
        if least is None or off < least[0]:
            least = off, found
        if off == 0:
            break
    assert least is not None  # one archetype suits any slide
    return least[1]


def _worn(before: Sequence[str]) -> str:
    """Returns the archetype of the last two slides, if they have the same."""
    return before[-1] if len(before) > 1 and before[-1] == before[-2] else ""


def _is_filled(slide: Slide) -> bool:
    return slide.layout not in (Layout.TITLE, Layout.APPENDIX)


def _scene(content: Content, name: str, stage: Stage) -> tuple[Scene, float]:
    """Returns a slide in an archetype, and how much of it is empty."""
    archetype, grid = archetypes()[name], stage.grid
    head: list[Element] = []
    foot: list[Element] = []
    top = grid.top
    if archetype.has_headline:
        made = headline(content, stage)
        head, top = [made], grid.body or made.box.bottom + AFTER_HEADLINE
        foot = list(_foot(content, stage))
    body = Box(grid.margin, top, grid.inner, grid.bottom - top)
    placed = archetype.place(content, stage, body)
    elements = (*head, *placed, *foot)
    scene = Scene(
        content.slide.id, name, elements, *_cut(content, elements, stage, has_foot=bool(foot))
    )
    return scene, empty_share(scene.elements, Box(0, 0, grid.width, grid.height))


def _cut(
    content: Content, elements: Sequence[Element], stage: Stage, *, has_foot: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the texts that found no room, and the names that are shortened."""
    source = [content.slide.source_line] if has_foot else []
    names = {*content.names, *source}
    lacking = list(missing([*content.said, *source], elements, stage.set))
    cut = shortened([each for each in lacking if each in names], elements, stage.set)
    for each in cut:
        lacking.remove(each)
    return tuple(map(stage.set.line, lacking)), tuple(map(stage.set.line, cut))


def headline(content: Content, stage: Stage) -> TextBox:
    """Returns the slide's statement, in at most two lines."""
    if stage.theme.places:
        return _placed_headline(content.slide.title, stage, stage.theme.places.title)
    sizes, wide = stage.theme.sizes.headline, stage.grid.inner
    size = stage.set.largest(content.slide.title, sizes, wide, _HEADLINE, bold=True)
    lines = stage.set.count(content.slide.title, size, wide, bold=True)
    if lines == _HEADLINE:
        wide = stage.set.balanced(content.slide.title, size, wide, bold=True)
    tall = height(_ONE_LINE if lines < _HEADLINE else _HEADLINE, size)
    box = Box(stage.grid.margin, stage.grid.top, wide, tall)
    return stage.text("headline", content.slide.title, box, (size,), most=_HEADLINE, bold=True)


def _placed_headline(title: Text, stage: Stage, place: Place) -> TextBox:
    """Returns the statement where a template has it, and as it sets it."""
    every, bold, box = stage.theme.sizes.headline, stage.theme.bold, place.box
    low = [size for size in every if height(_HEADLINE, size) <= box.height + 0.5] or every[-1:]
    size = stage.set.largest(title, low, box.width, _HEADLINE, bold=bold)
    if place.align == "left":
        box = replace(box, width=stage.set.balanced(title, size, box.width, bold=bold))
    return stage.text(
        "headline", title, box, (size,), most=_HEADLINE, bold=bold, colour="title", align=place.align,
        anchor=place.anchor,
    )  # fmt: skip


def foot_boxes(theme: Theme) -> tuple[Box, Box]:
    """Returns where source and number of a slide stand."""
    if theme.places:
        return theme.places.source.box, theme.places.number.box
    grid, top = theme.grid, theme.grid.footer + 6
    source = Box(grid.margin, top, grid.inner - _NUMBER, _SOURCE)
    return source, Box(source.right, top, _NUMBER, height(1, theme.sizes.source[0]))


def _foot(content: Content, stage: Stage) -> Iterator[Element]:
    """Yields a rule, the source and the number of the slide."""
    grid, sizes = stage.grid, stage.theme.sizes.source
    place, right = foot_boxes(stage.theme)
    places = stage.theme.places
    if not places:  # a template has lines of its own
        yield Rule((grid.margin, grid.footer), (grid.end, grid.footer))
    if stage.words.line(content.slide.source_line):
        yield stage.text(
            "source", content.slide.source_line, place, sizes, colour="muted",
            align=places.source.align if places else "left",
            anchor=places.source.anchor if places else "top",
        )  # fmt: skip
    yield stage.text(
        "number", Plain(str(content.number)), right, sizes[:1], most=1, colour="muted",
        align=places.number.align if places else "right",
        anchor=places.number.anchor if places else "top",
    )  # fmt: skip
