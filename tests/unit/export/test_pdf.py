"""Decks as PDF: a page a slide, whose text is found, with links, bookmarks, title and language."""

import sys
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
import vl_convert
from pypdf import PdfReader

from deckgen.domain.blocks import Bullets, Message, Messages
from deckgen.domain.decks import Deck, Layout
from deckgen.export.pdf import child, document, drawing
from deckgen.export.pdf.document import render_pdf
from deckgen.export.pdf.pictures import pictured
from deckgen.export.slides.compose import scenes
from deckgen.export.svg.drawing import slide as drawn
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme, wide_names
from tests.deck_parts import slide
from tests.decks import brief_deck, sample_deck

pytestmark = pytest.mark.slow

DECK = sample_deck()
WORDS = Words(DECK)
FEW = DECK.model_copy(update={"slides": DECK.slides[::6]})


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def saved() -> bytes:
    return render_pdf(DECK, theme())


@pytest.fixture(scope="module")
def read(saved: bytes) -> PdfReader:
    return PdfReader(BytesIO(saved))


def test_each_slide_is_a_page_of_its_size(read: PdfReader) -> None:
    """As many pages as slides, each 13⅓ by 7½ inches."""
    assert len(read.pages) == len(DECK.slides)
    for page in read.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == (960, 540)


def test_text_is_found(read: PdfReader) -> None:
    """The title of each slide is text on its page, as far as it is not cut."""
    for each, page in zip(DECK.slides, read.pages, strict=True):
        title = squeezed(WORDS.line(each.title))[:20]
        assert title in squeezed(page.extract_text()), each.title


def test_it_says_title_language_and_where_slides_are(read: PdfReader) -> None:
    """Readers show the deck's title, speak its language, and list its slides as bookmarks."""
    assert read.metadata is not None
    assert read.metadata.title == WORDS.line(DECK.title)
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    titles = [each.title for each in read.outline if not isinstance(each, list)]
    assert titles == [WORDS.line(each.title) for each in DECK.slides]


def test_what_names_a_slide_leads_to_it() -> None:
    """The summary's references are links to their pages, at the place where they stand."""
    said = [Message(figure="{{f1}}", label="Revenue", text="It rose", slide="{{s2}}")]
    deck = _deck(
        slide(Layout.SUMMARY, "Two things happened", Messages(items=said)),
        slide(Layout.CHART, "Revenue rose", Bullets(items=["As slide {{s1}} says", "And so on"])),
    )
    pages = PdfReader(BytesIO(render_pdf(deck, theme()))).pages
    for here, there in ((0, 1), (1, 0)):
        notes: Any = pages[here]["/Annots"]
        (link,) = (note.get_object() for note in notes)
        assert link["/Dest"][0].get_object() == pages[there].get_object()
        left, bottom, right, top = (float(side) for side in link["/Rect"])
        assert 0 <= left < right <= 960
        assert 0 <= bottom < top <= 540


@pytest.mark.parametrize("name", [*wide_names(), "clear-4x3"])
def test_equal_decks_give_equal_bytes(name: str) -> None:
    """Rendering depends on deck and theme alone: no clock, no order of chance."""
    assert render_pdf(FEW, theme(name)) == render_pdf(FEW, theme(name))


@pytest.fixture
def no_emoji(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose pictures can't be put into a PDF."""
    drawn = vl_convert.svg_to_pdf

    def without_emoji(svg: str) -> bytes:
        if "☕" in svg:
            raise RuntimeError("An error occurred while subsetting a font.")
        done: bytes = drawn(svg)
        return done

    monkeypatch.setattr(vl_convert, "svg_to_pdf", without_emoji)
    monkeypatch.setattr(document, "pages", lambda svgs, font: [child.page(svg, font) for svg in svgs])


@pytest.mark.usefixtures("no_emoji")
def test_a_slide_that_no_font_draws_is_a_picture_with_its_text() -> None:
    """Coloured emoji can't be put into a PDF: the slide is a picture, and its words are found on it."""
    deck = _deck(slide(Layout.CHART, "Coffee ☕ rose", Bullets(items=["Tea fell", "And so on"])))
    (page,) = PdfReader(BytesIO(render_pdf(deck, theme()))).pages
    assert page.images
    assert "Coffee rose" in " ".join(page.extract_text().split())


def test_a_process_that_dies_drawing_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are drawn by a process of their own, which has none of the environment's secrets; where it
    aborts, the file is missing, and the next one is drawn as ever."""
    monkeypatch.setenv("API_KEY", "secret")
    told = "sys.stdin.read(); print(base64.b64encode(repr(os.environ).encode()).decode())"
    with monkeypatch.context() as replaced:
        replaced.setattr(drawing, "CHILD", (sys.executable, "-c", "import os; os.abort()"))
        with pytest.raises(drawing.NotDrawn):
            render_pdf(FEW, theme())
        replaced.setattr(drawing, "CHILD", (sys.executable, "-c", f"import os, sys, base64; {told}"))
        (environment,) = drawing.pages([], "Arial")
        assert b"PATH" in environment
        assert b"secret" not in environment
    monkeypatch.setattr(vl_convert, "svg_to_pdf", None)
    assert len(PdfReader(BytesIO(render_pdf(FEW, theme()))).pages) == len(FEW.slides)


@pytest.mark.usefixtures("no_emoji")
@pytest.mark.parametrize("name", ["हिन्दी", "Zu\u0308rich", "6\N{DEGREE SIGN}C", "x^2", "กรุงเทพฯ"])
def test_words_beside_a_picture_keep_all_their_marks(name: str) -> None:
    """Marks over and under letters, degrees and carets are no pictures: they are found as written."""
    svg = slide_svg(f"☕\ufe0f 👍🏽 {name}")
    texts = [*Tree.fromstring(pictured(svg, theme().face)).iter("{http://www.w3.org/2000/svg}text")]
    said = "".join("".join(each.itertext()) for each in texts)
    assert squeezed(name) in squeezed(said)
    assert not any(sign in said for sign in "☕👍🏽\ufe0f")


def slide_svg(title: str) -> str:
    (scene,) = scenes(_deck(slide(Layout.CHART, title, Bullets(items=["Tea", "Ale"]))), theme(), WORDS)
    return drawn(scene, WORDS, theme())


def _deck(*slides: Any) -> Deck:
    numbered = [
        each.model_copy(update={"id": f"s{place}", "source_line": ""})
        for place, each in enumerate(slides, 1)
    ]
    return brief_deck().model_copy(update={"slides": numbered, "facts": DECK.facts})
