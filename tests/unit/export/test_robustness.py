"""Whatever a deck holds that its model allows, both exports render it, within the slide."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from deckgen.domain.blocks import Block, Bullets, Callout, Kpi, Kpis, Table, TableColumn
from deckgen.domain.charts import Chart, ChartKind, Series
from deckgen.domain.decks import Layout
from deckgen.domain.formatting.display import COUNT, PERCENT, POINTS, TEXT, Unit, ValueFormat
from deckgen.export.html.page import render_html
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from tests.deck_parts import slide
from tests.decks import brief_deck

pytestmark = pytest.mark.slow
UNITS = st.sampled_from(
    [
        COUNT,
        PERCENT,
        POINTS,
        Unit(format=ValueFormat.CURRENCY, symbol="EUR"),
        Unit(format=ValueFormat.NUMBER, symbol='"<kg>"\x01'),
    ]
)
NUMBERS = st.one_of(st.none(), st.integers(-(10**15), 10**15), st.floats(-1e18, 1e18), st.just(0.0))
WORDS = st.text(max_size=60).filter(lambda text: "{{" not in text)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    size = draw(st.sampled_from([0, 1, 2, 5, 13, 40, 200]))
    kind = draw(st.sampled_from(ChartKind))
    labels = NUMBERS if kind is ChartKind.SCATTER else WORDS
    values = st.lists(NUMBERS, min_size=size, max_size=size)
    indexes = st.lists(st.integers(0, size - 1), unique=True, max_size=8) if size else st.just([])
    return Chart(
        kind=kind,
        title=draw(WORDS),
        sql="SELECT 1",
        category_label=draw(WORDS),
        category_unit=COUNT if kind is ChartKind.SCATTER else TEXT,
        categories=draw(st.lists(labels, min_size=size, max_size=size)),
        series=[
            Series(label=draw(WORDS), unit=draw(UNITS), values=draw(values))
            for _ in range(1 if kind is ChartKind.WATERFALL else draw(st.integers(1, 6)))
        ],
        highlight=draw(indexes),
        partial=draw(indexes),
        alt=draw(WORDS),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(st.sampled_from([1, 2, 4, 9, 40])), draw(st.sampled_from([0, 1, 7, 60]))
    cells = st.lists(st.one_of(NUMBERS, WORDS), min_size=columns, max_size=columns)
    return Table(
        title=draw(WORDS),
        columns=[TableColumn(label=draw(WORDS), unit=TEXT) for _ in range(columns)],
        rows=[draw(cells)] * rows,
    )


LONG = st.builds(lambda word, times: f"{word} " * times, WORDS, st.integers(0, 80))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    charts(),
    tables(),
    st.builds(Callout, text=LONG),
    st.builds(Bullets, items=st.lists(LONG, max_size=12)),
    st.builds(
        Kpis, items=st.lists(st.builds(Kpi, label=WORDS, value=WORDS, change=WORDS), max_size=12)
    ),
)


CROWDED: list[Block] = [
    Bullets(items=["", "", "", "", f"{'0' * 43} " * 80]),
    Kpis(items=[Kpi(label="", value="", change="")] * 11),
    Chart(
        kind=ChartKind.LINE,
        title="",
        sql="SELECT 1",
        category_label="",
        category_unit=TEXT,
        categories=[],
        series=[Series(label="", unit=COUNT, values=[])],
        alt="",
    ),
    Table(title="", columns=[TableColumn(label="", unit=TEXT)], rows=[]),
]


@example(CROWDED, "", Layout.TITLE)  # rows of figures with hardly any room
@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCKS, max_size=4), LONG, st.sampled_from(Layout))
def test_anything_can_be_rendered(blocks: list[Block], title: str, layout: Layout) -> None:
    """Empty charts, huge numbers, missing values, endless texts: all are rendered within the slide."""
    deck = brief_deck().model_copy(
        update={"slides": [slide(layout, title, *blocks, notes=title, source_line=title)]}
    )
    render_html(deck, theme())
    presentation = Presentation(BytesIO(render_pptx(deck, theme())))
    for shape in presentation.slides[0].shapes:
        assert shape.height > 0 or shape.name.split()[1] in ("rule", "course")
        assert shape.left + shape.width <= presentation.slide_width
        assert shape.top + shape.height <= presentation.slide_height
