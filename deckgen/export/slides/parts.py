"""Parts that several archetypes place: cards with figures, the course of a figure, a callout."""

from collections.abc import Sequence

from deckgen.domain.blocks import Kpi
from deckgen.domain.facts import Text
from deckgen.domain.language.phrasebook import at_start
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Curve, Element, Panel, Paragraph, Rule, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.slides.stage import PADDING, Stage

TONES = {"good": "accent", "bad": "contrast", "plain": "muted"}
_CARD, _COURSE = 14, 32  # points inside of a card, and that a course takes with its gap
_IN_CARDS = 5  # the first of the theme's sizes of figures that a card takes


def figure(kpi: Kpi, stage: Stage, wide: float, sizes: Sequence[int], label: int) -> list[Paragraph]:
    """Returns a figure on one line, what it is and how it changed under it."""
    size = stage.set.largest(kpi.value, sizes, wide, 1, bold=True)
    made = [
        stage.set.paragraph(kpi.value, size, wide, most=1, bold=True, colour="accent"),
        stage.set.paragraph(at_start(kpi.label), label, wide, most=2, colour="muted"),
    ]
    return [*made, *_change(kpi, stage, wide, label, most=1)]


def _change(kpi: Kpi, stage: Stage, wide: float, size: int, *, most: int) -> list[Paragraph]:
    if not stage.set.line(kpi.change):
        return []
    colour = TONES[kpi.tone]
    return [stage.set.paragraph(kpi.change, size, wide, most=most, bold=True, colour=colour)]


def cards(kpis: Sequence[Kpi], stage: Stage, box: Box, *, first: int = _IN_CARDS) -> list[Element]:
    """Returns figures side by side, each in a card: what it is, its value, its change, its course.

    `first` is the largest of the theme's sizes of figures that they may have.
    """
    per_row = _per_row(len(kpis))
    lines = [kpis[start : start + per_row] for start in range(0, len(kpis), per_row)]
    found: list[Element] = []
    for line, room in zip(lines, box.rows(*[1] * len(lines), gap=12), strict=True):
        boxes = room.columns(*[1] * per_row, gap=stage.grid.gutter)
        size = _figure_size(kpis, stage, boxes[0], first)
        for kpi, place in zip(line, boxes, strict=False):
            found += _card(kpi, stage, place, size)
    return found


def _per_row(count: int) -> int:
    """Returns how many cards stand side by side: four at most, else spread evenly."""
    lines = -(-count // 4)
    return -(-count // lines)


def _figure_size(kpis: Sequence[Kpi], stage: Stage, box: Box, first: int) -> int:
    """Returns one size for all figures, at which the longest fits, and what stands around it."""
    every, inner = stage.theme.sizes.figure[first:], _inner(box)
    sizes = [
        size
        for size in every
        if all(
            tall(_in_card(kpi, stage, inner.width, size)) + (_COURSE if kpi.trend else 0)
            <= inner.height
            for kpi in kpis
        )
    ]
    sizes = sizes or [min(stage.theme.sizes.figure)]
    return min(stage.set.largest(kpi.value, sizes, inner.width, 1, bold=True) for kpi in kpis)


def _inner(box: Box) -> Box:
    return box.inset(_CARD, min(_CARD, box.height * 0.1))


def _in_card(kpi: Kpi, stage: Stage, wide: float, size: int) -> list[Paragraph]:
    label = stage.theme.sizes.label[0]
    return [
        stage.set.paragraph(at_start(kpi.label), label, wide, most=2, bold=True, colour="muted"),
        stage.set.paragraph(kpi.value, size, wide, most=1, bold=True),
        *_change(kpi, stage, wide, label, most=2),
    ]


def _card(kpi: Kpi, stage: Stage, box: Box, size: int) -> list[Element]:
    inner = _inner(box)
    made = _in_card(kpi, stage, inner.width, size)
    while len(made) > 1 and tall(made) > inner.height:
        made.pop(0 if len(made) == 2 else -1)
    found: list[Element] = [Panel(box, "wash"), TextBox("figure", inner, tuple(made))]
    course = inner.below(tall(made) + 8)
    if kpi.trend and course.height >= _COURSE - 8:
        found += sparkline(kpi.trend.values, course)
    return found


def sparkline(values: Sequence[float | None], box: Box) -> list[Element]:
    """Returns the course of a figure, without axes, its end marked."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 3:
        return []
    low, high = min(value for _, value in known), max(value for _, value in known)
    span = (high - low) or 1
    room = box.inset(4)
    points = tuple(
        (
            room.left + place / (len(values) - 1) * room.width,
            room.bottom - (value - low) / span * room.height,
        )
        for place, value in known
    )
    return [Curve(points, "soft", 2, ends_in_dot=True)]


def callout(text: Text, stage: Stage, box: Box) -> list[Element]:
    """Returns a sentence that stands out, in a panel as tall as it needs to be."""
    inner = box.inset(PADDING, 10)
    sizes = stage.theme.sizes.takeaway
    made = stage.text("callout", text, inner, sizes, bold=True, anchor="middle")
    used = min(inner.height, tall(made.paragraphs))
    panel = Box(box.left, box.top, box.width, used + 20)
    placed = Box(inner.left, inner.top, inner.width, used)
    return [Panel(panel, "wash", "accent"), TextBox("callout", placed, made.paragraphs, "middle")]


def rule(box: Box, at: float, colour: str = "line", weight: float = 0.75) -> Rule:
    """Returns a line across a box."""
    return Rule((box.left, at), (box.right, at), colour, weight)
