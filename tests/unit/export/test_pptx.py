"""PowerPoint: the file, its slides, and where its shapes stand."""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openxml_audit import validate_pptx  # type: ignore[import-untyped]  # ships no types
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from deckgen.domain.blocks import Message, Messages
from deckgen.domain.decks import Layout, Slide
from deckgen.export.colours import SHADES, of_role, pale
from deckgen.export.pptx.colours import SLOTS, filled
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.themes.theme import names, theme
from tests.decks import brief_deck, sample_deck
from tests.native_slides import DECK, FOOT, SCENES, THEME, WORDS, looks_of, opened, placed, sample_file

pytestmark = pytest.mark.slow

P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


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
    native: Any = Presentation(BytesIO(sample_file(name)))
    assert (native.slide_width, native.slide_height) == (Pt(worn.grid.width), Pt(worn.grid.height))
    for scene, slide in zip(scenes(DECK, worn, WORDS), native.slides, strict=True):
        for element, shape in placed(scene, slide):
            box = element.box
            ends = [shape.left, shape.top, shape.left + shape.width, shape.top + shape.height]
            expected = [box.left, box.top, box.right, box.bottom]
            assert [end / Pt(1) for end in ends] == pytest.approx(expected, abs=worn.grid.height / 100)


def test_text_is_set_as_in_the_scene(slides: list[Any]) -> None:
    """Paragraphs are whole, in the scene's size, with lines as far apart: their level says so."""
    for scene, native in zip(SCENES, slides, strict=True):
        for element, shape in placed(scene, native):
            if not isinstance(element, TextBox):
                continue
            for expected, found in zip(element.paragraphs, shape.text_frame.paragraphs, strict=True):
                assert found.text == expected.text
                level = looks_of(shape, found)
                assert int(level.find("{*}defRPr").get("sz")) == expected.size * 100
                assert int(level.find("{*}defRPr").get("b")) == expected.bold
                lines = level.find("{*}lnSpc/{*}spcPts")
                assert int(lines.get("val")) == pytest.approx(120 * expected.size, abs=1)


def test_every_shape_has_a_name_of_its_own(slides: list[Any]) -> None:
    """Names tell slide, slot and place, each once in the file; numbers are a slide's own."""
    every = [each.get("name") for native in slides for each in native._element.xpath(".//p:cNvPr")[1:]]
    assert len(set(every)) == len(every)
    for scene, native in zip(SCENES, slides, strict=True):
        properties = native._element.xpath(".//p:cNvPr")[1:]
        for attribute in ("name", "id"):
            found = [each.get(attribute) for each in properties]
            assert len(set(found)) == len(found)
            assert all(found)
        for element, shape in placed(scene, native):
            if isinstance(element, TextBox):
                assert re.fullmatch(rf"{scene.slide} {element.slot}( \d+)?", shape.name)


def test_colours_and_fonts_are_those_of_the_file_s_theme(saved: bytes) -> None:
    """Every colour and every font of slides, layouts, charts and masters is one of the theme, or a
    shade of it, so that another master recolours and resets all of them."""
    with ZipFile(BytesIO(saved)) as package:
        for name in package.namelist():
            if re.match(r"ppt/(slide|chart|notes)\w+/\w+\.xml$", name):
                xml = package.read(name).decode()
                assert "srgbClr" not in xml, name
                assert not re.findall(r'typeface="[^+][^"]*"', xml), name
        xml = package.read("ppt/theme/theme1.xml").decode()
    assert f'<a:accent1><a:srgbClr val="{THEME.light.accent}"/>' in xml
    assert xml.count(f'<a:latin typeface="{THEME.font}"') == 2


