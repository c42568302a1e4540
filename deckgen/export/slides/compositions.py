"""How exhibit and takeaways stand together: side by side, or one beneath the other."""

from collections.abc import Callable

from deckgen.domain.blocks import Bullets, Callout, Kpi, Kpis, Table
from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Text
from deckgen.domain.language.phrasebook import at_start
from deckgen.export.charts.kinds import fitting
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Panel, Paragraph, TextBox
from deckgen.export.scene.setting import Plain, tall
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import TONES, rule
from deckgen.export.slides.stage import PADDING, Stage

MOST_BENEATH, MOST_FIGURES = 4, 2
_FIGURE, _LABEL, _STRIP = (36, 32, 28, 24, 20), 12, 92
Place = Callable[[Content, Stage, Box], list[Element]]


def one_exhibit(content: Content) -> bool:
    """True if a slide is one chart or table with sentences, and at most one figure."""
    return (
        len(content.charts) + len(content.tables) == 1
        and len(content.kpis) <= MOST_FIGURES
        and content.has_only(Chart, Table, Bullets, Callout, Kpis)
        and bool(content.points or content.callouts or content.kpis)
    )


def of_kinds(*kinds: ChartKind, most: int = 9) -> Callable[[Content], bool]:
    """Returns the test that a slide has a chart of these kinds, and so much beside it at most."""

    def suits(content: Content) -> bool:
        return (
            one_exhibit(content)
            and bool(content.charts)
            and fitting(content.charts[0]) in kinds
            and len(_beneath(content)) <= most
        )

    return suits


def beside(columns: int) -> Place:
    """Returns the composition with the exhibit on so many of twelve columns, the rest to its right."""

    def place(content: Content, stage: Stage, body: Box) -> list[Element]:
        left, right = stage.split(body, columns)
        return [*exhibit(content, stage, left), *panel(content, stage, right)]

    return place


def beneath(content: Content, stage: Stage, body: Box) -> list[Element]:
    """Returns the exhibit over the whole width, and the takeaways side by side under it."""
    if not _beneath(content):
        return exhibit(content, stage, body)
    upper = Box(body.left, body.top, body.width, body.height - _STRIP - 14)
    strip = Box(body.left, upper.bottom + 14, body.width, _STRIP)
    return [*exhibit(content, stage, upper), *_strip(content, stage, strip)]


def _beneath(content: Content) -> list[Kpi | Text]:
    """Returns what stands side by side under an exhibit: its figures, then its sentences."""
    return [*content.kpis, *content.points, *content.callouts]


def exhibit(content: Content, stage: Stage, box: Box) -> list[Element]:
    """Returns the chart or the table of a slide."""
    found = [element for each in content.charts for element in stage.chart(each, box)]
    return [*found, *(element for each in content.tables for element in stage.table(each, box))]


def panel(content: Content, stage: Stage, box: Box) -> list[Element]:
    """Returns what an exhibit means, in a panel: its figure, and each point with its lead in bold."""
    found, inner = stage.panel(box)
    for kpi in content.kpis:
        made, used = _figure(kpi, stage, inner, is_alone=len(content.kpis) == 1)
        found += [made, rule(inner, inner.top + used + 8)]
        inner = inner.below(used + 16)
    said = [*content.points, *content.callouts]
    if not said:
        return found
    label = _heading(stage, inner)
    heading = TextBox("so what", Box(inner.left, inner.top, inner.width, tall([label])), (label,))
    below = inner.below(tall([label]) + 8)
    return [*found, heading, stage.leads("takeaways", said, below, stage.theme.sizes.takeaway)]


def _heading(stage: Stage, box: Box) -> Paragraph:
    said = Plain(stage.words.says("slide.so_what").upper())
    return stage.set.paragraph(said, _LABEL, box.width, bold=True, colour="accent")


def _figure(kpi: Kpi, stage: Stage, box: Box, *, is_alone: bool) -> tuple[TextBox, float]:
    setter = stage.set
    sizes = _FIGURE if is_alone else _FIGURE[2:]
    size = setter.largest(kpi.value, sizes, box.width, 1, bold=True)
    made = [
        setter.paragraph(kpi.value, size, box.width, most=1, bold=True, colour="accent"),
        setter.paragraph(at_start(kpi.label), 14, box.width, most=2, colour="muted"),
    ]
    if setter.line(kpi.change):
        made.append(
            setter.paragraph(kpi.change, 14, box.width, most=1, bold=True, colour=TONES[kpi.tone])
        )
    used = tall(made)
    return TextBox("figure", Box(box.left, box.top, box.width, used), tuple(made)), used


def _strip(content: Content, stage: Stage, box: Box) -> list[Element]:
    """Returns figures and sentences side by side in one panel."""
    found: list[Element] = [Panel(box, "wash", "accent")]
    inner = box.inset(PADDING, 12)
    said = _beneath(content)
    placed = list(zip(said, inner.columns(*[1] * len(said), gap=24), strict=True))
    sizes = [size for size in stage.theme.sizes.takeaway if height(3, size) <= inner.height] or [12]
    fitting = [
        stage.leading_size(each, place, sizes) for each, place in placed if isinstance(each, str)
    ]
    for each, place in placed:
        if isinstance(each, str):
            found.append(stage.leads("takeaway", [each], place, (min(fitting),)))
        else:
            found.append(_figure(each, stage, place, is_alone=False)[0])
    return found
