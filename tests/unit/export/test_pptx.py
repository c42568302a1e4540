import re
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from deckgen.domain.decks import Chart, ChartKind, Layout
from deckgen.export.charts.view import pairs, view_of
from deckgen.export.pptx.document import render_pptx
from deckgen.export.text import Words, one_line
from tests.deck_parts import HOSTILE
from tests.decks import brief_deck, sample_deck

DECK = sample_deck()
WORDS = Words(DECK)


@pytest.fixture(scope="module")
def saved() -> bytes:
    return render_pptx(DECK)


@pytest.fixture(scope="module")
def slides(saved: bytes) -> list[Any]:
    return list(Presentation(BytesIO(saved)).slides)


def native_charts(slides: list[Any]) -> list[tuple[Chart, Any]]:
    found = []
    for slide, native in zip(DECK.slides, slides, strict=True):
        charts = [block for block in slide.blocks if isinstance(block, Chart)]
        frames = [shape for shape in native.shapes if shape.has_chart]
        found += list(zip(charts, frames, strict=True))
    return found


def texts(shape: Any) -> str:
    if shape.has_table:
        return " ".join(cell.text for row in shape.table.rows for cell in row.cells)
    return shape.text_frame.text if shape.has_text_frame else ""


def test_each_slide_of_the_deck_is_one_slide(slides: list[Any]) -> None:
    """The file has the deck's slides, in order, each with its title in the title placeholder."""
    assert len(slides) == len(DECK.slides)
    for slide, native in zip(DECK.slides, slides, strict=True):
        title = native.shapes.title
        assert title.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
        assert WORDS.line(slide.title).startswith(title.text_frame.text.rstrip("…"))


def test_equal_decks_give_equal_bytes(saved: bytes) -> None:
    """Rendering depends on the deck alone: no clock, no random identifier."""
    assert render_pptx(sample_deck()) == saved
    assert {info.date_time for info in ZipFile(BytesIO(saved)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_charts_are_native_and_hold_the_values_of_the_deck(slides: list[Any]) -> None:
    """Every chart can be edited, and its series are the deck's, value for value."""
    assert {chart.kind for chart, _ in native_charts(slides)} == set(ChartKind)
    for chart, frame in native_charts(slides):
        series = list(frame.chart.plots[0].series)
        if chart.kind is ChartKind.WATERFALL:
            continue
        if chart.kind is ChartKind.SCATTER:
            xs = [float(each.text) for each in series[0]._element.xVal.iter("{*}v")]
            assert list(zip(xs, series[0].values, strict=True)) == [
                (x, y) for _, x, y in pairs(view_of(chart, WORDS), 0)
            ]
            continue
        assert [list(each.values) for each in series] == [each.values for each in chart.series]


def test_a_waterfall_is_stacked_on_an_invisible_base(slides: list[Any]) -> None:
    """The columns of a waterfall add up to the totals of the deck, and its base has no fill."""
    chart, frame = next(each for each in native_charts(slides) if each[0].kind is ChartKind.WATERFALL)
    series = {each.name: each for each in frame.chart.plots[0].series}
    assert [value for value in series["Total"].values if value] == [
        chart.series[0].values[0],
        chart.series[0].values[-1],
    ]
    assert [value for value in series["Increase"].values if value] == [250_000, 120_000]
    assert [value for value in series["Decrease"].values if value] == [80_000, 40_000]
    assert series["Base"]._element.spPr.find("{*}noFill") is not None


def test_bars_start_at_zero(slides: list[Any]) -> None:
    """Columns and bars have zero as the lowest value of their axis, unless values are negative."""
    for chart, frame in native_charts(slides):
        if chart.kind in (ChartKind.BAR, ChartKind.COLUMN):
            lowest = min(value for series in chart.series for value in series.values if value)
            minimum = frame.chart.value_axis.minimum_scale
            assert (minimum == 0) if lowest >= 0 else (minimum < lowest)


def test_periods_that_are_not_complete_are_told_apart(slides: list[Any]) -> None:
    """An unfinished period is dashed, and a line of text says which one it is."""
    partial = [frame for chart, frame in native_charts(slides) if chart.partial]
    assert len(partial) == 3
    for frame in partial:
        assert "prstDash" in frame.chart._chartSpace.xml
        around = [
            texts(shape) for native in slides if native.part is frame.part for shape in native.shapes
        ]
        assert any("Not complete" in text for text in around)


def test_formats_say_units(slides: list[Any]) -> None:
    """Labels and axes have the number format of their unit."""
    formats = {
        (chart.series[0].unit.format, code)
        for chart, frame in native_charts(slides)
        for code in re.findall(r'formatCode="([^"]*)"', frame.chart._chartSpace.xml)
    }
    assert any(unit == "currency" and "&quot;$&quot;" in code and "M" in code for unit, code in formats)
    assert any(unit == "percent" and code == "[$-409]#,##0%" for unit, code in formats)
    assert any(unit == "number" and "°C" in code for unit, code in formats)


def test_nothing_is_without_notes_or_words_for_what_is_seen(slides: list[Any]) -> None:
    """Every slide has notes, every chart and table a description, every slide number its field."""
    for slide, native in zip(DECK.slides, slides, strict=True):
        assert native.notes_slide.notes_text_frame.text.strip()
        assert 'type="slidenum"' in native._element.xml
        for shape in native.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), slide.title


def test_notes_lead_to_the_proof(slides: list[Any]) -> None:
    """The notes give the query of each number on the slide, and what did not fit on it."""
    by_title = {native.shapes.title.text_frame.text: native for native in slides}
    notes = by_title["Too many words are cut and kept in the notes"].notes_slide.notes_text_frame.text
    assert DECK.facts[0].sql in notes
    assert "kept growing steadily n" in notes


def test_shapes_are_read_in_the_order_in_which_they_are_seen(slides: list[Any]) -> None:
    """Title first, slide number last, and what lies between from top to bottom."""
    for slide, native in zip(DECK.slides, slides, strict=True):
        shapes = list(native.shapes)
        assert shapes[0] == native.shapes.title
        assert shapes[-1].placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
        if slide.layout is not Layout.TITLE and len(slide.blocks) == 1:
            tops = [shape.top for shape in shapes]
            assert tops == sorted(tops)


def test_no_text_is_smaller_than_can_be_read(slides: list[Any]) -> None:
    """Titles have 20 points or more, everything else 12 or more."""
    for native in slides:
        sizes = [int(size) for size in re.findall(r'sz="(\d{3,4})"', native._element.xml)]
        assert min(sizes, default=1200) >= 1200
        title = native.shapes.title.text_frame.paragraphs[0].runs[0]
        assert title.font.size.pt >= 20


def test_no_shape_leaves_the_slide(slides: list[Any], saved: bytes) -> None:
    """Every shape lies on the slide; tables are as tall as their rows say."""
    presentation = Presentation(BytesIO(saved))
    for native in slides:
        for shape in native.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) <= shape.height + 12700


