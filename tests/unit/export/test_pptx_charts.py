"""PowerPoint: charts are native and hold the values of the deck."""

import re
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pptx.util import Pt

from deckgen.domain.charts import Annotation, Chart, ChartKind
from deckgen.domain.decks import Layout, Slide
from deckgen.export.charts.view import pairs
from deckgen.export.charts.viewing import view_of
from deckgen.export.text import one_line
from tests.deck_parts import HOSTILE
from tests.drawn_charts import charted
from tests.native_slides import DECK, THEME, WORDS, native_charts, opened, texts

# Bridges, boxes and ranges are stacks on a base; the tests of their kinds look at their values.
STACKS = [
    *(ChartKind.WATERFALL, ChartKind.DISTRIBUTION, ChartKind.FORECAST),
    *(ChartKind.FUNNEL, ChartKind.SCALE),
]


def test_charts_are_native_and_hold_the_values_of_the_deck(slides: list[Any]) -> None:
    """Every chart can be edited, and its series are the deck's, value for value."""
    kinds = {block.kind for slide in DECK.slides for block in slide.blocks if isinstance(block, Chart)}
    found = {chart.kind for chart, _ in native_charts(slides)}
    assert kinds == set(ChartKind)
    assert found == kinds - {ChartKind.HEAT, ChartKind.TREE, ChartKind.MULTIPLES}
    for chart, native in native_charts(slides):
        series = [each for plot in native.chart.plots for each in plot.series]
        if chart.kind is ChartKind.SCATTER:
            xs = [float(each.text) for each in series[0]._element.xVal.iter("{*}v")]
            assert list(zip(xs, series[0].values, strict=True)) == [
                (x, y) for _, x, y in pairs(view_of(chart, WORDS, THEME.face), 0)
            ]
        elif chart.kind not in STACKS:
            written = {each.name: list(each.values) for each in series}
            assert written == {WORDS.line(each.label): each.values for each in chart.series}


def test_numbers_of_axes_are_as_the_schema_wants_them(slides: list[Any]) -> None:
    """The numbers by which a chart's axes know one another are not negative."""
    for chart, native in native_charts(slides):
        xml = native.chart._chartSpace.xml
        numbers = re.findall(r'<c:(?:axId|crossAx) val="([^"]*)"', xml)
        assert all(number.isdigit() for number in numbers)
        assert len(set(numbers)) == (4 if chart.kind is ChartKind.PARETO else 2)


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


def test_what_points_into_a_chart_is_a_group_over_it(slides: list[Any]) -> None:
    """The connectors of a bridge are native lines, in one named group as large as the chart."""
    chart, frame = next(each for each in native_charts(slides) if each[0].kind is ChartKind.WATERFALL)
    native = next(native for native in slides if native.part is frame.part)
    title = frame.name.partition(" ")[2]
    (group,) = (shape for shape in native.shapes if title in shape.name and shape != frame)
    assert len(group.shapes) == len(chart.categories) - 1
    assert (group.left, group.top, group.width) == (frame.left, frame.top, frame.width)
    assert all(0 <= each.left <= frame.width for each in group.shapes)


def test_a_heat_chart_is_a_table_that_can_be_edited() -> None:
    """What has no marks is a native table in the chart's place, described as the chart."""
    heat = charted(ChartKind.HEAT, ["Q1", "Q2"], {"DACH": [0.1, -0.3], "France": [0.2, None]})
    frame = next(shape for shape in drawn(heat) if shape.has_table)
    assert frame.table.cell(1, 0).text == "DACH"
    assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == "Title. A chart."
    assert frame.top > Pt(THEME.grid.top)


def test_bands_lie_behind_a_chart_and_words_over_it() -> None:
    """What stands behind the marks comes before the chart, which has no ground; words come after."""
    notes = [
        Annotation(kind="band", text="Season of {{f3}}", at=[0, 1]),
        Annotation(kind="difference", text="{{f4}} less", at=[0, 2]),
    ]
    months = charted(ChartKind.COLUMN, ["a", "b", "c"], {"Revenue": [3.0, 2.0, 1.0]}, annotations=notes)
    shapes = drawn(months)
    frame = next(shape for shape in shapes if shape.has_chart)
    at = shapes.index(frame)
    behind, over = shapes[at - 1], shapes[at + 1]
    assert (behind.name, over.name) == ("s1 Behind Revenue", "s1 What Revenue points at")
    assert frame.chart._chartSpace.find("{*}spPr").find("{*}noFill") is not None
    said = [shape.text_frame.text for shape in over.shapes if shape.has_text_frame]
    assert "5.3% less" in said


def drawn(chart: Chart) -> list[Any]:
    """The shapes of a slide with this chart."""
    slide = Slide(id="s1", layout=Layout.CHART, title="Title", blocks=[chart])
    return list(opened(DECK.model_copy(update={"slides": [slide]})).slides[0].shapes)


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
