import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from deckgen.domain.blocks import Bullets
from deckgen.domain.charts import Annotation, Chart, ChartKind
from deckgen.domain.decks import Deck, Layout, Slide
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.export.charts.kinds import frame as frame_of
from deckgen.export.charts.kinds import kind_of, over, parts
from deckgen.export.charts.view import pairs
from deckgen.export.charts.viewing import view_of
from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import ChartBox, Element, Scene, TableBox, TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words, one_line
from deckgen.export.themes.theme import names, theme
from tests.deck_parts import DOLLARS, HOSTILE, fact
from tests.decks import brief_deck, sample_deck
from tests.drawn_charts import charted

DECK = sample_deck()
WORDS = Words(DECK)
THEME = theme()
SCENES = list(scenes(DECK, THEME, WORDS))
FOOT = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def opened(deck: Deck, name: str = THEME.name) -> Any:
    return Presentation(BytesIO(render_pptx(deck, theme(name))))


@pytest.fixture(scope="module")
def saved() -> bytes:
    return render_pptx(DECK, THEME)


@pytest.fixture(scope="module")
def slides(saved: bytes) -> list[Any]:
    return list(Presentation(BytesIO(saved)).slides)


def native_charts(slides: list[Any]) -> list[tuple[Chart, Any]]:
    """Each chart as it is drawn with its shape; small multiples have one for each series."""
    return [
        (element.chart, shape)
        for scene, native in zip(SCENES, slides, strict=True)
        for element, shape in placed(scene, native)
        if isinstance(element, ChartBox)
    ]


def drawn_natively(element: Element) -> list[TextBox | ChartBox | TableBox]:
    """What of an element is a text, a chart or a table of its own in PowerPoint."""
    if not isinstance(element, ChartBox):
        return [element] if isinstance(element, TextBox | TableBox) else []
    view, box = view_of(element.chart, WORDS, THEME.face), element.box
    room = frame_of(view, element.size, box.width, box.height)
    if not kind_of(element.chart).native:
        tables = [each for each in over(view, room, THEME) if isinstance(each, TableBox)]
        return [replace(each, box=moved(each.box, box)) for each in tables]
    return [ChartBox(moved(part.box, box), part.view.chart, element.size) for part in parts(view, room)]


def moved(inner: Box, outer: Box) -> Box:
    return replace(inner, left=outer.left + inner.left, top=outer.top + inner.top)


def texts(shape: Any) -> str:
    if shape.has_table:
        return " ".join(cell.text for row in shape.table.rows for cell in row.cells)
    return shape.text_frame.text if shape.has_text_frame else ""


def placed(scene: Scene, native: Any) -> Iterator[tuple[TextBox | ChartBox | TableBox, Any]]:
    """Each text, chart and table of a scene with its shape: both stand in one order."""
    elements = [each for element in scene.elements for each in drawn_natively(element)]
    shapes = [
        shape
        for shape in native.shapes
        if shape.has_chart or shape.has_table or (shape.has_text_frame and shape.text_frame.text)
    ]
    return zip(elements, shapes, strict=True)


def test_each_slide_of_the_deck_is_one_slide(slides: list[Any]) -> None:
    """The file has the deck's slides, in order, each with its title in the title placeholder."""
    assert len(slides) == len(DECK.slides)
    for slide, native in zip(DECK.slides, slides, strict=True):
        title = native.shapes.title
        assert title.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
        assert WORDS.line(slide.title).startswith(title.text_frame.text.rstrip("…"))


