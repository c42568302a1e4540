"""How exhibit and takeaways stand together: side by side, or one beneath the other."""

from deckgen.domain.blocks import Kpi
from deckgen.domain.facts import Text
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Panel, Paragraph, TextBox
from deckgen.export.scene.setting import Plain, tall
from deckgen.export.slides.archetype import Place
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import figure, rule
from deckgen.export.slides.stage import PADDING, Stage

MOST_FIGURES, MANY = 2, 99
SLOTS = {"charts": 1, "tables": 1, "kpis": MOST_FIGURES, "points": MANY, "callouts": MANY}
_MOST_BENEATH, _STRIP = 4, 92
_PANEL, _FEWEST = 190, 6  # the least width of a panel of takeaways; of an exhibit in columns
_ALONE, _ONE_OF_MORE = 7, 9  # the first of the theme's sizes of figures that stand beside an exhibit


def has_exhibit(content: Content) -> bool:
    """True if a slide has one chart or table, and something that it means: figures or sentences."""
    return len(content.charts) + len(content.tables) == 1 and bool(_beneath(content))


def few(content: Content) -> bool:
    """True if all that an exhibit means can stand side by side under it."""
    return len(_beneath(content)) <= _MOST_BENEATH


def beside(columns: int) -> Place:
    """Returns the composition with the exhibit on so many of twelve columns, the rest to its right.

    On a narrow slide the exhibit has fewer, so that sentences have room.
    """

    def place(content: Content, stage: Stage, body: Box) -> list[Element]:
        wide = next(
            (each for each in range(columns, _FEWEST, -1) if stage.grid.span(12 - each) >= _PANEL),
            _FEWEST,
        )
        left, right = stage.split(body, wide)
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
    said, size = Plain(stage.words.says("slide.so_what").upper()), stage.theme.sizes.label[-1]
    return stage.set.paragraph(said, size, box.width, bold=True, colour="accent")


def _figure(kpi: Kpi, stage: Stage, box: Box, *, is_alone: bool) -> tuple[TextBox, float]:
    sizes = stage.theme.sizes
    figures = sizes.figure[_ALONE if is_alone else _ONE_OF_MORE :]
    made = figure(kpi, stage, box.width, figures, sizes.label[0])
    used = tall(made)
    return TextBox("figure", Box(box.left, box.top, box.width, used), tuple(made)), used


def _strip(content: Content, stage: Stage, box: Box) -> list[Element]:
    """Returns figures and sentences side by side in one panel."""
    found: list[Element] = [Panel(box, "wash", "accent")]
    inner = box.inset(PADDING, 12)
    said = _beneath(content)
    placed = list(zip(said, inner.columns(*[1] * len(said), gap=24), strict=True))
    every = stage.theme.sizes.takeaway
    sizes = [size for size in every if height(3, size) <= inner.height] or every[-1:]
    fitting = [
        stage.leading_size(each, place, sizes) for each, place in placed if isinstance(each, str)
    ]
    for each, place in placed:
        if isinstance(each, str):
            found.append(stage.leads("takeaway", [each], place, (min(fitting),)))
        else:
            found.append(_figure(each, stage, place, is_alone=False)[0])
    return found
