"""The theme that a template makes: its colours, fonts, sizes of type and places, and what is said
of it."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.errors import InvalidRequest
from deckgen.domain.templates import MAX_REMARKS, MAX_TEMPLATE_BYTES, LayoutUse, Reading
from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.reading.archive import Archive, too_large
from deckgen.export.pptx.templates import fonts
from deckgen.export.pptx.templates.base import Size, base_of, size_of
from deckgen.export.pptx.templates.cleaning import Cleaned
from deckgen.export.pptx.templates.freeing import TITLE, WHOLE, covers
from deckgen.export.pptx.templates.layout_parts import Holder, Shown
from deckgen.export.pptx.templates.mapping import Choice, choose, quality
from deckgen.export.pptx.templates.palettes import Colours, in_the_dark
from deckgen.export.pptx.templates.parts import A, Part, whole
from deckgen.export.pptx.templates.places import Room
from deckgen.export.slides.archetypes import archetypes
from deckgen.export.themes.theme import STANDARD, Grid, Palette, Place, Places, Theme, TypeScale, theme

COVER = "title"  # the archetype
_HEADLINES, _LEAST_HEADLINE = (20, 32), 14
_COVERS, _LEAST_COVER = (28, 54), 20


@dataclass(frozen=True)
class Read:
    """A template: its theme, the file that decks are drawn upon, and what is told of it."""

    theme: Theme
    base: bytes
    reading: Reading


def read(content: bytes, name: str) -> Read:
    """Returns what is taken from an uploaded file.

    Raises InvalidRequest if it is no presentation, a dangerous one, or one that nothing can be
    drawn on.
    """
    if len(content) > MAX_TEMPLATE_BYTES:
        raise too_large(f"has more than {MAX_TEMPLATE_BYTES:,} bytes")
    cleaned = Cleaned(Archive.opened(content))
    size = size_of(cleaned)
    master, every, choice = _chosen(cleaned, size)
    remarks = [*_mapped(choice), *_left(cleaned)]
    room = Room(choice.cover, choice.content, every, size.stage_width, size.stage, remarks)
    grid, places = room.found()
    content_title, _ = _titles(choice)
    made = Theme(
        name=name,
        **_fonts(choice.content, content_title, remarks),
        sizes=_sizes(choice, places.title, size.stage),
        **_colours(choice, _body_of(grid), places, remarks),
        grid=grid,
        places=places,
        bold=_said(choice.content, content_title, "b") in ("1", "true"),
    )  # fmt: skip
    told = Reading(
        width=round(size.width, 2),
        height=round(size.height, 2),
        fonts=[made.heading or made.font, made.font],
        layouts=_uses(choice),
        remarks=list(dict.fromkeys(remarks))[:MAX_REMARKS],
        theme=made.model_dump(mode="json"),
    )
    return Read(made, base_of(cleaned, master), told)


def _chosen(cleaned: Cleaned, size: Size) -> tuple[Part, list[Shown], Choice]:
    """Returns the master whose layouts serve best, its layouts, and the choice among them."""
    best: tuple[float, Part, list[Shown], Choice] | None = None
    for master in cleaned.masters:
        if not master.related("theme"):
            continue
        every = [Shown(each, master, size.stage) for each in cleaned.layouts(master)]
        if every:
            choice = choose(every, size.stage_width)
            found = quality(choice, size.stage_width)
            if best is None or found > best[0]:
                best = found, master, every, choice
    if best is None:
        raise InvalidRequest(
            "No master of the template has a theme and a layout.", code="template_unusable"
        )
    return best[1:]


def _mapped(choice: Choice) -> list[str]:
    found = []
    if choice.cover_by == "none":
        found.append(f"No layout is one for a cover: it is drawn on “{choice.content.name}”.")
    elif choice.cover_by == "name":
        found.append(f"The layout “{choice.cover.name}” is taken for the cover because of its name.")
    if choice.content_by == "name":
        found.append(f"The layout “{choice.content.name}” is taken for content because of its name.")
    elif choice.content_by == "none":
        found.append(f"No layout says that it is for content: “{choice.content.name}” is taken.")
    return found


def _left(cleaned: Cleaned) -> list[str]:
    if not cleaned.removed:
        return []
    listed = ", ".join(f"{what} ({count})" for what, count in sorted(cleaned.removed.items()))
    return [f"Left out of the file: {listed}."]


def _uses(choice: Choice) -> list[LayoutUse]:
    others = [each for each in sorted(archetypes()) if each != COVER]
    return [
        LayoutUse(layout=choice.cover.name, archetypes=[COVER], by=choice.cover_by),
        LayoutUse(layout=choice.content.name, archetypes=others, by=choice.content_by),
    ]


def _titles(choice: Choice) -> tuple[Holder | None, Holder | None]:
    kinds = ("title", "ctrTitle")
    return choice.content.one(*kinds), choice.cover.one(*kinds)


def _levels(shown: Shown, holder: Holder | None) -> list[Any]:
    return shown.level(holder) if holder else []


def _said(shown: Shown, holder: Holder | None, name: str) -> str:
    """Returns what a title's letters are said to be."""
    named = (each.find(f"{A}defRPr") for each in _levels(shown, holder))
    return next((each.get(name) for each in named if each is not None and each.get(name)), "")


