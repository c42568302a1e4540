"""One figure that settles the question, large, with what supports it."""

from deckgen.domain.blocks import Bullets, Callout, Kpis
from deckgen.domain.charts import Chart
from deckgen.domain.language.phrasebook import at_start
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, TextBox
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import panel
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import TONES, sparkline
from deckgen.export.slides.stage import Stage

_LABEL = 16


def _suits(content: Content) -> bool:
    return (
        len(content.kpis) == 1
        and content.has_only(Kpis, Chart, Bullets, Callout)
        and len(content.charts) <= 1
    )


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    left, right = stage.split(body, 4)
    says = bool(content.points or content.callouts)
    figure = Box(left.left, left.top, left.width, left.height * (0.42 if content.charts else 1))
    found = _figure(content, stage, figure)
    if content.charts:
        found += stage.chart(content.charts[0], right)
        if says:
            below = left.below(figure.height + 14)
            found += panel(content.without_figures, stage, below)
    elif says:
        found += panel(content.without_figures, stage, right)
    return found


def _figure(content: Content, stage: Stage, box: Box) -> list[Element]:
    kpi, setter = content.kpis[0], stage.set
    room = box.height - height(2, _LABEL) - 8
    sizes = [size for size in stage.theme.sizes.figure if height(1, size) <= room]
    sizes = sizes or [min(stage.theme.sizes.figure)]
    size = setter.largest(kpi.value, sizes, box.width, 1, bold=True)
    made = [
        setter.paragraph(kpi.value, size, box.width, most=1, bold=True, colour="accent"),
        setter.paragraph(at_start(kpi.label), _LABEL, box.width, most=2, colour="muted"),
    ]
    if setter.line(kpi.change):
        made.append(
            setter.paragraph(
                kpi.change, _LABEL, box.width, most=1, bold=True, colour=TONES[kpi.tone], before=4
            )
        )
    used = sum(height(len(each.lines), each.size) + each.before for each in made)
    found: list[Element] = [TextBox("figure", box, tuple(made))]
    course = box.below(used + 10)
    if kpi.trend and course.height >= 40:
        found += sparkline(
            kpi.trend.values, Box(course.left, course.top, course.width, min(90, course.height))
        )
    return found


ARCHETYPE = Archetype(
    slots={"figure": 1, "exhibit": 1, "takeaways": 5}, order=6, suits=_suits, place=_place
)
