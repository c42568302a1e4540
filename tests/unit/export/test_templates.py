"""Decks upon templates: every text in a placeholder, on the slide, in the template's own colours."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx  # type: ignore[import-untyped]  # ships no types
from pptx import Presentation
from pptx.oxml.ns import qn

from deckgen.export.colours import contrast
from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.templates.reading import Read, read
from deckgen.export.scene.elements import TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.slides.inspection import overflows
from deckgen.export.text import Words
from tests.decks import sample_deck
from tests.native_slides import DECK
from tests.templates import TEMPLATES, low_title

pytestmark = pytest.mark.slow

EMU = 12_700
every_template = pytest.mark.parametrize("name", TEMPLATES)
WORDS = Words(sample_deck())


@cache
def template(name: str) -> Read:
    return read(TEMPLATES[name](), name)


@cache
def made(name: str) -> bytes:
    found = template(name)
    return render_pptx(DECK, found.theme, base=found.base)


@cache
def drawn(name: str) -> Any:
    """The file as python-pptx opens it; nothing is changed in it."""
    return Presentation(BytesIO(made(name)))


@every_template
def test_every_text_stands_in_a_placeholder_of_its_layout(name: str) -> None:
    """And a slide says nothing of its place and looks, so that Reset Slide changes nothing."""
    presentation = drawn(name)
    assert len(presentation.slides) == len(DECK.slides)
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert shape.is_placeholder, shape.name
                assert len(shape._element.spPr) == 0
        held = {each.placeholder_format.idx for each in slide.slide_layout.placeholders}
        assert {each.placeholder_format.idx for each in slide.placeholders} <= held


@every_template
def test_nothing_stands_outside_of_the_slide(name: str) -> None:
    """Neither on slides nor on the layouts that they have."""
    presentation = drawn(name)
    wide, tall = presentation.slide_width, presentation.slide_height
    shapes = [shape for slide in presentation.slides for shape in slide.shapes]
    places = [place for layout in _layouts(presentation).values() for place in layout.placeholders]
    for shape in (*shapes, *places):
        left, top, width, height = shape.left, shape.top, shape.width, shape.height
        assert min(left, top) >= -EMU
        assert left + width <= wide + EMU
        assert top + height <= tall + EMU


def _layouts(presentation: Any) -> dict[str, Any]:
    """The layouts that slides have, each once: python-pptx looks long for where a shape stands."""
    return {each.slide_layout.part.partname: each.slide_layout for each in presentation.slides}


@every_template
def test_texts_do_not_overlap_nor_are_cut(name: str) -> None:
    """Measured as the built-in themes are: what finds no room stands in the notes, as there."""
    worn = template(name).theme
    for scene in scenes(DECK, worn, WORDS):
        found = [each for each in overflows(scene, worn.grid) if "find no room" not in each]
        assert found == [], scene.slide


@every_template
def test_no_text_stands_over_logo_or_decoration(name: str) -> None:
    """But over what is the ground of a whole text, as a band under titles."""
    presentation = drawn(name)
    page = presentation.slide_width * presentation.slide_height
    decoration = {key: _decoration(each, page) for key, each in _layouts(presentation).items()}
    for slide in presentation.slides:
        for text in slide.placeholders:
            box = _box(text)
            for other in decoration[slide.slide_layout.part.partname]:
                assert not box.inset(EMU).overlaps(other) or _is_on(box, other), text.name


def _decoration(layout: Any, page: float) -> list[Box]:
    """What a layout draws itself and takes from its master, but for whole grounds."""
    parts = [layout, layout.slide_master]
    if layout._element.get("showMasterSp") in ("0", "false"):
        parts = [layout]
    boxes = [_box(each) for part in parts for each in part.shapes if not each.is_placeholder]
    return [box for box in boxes if box.width * box.height < 0.6 * page]


def _box(shape: Any) -> Box:
    return Box(shape.left, shape.top, shape.width, max(shape.height, EMU))


def _is_on(box: Box, other: Box) -> bool:
    across = min(box.right, other.right) - max(box.left, other.left)
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    return across * down >= 0.89 * box.width * box.height


@every_template
def test_colours_and_fonts_are_the_templates(name: str) -> None:
    """Slides, charts and layouts name no colour and no font: another master recolours them."""
    presentation = drawn(name)
    for slide in presentation.slides:
        charts = [each.chart._chartSpace for each in slide.shapes if each.has_chart]
        held = [each._element for each in slide.slide_layout.placeholders]
        for part in (slide._element, *charts, *held):
            assert not list(part.iter(qn("a:srgbClr")))
            fonts = {each.get("typeface") for each in part.iter(qn("a:latin"))}
            assert fonts <= {"+mn-lt", "+mj-lt"}


@every_template
def test_the_file_opens_without_repair(name: str, tmp_path: Path) -> None:
    """openxml-audit has nothing to say of it."""
    file = tmp_path / "deck.pptx"
    file.write_bytes(made(name))
    assert [str(each) for each in validate_pptx(file).errors] == []


@every_template
def test_what_people_use_of_the_template_is_there(name: str) -> None:
    """Its master, and its own layouts beside those of the archetypes; none of its slides."""
    own = Presentation(BytesIO(template(name).base))
    names = [each.name for each in own.slide_layouts]
    found = [each.name for each in drawn(name).slide_layouts]
    assert found[: len(names)] == names
    assert len(own.slides) == 0


@every_template
def test_text_can_be_read(name: str) -> None:
    """In each palette that is made of the template's colours, in the dark and on its cover too."""
    worn = template(name).theme
    assert worn.cover is not None
    for colours in (worn.light, worn.dark, worn.cover):
        for text in ("ink", "muted", "accent", "contrast"):
            assert contrast(getattr(colours, text), colours.paper) >= 4.5
    for colours in (worn.light, worn.dark):
        assert contrast(colours.accent, colours.soft) >= 4.5
        assert contrast(colours.title, colours.paper) >= 4.5