def _fonts(content: Shown, title: Holder | None, remarks: list[str]) -> dict[str, Any]:
    (theme_part, *_) = content.master.related("theme")
    body = next((each for each in content.of_master if each.is_body), None)
    heading = fonts.latin(_levels(content, title), theme_part, "major")
    other = fonts.latin(_levels(content, body), theme_part, "minor")
    named = fonts.known(heading, remarks), fonts.known(other, remarks)
    like, stretch = fonts.measured([*named], remarks)
    return {
        "font": named[1],
        "heading": named[0] if named[0] != named[1] else None,
        "measured": like,
        "stretch": stretch,
    }


def _sizes(choice: Choice, title: Place, stage: float) -> TypeScale:
    """Returns the standard sizes, with those of headlines as the template has them, within reason."""
    content, cover = _titles(choice)
    first = _bounded(_said(choice.content, content, "sz"), stage, *_HEADLINES)
    least = max(_LEAST_HEADLINE, min(16, int(title.height / 2.4)))
    headline = (*range(first, least, -2), least)
    large = _bounded(_said(choice.cover, cover, "sz"), stage, *_COVERS)
    covers = (*range(large, _LEAST_COVER, -4), _LEAST_COVER)
    return theme(STANDARD).sizes.model_copy(update={"headline": headline, "cover": covers})


def _bounded(said: str, stage: float, least: int, most: int) -> int:
    hundredths = whole(said)
    size = least + 8 if hundredths is None else round(hundredths / 100 * stage)
    return max(least, min(most, size))


def _colours(
    choice: Choice, body: Box, places: Places, remarks: list[str]
) -> dict[str, Palette | None]:
    content_title, cover_title = _titles(choice)
    paper = _ground(choice.content, body) or choice.content.paper
    colours = Colours(choice.content.tints.slots, paper, remarks=remarks)
    ground = _ground(choice.content, places.title.box, TITLE) or choice.content.paper
    light = colours.palette(_colour(choice.content, content_title), ground)
    on_cover = _ground(choice.cover, places.cover.box) or choice.cover.paper
    covered = Colours(choice.cover.tints.slots, on_cover)  # whose marks nobody sees
    return {
        "light": light,
        "dark": in_the_dark(light),
        "cover": covered.palette(_colour(choice.cover, cover_title), on_cover),
    }


def _colour(shown: Shown, holder: Holder | None) -> str | None:
    """Returns the colour of a title."""
    for level in _levels(shown, holder):
        properties = level.find(f"{A}defRPr")
        found = None if properties is None else shown.tints.fill(properties, {})
        if found:
            return found
    return None


def _body_of(grid: Grid) -> Box:
    top = grid.body or grid.top
    return Box(grid.margin, top, grid.inner, grid.bottom - top)


def _ground(shown: Shown, place: Box, whole: float = WHOLE) -> str | None:
    """Returns the colour of the last decoration on which a place stands; None if it stands on none."""
    under = [each.fill for each in shown.decorations if each.fill and covers(each, place, whole)]
    return under[-1] if under else None
