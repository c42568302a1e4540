"""What of a slide can be measured, and the bounds in which a good one stays."""

from collections.abc import Iterator
from io import BytesIO
from typing import TypeGuard

import numpy as np
import vl_convert
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import ChartBox, Element, Panel, Scene, TableBox, TextBox, paragraphs
from deckgen.export.scene.extents import empty_share, taken
from deckgen.export.slides.inspection import overflows
from deckgen.export.themes.theme import Grid, Theme

EMPTY = (0.15, 0.5)  # of a slide, by the boxes of its elements
EMPTY_ON_AVERAGE = (0.2, 0.4)  # over the slides of a deck
# Of the bodies of a deck, and of one of them, by what is painted; gaps of less than GAP are closed.
INK_EMPTY, INK_EMPTIEST = 0.6, 0.85
GAP = 25  # points: 0.35 inches
LEAST_TEXT = 10  # points
OFF_GRID = 1.0  # points
TWICE_IN_A_ROW = 2  # slides of the same archetype


def empty(scene: Scene, grid: Grid) -> float:
    """Returns how much of a slide is under no element."""
    return empty_share(scene.elements, Box(0, 0, grid.width, grid.height))


def inkless(svg: str, scene: Scene, theme: Theme) -> float:
    """Returns how much of a slide's body shows nothing, small gaps being closed."""
    painted = np.asarray(Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=1))).convert("RGB"))
    paper = np.array([int(theme.light.paper[at : at + 2], 16) for at in (0, 2, 4)])
    ink: NDArray[np.bool_] = (np.abs(painted.astype(int) - paper) > 12).any(axis=2)
    body = body_of(scene, theme.grid)
    part = ink[int(body.top) : int(body.bottom), int(body.left) : int(body.right)]
    closed = ndimage.binary_closing(np.pad(part, GAP), np.ones((GAP, GAP)))[GAP:-GAP, GAP:-GAP]
    return float(1 - closed.mean())


def body_of(scene: Scene, grid: Grid) -> Box:
    """Returns the room between headline and foot."""
    heads = [each.box.bottom for each in scene.elements if _is_headline(each)]
    top = max(heads, default=grid.top)
    return Box(grid.margin, top, grid.inner, grid.bottom - top)


def _is_headline(element: Element) -> TypeGuard[TextBox]:
    return isinstance(element, TextBox) and element.slot == "headline"


def faults(scene: Scene, theme: Theme) -> Iterator[str]:
    """Yields what overlaps, is cut, leaves the slide or its margins, or is too small."""
    yield from overflows(scene, theme.grid)
    for slot, paragraph in paragraphs(scene.elements):
        if paragraph.size < LEAST_TEXT:
            yield f"the {slot} has {paragraph.size} points"
    for box in taken(scene.elements):
        if scene.archetype != "title" and not _within(box, theme.grid):
            yield f"a box at {box.left:.0f}, {box.top:.0f} leaves the margins"
    yield from _off_grid(scene, theme.grid)


def _within(box: Box, grid: Grid) -> bool:
    return box.left >= grid.margin - OFF_GRID and box.right <= grid.width - grid.margin + OFF_GRID


def _off_grid(scene: Scene, grid: Grid) -> Iterator[str]:
    """Yields what stands beside no other thing: a left edge that nothing else has, and no column."""
    if scene.archetype == "title":
        return
    edges = [each.box.left for each in scene.elements if isinstance(each, Panel | ChartBox | TableBox)]
    for edge in edges:
        if min(abs(edge - line) for line in _columns(grid)) > OFF_GRID and edges.count(edge) == 1:
            yield f"an edge at {edge:.1f} is on no column"


def _columns(grid: Grid) -> list[float]:
    step = grid.span(1) + grid.gutter
    return [grid.margin + place * step for place in range(grid.columns)]