@pytest.mark.parametrize("name", names())
def test_shades_are_those_of_the_palette(name: str) -> None:
    """A shade that is made of a colour of the theme looks as the one that the page shows."""
    colours = theme(name).light
    shades = [f"ramp{place}" for place in range(5)]
    shades += [pale(role, share) for role, shares in SHADES.items() for share in shares]
    for shade in shades:
        found = parse_xml(filled(shade, colours).replace(">", f" {nsdecls('a')}>", 1))[0]
        wanted, base = of_role(shade, colours), of_role(SLOTS[found.get("val")], colours)
        made = _changed(base, {each.tag.split("}")[1]: int(each.get("val")) / 1e5 for each in found})
        differing = [abs(int(wanted[at : at + 2], 16) / 255 - made[at // 2]) for at in (0, 2, 4)]
        assert max(differing) < 0.05, shade


def _changed(colour: str, changes: dict[str, float]) -> tuple[float, float, float]:
    """A colour as PowerPoint changes it: in hue, strength and lightness."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strong = rgb_to_hls(red, green, blue)
    light = light * changes.get("lumMod", 1) + changes.get("lumOff", 0)
    return hls_to_rgb(hue, light, min(1, strong * changes.get("satMod", 1)))


def test_what_only_decorates_says_so(slides: list[Any]) -> None:
    """Panels, rules and courses are marked, so that they are not read aloud as nothing."""
    for native in slides:
        for properties in native._element.xpath(".//p:cNvPr[starts-with(@name, 'rule')]"):
            assert "decorative" in properties.xml


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


def test_a_long_deck_is_parted_into_sections(saved: bytes) -> None:
    """Overview, answers, what to do, appendix: every slide is in one of them, in its order."""
    presentation: Any = Presentation(BytesIO(saved))._element
    sections = [*presentation.iter(f"{P14}section")]
    listed = [each.get("id") for section in sections for each in section.iter(f"{P14}sldId")]
    assert listed == [each.get("id") for each in presentation.sldIdLst]
    assert [each.get("name") for each in sections][:2] == ["Overview", "Answers"]
    assert [each.tag.rpartition("}")[2] for each in presentation].count("extLst") == 1
    assert presentation[-1].tag.endswith("extLst")
    assert len({each.get("id") for each in sections}) == len(sections)


def test_a_short_deck_has_no_sections() -> None:
    """Ten slides are seen at a glance."""
    short = DECK.model_copy(update={"slides": DECK.slides[:10]})
    assert not [*opened(short)._element.iter(f"{P14}section")]
    assert len(opened(short).slides) == 10


def test_nothing_of_the_template_is_left(saved: bytes) -> None:
    """No picture of another slide, no printer's settings, no word of 4:3 or of another program, and
    no day on which it was not made."""
    with ZipFile(BytesIO(saved)) as package:
        parts = package.namelist()
        told = package.read("docProps/app.xml") + package.read("docProps/core.xml")
        presentation = package.read("ppt/presentation.xml").decode()
        dressed = [package.read(name).decode() for name in parts if "/theme/theme" in name]
    assert not re.findall("4:3|python-pptx|20\\d\\d-", told.decode())
    assert "screen4x3" not in presentation
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]
    assert dressed[0].partition("?>")[2].strip() == dressed[1].partition("?>")[2].strip()
    assert "Office" not in dressed[0]


def test_properties_tell_what_the_file_is(saved: bytes) -> None:
    """Title, question, source and language, and how many slides there are, hidden ones too."""
    with ZipFile(BytesIO(saved)) as package:
        application = package.read("docProps/app.xml").decode()
    told = Presentation(BytesIO(saved)).core_properties
    assert (told.title, told.subject) == (WORDS.line(DECK.title), WORDS.line("{{brief}}")[:255])
    assert told.comments == f"Source: {DECK.source and DECK.source.name}"
    assert (told.language, told.created, told.modified) == ("en-US", None, None)
    assert f"<Slides>{len(DECK.slides)}</Slides>" in application
    assert "<PresentationFormat>Widescreen</PresentationFormat>" in application
    hidden = sum(slide.layout is Layout.APPENDIX for slide in DECK.slides)
    assert f"<HiddenSlides>{hidden}</HiddenSlides>" in application


def test_an_appendix_is_hidden(slides: list[Any]) -> None:
    """Slides to look things up in are not shown to a room; they are in the file all the same."""
    for slide, native in zip(DECK.slides, slides, strict=True):
        assert (native._element.get("show") == "0") == (slide.layout is Layout.APPENDIX)


def test_what_names_a_slide_leads_to_it() -> None:
    """A row of the summary has a link to its slide, in the colour of text; a sentence has none."""
    message = Message(figure="{{f1}}", label="Revenue", text="See {{s3}} for {{f1}}", slide="{{s3}}")
    summary = Slide(id="s2", layout=Layout.SUMMARY, title="Title", blocks=[Messages(items=[message])])
    first, _, third, *_ = DECK.slides
    native = opened(DECK.model_copy(update={"slides": [first, summary, third]})).slides[1]
    (link,) = native._element.xpath(".//a:hlinkClick")
    assert link.getparent().getparent().text == "slide 3"
    assert link.get("action") == "ppaction://hlinksldjump"
    assert native.part.related_part(link.rId).slide.slide_id == 258
    assert 'val="tx"' in link.xml


def test_the_master_of_the_notes_is_listed(saved: bytes) -> None:
    """PowerPoint looks for it in the presentation's list."""
    presentation: Any = Presentation(BytesIO(saved))
    (listed,) = presentation._element.iter("{*}notesMasterId")
    (relation,) = listed.values()
    assert presentation.part.related_part(relation) is presentation.notes_master.part


def test_a_file_has_no_fault_against_the_schemas(saved: bytes, tmp_path: Path) -> None:
    """Every kind of chart and every archetype is as the schemas of Open XML want it."""
    (tmp_path / "deck.pptx").write_bytes(saved)
    assert validate_pptx(str(tmp_path / "deck.pptx")).errors == []


def test_a_deck_out_of_a_brief_alone_has_no_charts() -> None:
    """Without a source there are slides all the same, one of them without any block."""
    slides = list(opened(brief_deck()).slides)
    assert len(slides) == len(brief_deck().slides)
    assert slides[0].shapes.title.text_frame.text == "Q4 Revenue Analysis"
