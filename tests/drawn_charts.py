"""Charts as they are laid out, for tests that measure what is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import combinations
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from deckgen.domain.charts import Chart, ChartKind, Series, SeriesRole
from deckgen.domain.formatting.display import TEXT, Unit, Value
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.kinds import frame, kind_of, over
from deckgen.export.charts.native.dressing import dress
from deckgen.export.charts.view import View
from deckgen.export.charts.viewing import view_of
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Paragraph, TableBox, TextBox
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.deck_parts import DOLLARS
from tests.decks import sample_deck

WORDS, THEME, SIZE = Words(sample_deck()), theme(), 13


def charted(
    kind: ChartKind,
    categories: Sequence[Value],
    rows: Mapping[str, Any],
    *,
    unit: Unit = DOLLARS,
    category_unit: Unit = TEXT,
    roles: Sequence[SeriesRole] = (),
    **more: Any,
) -> Chart:
    """A chart whose series are rows by their labels."""
    given = [*roles, *[SeriesRole.ACTUAL] * (len(rows) - len(roles))]
    return Chart(
        kind=kind,
        title="Revenue",
        sql="SELECT region FROM data",
        category_label="Region",
        category_unit=category_unit,
        categories=list(categories),
        series=[
            Series(label=label, unit=unit, values=list(values), role=role)
            for (label, values), role in zip(rows.items(), given, strict=True)
        ],
        alt="A chart.",
        **more,
    )


def laid_out(
    chart: Chart, wide: float = 560, tall: float = 330, size: float = SIZE
) -> tuple[View, Frame, list[Element]]:
    """What there is to see of a chart, its frame, and the shapes over its marks."""
    view = view_of(chart, WORDS, THEME.face)
    room = frame(view, size, wide, tall)
    return view, room, list(over(view, room, THEME))


def written(shapes: Sequence[Element]) -> list[str]:
    """The texts of shapes, in order."""
    return [paragraph.text for paragraph in paragraphs(shapes) if paragraph.text]


def paragraphs(shapes: Sequence[Element]) -> Iterator[Paragraph]:
    for shape in shapes:
        match shape:
            case TextBox():
                yield from shape.paragraphs
            case TableBox():
                yield from (cell.paragraph for row in shape.rows for cell in row)


def inked(text: TextBox) -> Box:
    """The box of the letters of a text."""
    face, box = THEME.face, text.box
    wide = max(
        face.width("".join(span.text for span in line), each.size, bold=each.bold)
        for each in text.paragraphs
        for line in each.lines
    )
    spare = {"left": 0.0, "center": 0.5, "right": 1.0}[text.paragraphs[0].align]
    return Box(box.left + spare * (box.width - wide), box.top, wide, box.height)


def touching(shapes: Sequence[Element]) -> list[tuple[str, str]]:
    """The pairs of texts whose letters lie over one another."""
    texts = [(inked(shape), shape.paragraphs[0].text) for shape in shapes if isinstance(shape, TextBox)]
    return [
        (said, other)
        for (one, said), (two, other) in combinations(texts, 2)
        if min(one.right, two.right) - max(one.left, two.left) > 0.5
        and min(one.bottom, two.bottom) - max(one.top, two.top) > 0.5
    ]


def native(chart: Chart, wide: float = 560, tall: float = 330) -> Any:
    """The chart as PowerPoint has it, dressed."""
    view = view_of(chart, WORDS, THEME.face)
    room = frame(view, SIZE, wide, tall)
    part = import_module(f"deckgen.export.charts.native.{kind_of(chart).native}")
    deck = Presentation()
    page = deck.slides.add_slide(deck.slide_layouts[6])
    sides = (Pt(0), Pt(0), Pt(wide), Pt(tall))
    made = page.shapes.add_chart(part.chart_type(room), *sides, part.data(view, room)).chart
    dress(made, view, room, THEME, SIZE)
    part.style(made, view, room, THEME)
    return made


def native_values(chart: Any) -> dict[str, list[float | None]]:
    """The values of a native chart, by the names of its series."""
    return {series.name: list(series.values) for plot in chart.plots for series in plot.series}