def test_equal_decks_give_equal_bytes(saved: bytes) -> None:
    """Rendering depends on deck and theme alone: no clock, no random identifier."""
    assert render_pptx(sample_deck(), THEME) == saved
    assert {info.date_time for info in ZipFile(BytesIO(saved)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", names())
def test_everything_stands_where_the_scene_has_it(name: str) -> None:
    """Texts, charts and tables have the scene's place and size, within a hundredth of the slide."""
    worn = theme(name)
    native = opened(DECK, name)
    assert (native.slide_width, native.slide_height) == (Pt(worn.grid.width), Pt(worn.grid.height))
    for scene, slide in zip(scenes(DECK, worn, WORDS), native.slides, strict=True):
        for element, shape in placed(scene, slide):
            box = element.box
            ends = [shape.left, shape.top, shape.left + shape.width, shape.top + shape.height]
            expected = [box.left, box.top, box.right, box.bottom]
            assert [end / Pt(1) for end in ends] == pytest.approx(expected, abs=worn.grid.height / 100)


def test_text_is_set_as_in_the_scene(slides: list[Any]) -> None:
    """Paragraphs are whole, in the scene's size, with lines as far apart; boxes have no margins."""
    for scene, native in zip(SCENES, slides, strict=True):
        for element, shape in placed(scene, native):
            if not isinstance(element, TextBox):
                continue
            frame = shape.text_frame
            assert frame.word_wrap
            assert frame.margin_left == frame.margin_top == 0
            for expected, found in zip(element.paragraphs, frame.paragraphs, strict=True):
                assert found.text == expected.text
                assert found.line_spacing.pt == pytest.approx(1.2 * expected.size, abs=0.01)
                assert {f'sz="{round(expected.size * 100)}"'} == set(
                    re.findall(r'sz="\d+"', found._p.xml)
                )


def test_words_that_were_broken_apart_stay_apart(slides: list[Any]) -> None:
    """A text on several lines is one paragraph again, with a space where each line ended."""
    scene = next(scene for scene in SCENES if scene.archetype == "title")
    native = slides[SCENES.index(scene)]
    assert (
        len(next(each for each in scene.elements if isinstance(each, TextBox)).paragraphs[0].lines) > 1
    )
    assert native.shapes.title.text_frame.text == WORDS.line("{{brief}}")


def test_every_shape_has_a_name_of_its_own(slides: list[Any]) -> None:
    """Shapes are named for what they are, each once a slide, and so are their numbers."""
    for scene, native in zip(SCENES, slides, strict=True):
        properties = native._element.xpath(".//p:cNvPr")[1:]
        for attribute in ("name", "id"):
            found = [each.get(attribute) for each in properties]
            assert len(set(found)) == len(found)
            assert all(found)
        for element, shape in placed(scene, native):
            if isinstance(element, TextBox):
                assert re.fullmatch(rf"{element.slot}( \d+)?", shape.name)


def test_colours_and_fonts_are_those_of_the_file_s_theme(saved: bytes) -> None:
    """Text and marks refer to the theme, so another master recolours them; only shades of it are
    written out."""
    of_theme = {colour for role, colour in THEME.light if role != "ramp"}
    with ZipFile(BytesIO(saved)) as package:
        for name in package.namelist():
            if re.match(r"ppt/(slides/slide|charts/chart).*\.xml", name):
                xml = package.read(name).decode()
                written = set(re.findall(r'srgbClr val="(\w{6})"', xml))
                assert not written & of_theme, name
                assert re.search(r'schemeClr val="(tx1|tx2)"', xml)
                assert THEME.font not in set(re.findall(r'<a:latin typeface="([^"]*)"', xml))
        xml = package.read("ppt/theme/theme1.xml").decode()
    assert f'<a:accent1><a:srgbClr val="{THEME.light.accent}"/>' in xml
    assert xml.count(f'<a:latin typeface="{THEME.font}"') == 2


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
    (group,) = (shape for shape in native.shapes if frame.name in shape.name and shape != frame)
    assert len(group.shapes) == len(chart.categories) - 1
    assert (group.left, group.top, group.width) == (frame.left, frame.top, frame.width)
    assert all(0 <= each.left <= frame.width for each in group.shapes)


def test_a_heat_chart_is_a_table_that_can_be_edited() -> None:
    """What has no marks is a native table in the chart's place, described as the chart."""
    heat = charted(ChartKind.HEAT, ["Q1", "Q2"], {"DACH": [0.1, -0.3], "France": [0.2, None]})
    frame = next(shape for shape in drawn(heat) if shape.has_table)
    assert frame.table.cell(1, 0).text == "DACH"
    assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == "A chart."
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
    assert (behind.name, over.name) == ("Behind Revenue", "What Revenue points at")
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


def test_nothing_is_without_notes_or_words_for_what_is_seen(slides: list[Any]) -> None:
    """Every slide has notes, every chart and table a description; slides with a foot have a number."""
    for scene, native in zip(SCENES, slides, strict=True):
        assert native.notes_slide.notes_text_frame.text.strip()
        assert ('type="slidenum"' in native._element.xml) == (scene.archetype != "title")
        for shape in native.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), scene.slide


def test_what_only_decorates_says_so(slides: list[Any]) -> None:
    """Panels, rules and courses are marked, so that they are not read aloud as nothing."""
    for native in slides:
        for properties in native._element.xpath(".//p:cNvPr[starts-with(@name, 'rule')]"):
            assert "decorative" in properties.xml


def notes_of(slides: list[Any], title: str) -> str:
    by_title = {native.shapes.title.text_frame.text: native for native in slides}
    found: str = by_title[title].notes_slide.notes_text_frame.text
    return found


def test_notes_lead_to_the_proof(slides: list[Any]) -> None:
    """The notes give what each number is, its query, and what did not fit on the slide."""
    notes = notes_of(slides, "Too many words are cut and kept in the notes")
    assert DECK.facts[0].sql in notes
    assert "kept growing steadily n" in notes


def test_notes_hold_no_long_query() -> None:
    """A query that nobody reads at a glance is left to the page; its number is told in words."""
    fact = DECK.facts[0].model_copy(update={"sql": f"SELECT {'1 + ' * 100}1"})
    deck = DECK.model_copy(update={"facts": [fact, *DECK.facts[1:]]})
    notes = notes_of(list(opened(deck).slides), "Too many words are cut and kept in the notes")
    assert fact.sql not in notes
    assert "Revenue: $1.3M (49,574 rows)." in notes


def test_shapes_are_read_in_the_order_in_which_they_are_seen(slides: list[Any]) -> None:
    """The title comes first of what is read, source and number last."""
    for scene, native in zip(SCENES, slides, strict=True):
        read = [shape for _, shape in placed(scene, native)]
        assert read[0] == native.shapes.title
        if scene.archetype != "title":
            assert [shape.placeholder_format.type for shape in read[-2:]] == list(FOOT)


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


def test_nothing_of_the_template_is_left(saved: bytes) -> None:
    """No picture of another slide, no printer's settings, and no word of 4:3."""
    with ZipFile(BytesIO(saved)) as package:
        parts = package.namelist()
        assert "4:3" not in package.read("docProps/app.xml").decode()
        assert "screen4x3" not in package.read("ppt/presentation.xml").decode()
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]


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
    slides = list(opened(brief_deck()).slides)
    assert len(slides) == len(brief_deck().slides)
    assert slides[0].shapes.title.text_frame.text == "Q4 Revenue Analysis"


