"""PowerPoint: texts, what notes tell, and scripts that run from the right."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from deckgen.domain.blocks import Bullets
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.export.scene.elements import TextBox
from tests.deck_parts import DOLLARS, fact
from tests.native_slides import DECK, SCENES, WORDS, opened, texts


def test_words_that_were_broken_apart_stay_apart(slides: list[Any]) -> None:
    """A text on several lines is one paragraph again, with a space where each line ended."""
    scene = next(scene for scene in SCENES if scene.archetype == "title")
    native = slides[SCENES.index(scene)]
    assert (
        len(next(each for each in scene.elements if isinstance(each, TextBox)).paragraphs[0].lines) > 1
    )
    assert native.shapes.title.text_frame.text == WORDS.line("{{brief}}")


def test_nothing_is_without_notes_or_words_for_what_is_seen(slides: list[Any]) -> None:
    """Every slide has notes, every chart and table a description, that of a chart begins with what the
    slide says; slides with a foot have a number."""
    for slide, scene, native in zip(DECK.slides, SCENES, slides, strict=True):
        assert native.notes_slide.notes_text_frame.text.strip()
        assert ('type="slidenum"' in native._element.xml) == (scene.archetype != "title")
        for shape in native.shapes:
            if shape.has_chart or shape.has_table:
                told = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert told, scene.slide
                assert not shape.has_chart or told.startswith(WORDS.line(slide.title).rstrip("."))


def notes_of(slides: list[Any], title: str) -> str:
    by_title = {native.shapes.title.text_frame.text: native for native in slides}
    found: str = by_title[title].notes_slide.notes_text_frame.text
    return found


def test_notes_are_to_speak_from(slides: list[Any]) -> None:
    """The notes say what the slide says in sentences, what did not fit, and what each number is."""
    notes = notes_of(slides, "Too many words are cut and kept in the notes")
    assert notes.startswith("Too many words are cut and kept in the notes.\n")
    assert "kept growing steadily n" in notes
    assert "Revenue: $1.3M (49,574 rows)" in notes


def test_notes_hold_no_query(slides: list[Any]) -> None:
    """Nobody reads one out: queries are in the deck and on its page."""
    told = [native.notes_slide.notes_text_frame.text for native in slides]
    assert not [text for text in told if "SELECT" in text]


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


def written(text: str, *facts: Fact) -> Any:
    """The paragraph that a point with this text becomes."""
    slide = Slide(id="s1", layout=Layout.SUMMARY, title="Title", blocks=[Bullets(items=[text])])
    deck = DECK.model_copy(update={"slides": [slide], "facts": [*facts]})
    shapes = {shape.name: shape for shape in opened(deck).slides[0].shapes}
    return shapes["s1 points"].text_frame.paragraphs[0]


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
    assert paragraph._p.pPr is None  # and so as its level has it


def test_an_arabic_text_runs_from_the_right() -> None:
    """A paragraph whose first letter is Arabic is one that runs from the right."""
    assert written("دبي أولا")._p.pPr.get("rtl") == "1"
    assert written("{{f1}}", named(1, "תל אביב"))._p.pPr.get("rtl") == "1"
