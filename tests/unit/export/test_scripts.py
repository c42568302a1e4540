"""Names in all scripts, beside numbers of several locales: whole, in order, alike in every format."""

import re
import unicodedata
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pypdf import PdfReader

from deckgen.domain.blocks import Bullets
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck, Layout
from deckgen.domain.facts import Fact, Sign, fact_display
from deckgen.domain.formatting.display import TEXT, Unit, ValueFormat, formatter
from deckgen.export.html.page import render_html
from deckgen.export.layout.typefaces import typeface
from deckgen.export.pdf.document import render_pdf
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import Scene, paragraphs
from deckgen.export.scene.setting import Setter
from deckgen.export.slides.compose import scenes
from deckgen.export.text import END, ISOLATE, Words
from deckgen.export.themes.theme import theme
from tests.deck_parts import fact, slide
from tests.decks import brief_deck

NAMES = {
    "chinese": "東京都の売上",
    "korean": "서울특별시",
    "arabic": "دبي",
    "hebrew": "תל אביב",
    "hindi": "हिन्दी क्षेत्र",
    "thai": "กรุงเทพมหานคร",
    "decomposed": "Zu\u0308rich",
    "family": "Thé 👩‍👩‍👧",
    "skin": "Bière 👍🏽",
    "flag": "Fêtes 🇨🇭",
}
FROM_RIGHT = ("arabic", "hebrew")
EUROS = Unit(format=ValueFormat.CURRENCY, symbol="EUR")
LOST = -1_234_567.0
# What a loss of so much is in each locale, with the minus joined to its number.
SAID = {
    "en_US": "−€1.2M",
    "fr_FR": "−1,2\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}€",
    "es_ES": "−1,2\N{NO-BREAK SPACE}M€",
}
ARIAL = typeface("Arial")


def deck_of(name: str, locale: str = "en_US") -> Deck:
    """A deck whose sentences begin with a name and end with a loss."""
    facts = [fact(1, name, TEXT, "A name"), fact(2, LOST, EUROS, "Loss")]
    said = [
        each.model_copy(update={"display": _display(each, locale)}) if each.unit != TEXT else each
        for each in facts
    ]
    points = Bullets(items=["{{f1}} leads with {{f2}}", "Of all, {{f1}} lost most: {{f2}}"])
    made = slide(Layout.CHART, "{{f1}} lost {{f2}}", points).model_copy(update={"source_line": ""})
    brief = Brief(business_context="How?", locale=locale)
    return brief_deck().model_copy(update={"brief": brief, "slides": [made], "facts": said})


def _display(said: Fact, locale: str) -> str:
    return fact_display(said.value, said.unit, Sign.PLAIN, formatter(locale))


def scene_of(deck: Deck) -> Scene:
    (found,) = scenes(deck, theme(), Words(deck))
    return found


def bare(text: str) -> str:
    """A text without what is not seen."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


@pytest.fixture(params=NAMES)
def script(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_a_scene_holds_each_name_whole_and_apart(script: str) -> None:
    """On every line, and what runs from the right in isolates, which keep the sentence in its order."""
    name = NAMES[script]
    texts = [
        each.text for slot, each in paragraphs(scene_of(deck_of(name)).elements) if slot != "number"
    ]
    assert sum(name in text for text in texts) == 3
    assert all(
        (f"{ISOLATE}{name}{END}" in text) == (script in FROM_RIGHT) for text in texts if name in text
    )


def test_the_page_holds_each_name_in_an_element_of_its_own(script: str) -> None:
    """Whose direction is its own, whatever stands around it."""
    page = unescape(render_html(deck_of(NAMES[script]), theme()))
    own = re.findall(r'<a class="fact" href="#f1" dir="auto">([^<]*)</a>', page)
    assert {bare(each) for each in own} == {bare(NAMES[script])}
    assert "−€1.2M" in page


def test_powerpoint_holds_each_name_between_marks(script: str) -> None:
    """What runs from the right stands between marks; a minus is joined to its number."""
    texts = native_texts(deck_of(NAMES[script]))
    mark = "\N{LEFT-TO-RIGHT MARK}" if script in FROM_RIGHT else ""
    joined = "−\N{WORD JOINER}€1.2M"
    assert f"{mark}{NAMES[script]}{mark} lost {joined}" in texts
    assert sum(joined in text for text in texts) == 3


def native_texts(deck: Deck) -> list[str]:
    (native,) = Presentation(BytesIO(render_pptx(deck, theme()))).slides
    found: list[Any] = [shape for shape in native.shapes if shape.has_text_frame]
    return [paragraph.text for shape in found for paragraph in shape.text_frame.paragraphs]


@pytest.mark.parametrize("script", ["arabic", "chinese", "hindi", "decomposed"])
def test_a_pdf_holds_the_numbers_beside_each_name(script: str) -> None:
    """The words and numbers of the sentence are found on its page."""
    (page,) = PdfReader(BytesIO(render_pdf(deck_of(NAMES[script]), theme()))).pages
    assert page.extract_text().count("−€1.2M") == 3


@pytest.mark.parametrize("locale", SAID)
def test_a_loss_is_written_as_its_locale_does(locale: str) -> None:
    """In scene, page, PowerPoint and PDF alike: a true minus, and no blank at which a line may end."""
    deck, said = deck_of("Zürich", locale), SAID[locale]
    texts = [each.text for _, each in paragraphs(scene_of(deck).elements)]
    assert f"Zürich lost {said}" in texts
    assert f">{said}</a>" in unescape(render_html(deck, theme()))
    assert any(said in bare(text) for text in native_texts(deck))
    (page,) = PdfReader(BytesIO(render_pdf(deck, theme()))).pages
    assert said.replace("\N{NO-BREAK SPACE}", " ") in page.extract_text().replace(
        "\N{NO-BREAK SPACE}", " "
    )


@pytest.mark.parametrize("wide", [20, 33, 47, 60])
def test_a_name_is_never_torn(script: str, wide: float) -> None:
    """However narrow its room, no line begins with a mark, in a joined picture or in a flag; and what
    is cut ends with a whole letter.
    """
    word = NAMES[script].replace(" ", "")
    letters = re.findall(LETTER, word)
    assert "".join(letters) == word
    setter = Setter(Words(brief_deck()), ARIAL)
    for text in (word * 4, f"{word} " * 4):
        lines = ARIAL.wrap(text, 12, wide)
        cut = [
            "".join(span.text for span in setter.paragraph(text, 12, wide, most=1).lines[0]),
            ARIAL.shorten(text, 12, wide),
            *ARIAL.shorten_middle(text, 12, wide).split("…"),
        ]
        for piece in (*lines, *cut):
            found = re.findall(LETTER, piece.replace("…", "").replace(" ", ""))
            assert [each for each in found if each not in letters] == [], piece


# A letter with its marks, a flag, or pictures that are joined.
_HINDI, _THAI = "\u0900-\u0903\u093a-\u094d", "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_MARKS = f"[\u0300-\u036f{_HINDI}{_THAI}\ufe0f\U0001f3fb-\U0001f3ff]"
LETTER = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|.{_MARKS}*(?:\u200d.{_MARKS}*)*")