def written(text: str, *facts: Fact) -> Any:
    """The paragraph that a point with this text becomes."""
    slide = Slide(id="s1", layout=Layout.SUMMARY, title="Title", blocks=[Bullets(items=[text])])
    deck = DECK.model_copy(update={"slides": [slide], "facts": [*facts]})
    shapes = {shape.name: shape for shape in opened(deck).slides[0].shapes}
    return shapes["points"].text_frame.paragraphs[0]


def named(number: int, name: str) -> Fact:
    return fact(number, name, TEXT, "A group")


def test_a_minus_is_true_and_stays_with_its_number() -> None:
    """Below zero stands a minus and no hyphen, and no line ends between it and a currency."""
    paragraph = written(
        "It changed by {{f1}}, {{f2}}", fact(1, -5e6, DOLLARS, ""), fact(2, -0.05, PERCENT, "")
    )
    assert paragraph.text == "It changed by −\N{WORD JOINER}$5M, −5%"


def test_a_sentence_with_an_arabic_name_runs_from_the_left() -> None:
    """A name that runs from the right is kept apart by marks, and turns neither sentence nor number."""
    paragraph = written("{{f1}} leads with {{f2}}", named(1, "دبي"), fact(2, 5, COUNT, ""))
    assert paragraph.text == "\N{LEFT-TO-RIGHT MARK}دبي\N{LEFT-TO-RIGHT MARK} leads with 5"
    assert paragraph._p.pPr.get("rtl") == "0"


def test_an_arabic_text_runs_from_the_right() -> None:
    """A paragraph whose first letter is Arabic is one that runs from the right."""
    assert written("دبي أولا")._p.pPr.get("rtl") == "1"
    assert written("{{f1}}", named(1, "תל אביב"))._p.pPr.get("rtl") == "1"