def test_what_is_cut_is_said(slides: list[Any]) -> None:
    """A table with more rows than fit, and a list with more points, say how many are missing."""
    everything = " ".join(texts(shape) for native in slides for shape in native.shapes)
    assert re.search(r"Shown: \d+ of 40 rows", everything)
    assert re.search(r"\d+ more points are in the notes", everything)


def test_no_reference_is_left(saved: bytes) -> None:
    """Every reference is filled in; only a label out of the data may look like one."""
    with ZipFile(BytesIO(saved)) as package:
        parts = {
            name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")
        }
    left = {found for text in parts.values() for found in re.findall(r"\{\{[^}]*\}\}", text)}
    assert left == {"{{f1}}"}
    of_text = [name for name, text in parts.items() if "{{f1}}" in text]
    assert all("chart" in name or name.endswith(f"slide{len(DECK.slides)}.xml") for name in of_text)


def test_labels_are_text_in_the_workbook(slides: list[Any]) -> None:
    """A label that begins like a formula is a string there, and characters XML can't hold are gone."""
    *_, (chart, frame) = native_charts(slides)
    with ZipFile(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
        strings = workbook.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert len(re.findall(r'<c r="A\d+" t="s">', sheet)) == len(chart.categories)
    held = [unescape(text) for text in re.findall(r"<t[^>]*>([^<]*)</t>", strings)]
    assert {one_line(label) for label in HOSTILE} <= set(held)


def test_a_deck_out_of_a_brief_alone_has_no_charts() -> None:
    """Without a source there are slides all the same, one of them without any block."""
    slides = list(Presentation(BytesIO(render_pptx(brief_deck()))).slides)
    assert len(slides) == len(brief_deck().slides)
    assert slides[0].shapes.title.text_frame.text == "Q4 Revenue Analysis"