@every_template
def test_equal_decks_give_equal_bytes(name: str) -> None:
    """Reading and drawing depend on file and deck alone."""
    again = read(TEMPLATES[name](), name)
    assert again.reading == template(name).reading
    deck = DECK.model_copy(update={"slides": DECK.slides[:3]})
    twice = {render_pptx(deck, again.theme, base=base) for base in (again.base, template(name).base)}
    assert len(twice) == 1


def test_places_are_those_of_the_scene_on_a_page_of_any_size() -> None:
    """A page 405 points tall is laid out as one of 540, and drawn at three quarters."""
    worn = template("small-page").theme
    assert worn.grid.height == 540
    for scene, native in zip(scenes(DECK, worn, WORDS), drawn("small-page").slides, strict=True):
        texts = [each for each in scene.elements if isinstance(each, TextBox)]
        shapes = [each for each in native.shapes if each.is_placeholder and each.has_text_frame]
        for element, shape in zip(texts, shapes, strict=True):
            sides = (shape.left, shape.top, shape.width, shape.height)
            box = element.box
            expected = [0.75 * each for each in (box.left, box.top, box.width, box.height)]
            assert [each / EMU for each in sides] == pytest.approx(expected, abs=0.1)


def test_a_dark_template_is_drawn_dark() -> None:
    """Its page is dark as well, whatever the reader's window is."""
    worn = template("dark").theme
    assert worn.light.paper == worn.dark.paper == "0B132B"
    assert worn.light.ink == "FFFFFF"


def test_titles_are_set_as_the_template_sets_them() -> None:
    """Weight, side, colour and place are its own; white titles on a band are dark on a page
    without one."""
    decorated, default = template("decorated").theme, template("default").theme
    assert decorated.bold is False
    assert decorated.light.scheme is not None
    assert decorated.light.scheme.title == "FFFFFF"
    assert decorated.light.title != "FFFFFF"
    assert default.places is not None
    assert default.places.title.align == "center"
    assert template("sixteen-ten").theme.bold is True


def test_layouts_are_found_by_placeholders_then_by_names() -> None:
    """In any language, and in a master that is not the first."""
    found = {name: template(name).reading.layouts for name in TEMPLATES}
    assert [each.layout for each in found["odd-names"]] == ["封面 Anfang", "Inhalt groß ✓"]
    assert {each.by for each in found["odd-names"]} == {"placeholders"}
    assert [each.layout for each in found["two-masters"]] == ["Title Slide", "Title and Content"]
    assert found["no-title"][0].by == "none"
    every = {archetype for each in found["default"] for archetype in each.archetypes}
    assert {"title", "summary", "exhibit", "appendix"} <= every


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no-title", "has no place for a title"),
        ("no-title", "No layout is one for a cover"),
        ("no-body", "No layout has a place for content"),
        ("small-page", "The font Acme Grotesk is not installed: Arial, 20 % wider, was measured"),
        ("pictures", "The colour F4A261 is not read well enough"),
    ],
)
def test_what_could_not_be_taken_is_said(name: str, words: str) -> None:
    """In a sentence of the reading."""
    assert any(words in each for each in template(name).reading.remarks)


def test_a_template_that_leaves_no_room_is_drawn_all_the_same() -> None:
    """Title and foot stand where decks without a template have them then, and that is said."""
    found = read(low_title(), "low")
    assert any("leave too little room" in each for each in found.reading.remarks)
    for scene in scenes(DECK, found.theme, WORDS):
        problems = [each for each in overflows(scene, found.theme.grid) if "find no room" not in each]
        assert problems == [], scene.slide
    render_pptx(DECK, found.theme, base=found.base)


def test_a_narrow_body_leaves_room_for_sentences() -> None:
    """Where less than half of the slide is left, an exhibit gives way to what it means."""
    worn = template("narrow").theme
    assert worn.grid.margin > 330
    widths = [
        each.box.width
        for scene in scenes(DECK, worn, WORDS)
        for each in scene.elements
        if isinstance(each, TextBox) and each.slot == "takeaways"
    ]
    assert widths
    assert min(widths) >= 150
