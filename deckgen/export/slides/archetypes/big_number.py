"""One figure that settles the question, large, with what supports it."""

from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MANY, panel
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import figure, sparkline
from deckgen.export.slides.stage import Stage


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    left, right = stage.split(body, 4)
    says = bool(content.points or content.callouts)
    room = Box(left.left, left.top, left.width, left.height * (0.42 if content.charts else 1))
    found = _figure(content, stage, room)
    if content.charts:
        found += stage.chart(content.charts[0], right)
        if says:
            below = left.below(room.height + 14)
            found += panel(content.without_figures, stage, below)
    elif says:
        found += panel(content.without_figures, stage, right)
    return found


def _figure(content: Content, stage: Stage, box: Box) -> list[Element]:
    kpi, sizes = content.kpis[0], stage.theme.sizes
    label = sizes.takeaway[0]
    room = box.height - height(2, label) - 8
    fitting = [size for size in sizes.figure if height(1, size) <= room] or [min(sizes.figure)]
    made = figure(kpi, stage, box.width, fitting, label)
    used = tall(made)
    found: list[Element] = [TextBox("figure", box, tuple(made))]
    course = box.below(used + 10)
    if kpi.trend and course.height >= 40:
        found += sparkline(
            kpi.trend.values, Box(course.left, course.top, course.width, min(90, course.height))
        )
    return found


ARCHETYPE = Archetype(
    slots={"kpis": 1, "charts": 1, "points": MANY, "callouts": MANY},
    order=6,
    suits=lambda content: bool(content.kpis),
    place=_place,
)
