"""Hidden slides and another order, in every form of a deck."""

from io import BytesIO

from pptx import Presentation
from pypdf import PdfReader

from deckgen.domain.blocks import Messages
from deckgen.export.html.page import render_html
from deckgen.export.pdf.document import render_pdf
from deckgen.export.pptx.document import render_pptx
from deckgen.export.slide_facts import visible
from deckgen.export.themes.theme import worn
from tests.edited_decks import deck, saved

THEME = worn(None)
ORDER = ["s1", "s4", "s2", "s3", "s5", "s6"]
ONLY = "Over all groups"  # stands on s4 alone


def test_a_hidden_slide_is_left_out_of_page_and_pdf() -> None:
    """Nothing of it is there, nor of the facts that only it has."""
    hidden = saved(deck(), {"id": "s4", "hidden": True})
    assert ONLY in render_html(deck(), THEME)
    page = render_html(hidden, THEME)
    assert ONLY not in page
    assert "average of what the chart shows" not in page
    pages = PdfReader(BytesIO(render_pdf(hidden, THEME))).pages
    assert len(pages) == len(deck().slides) - 1
    assert ONLY not in " ".join(page.extract_text() for page in pages)


def test_a_hidden_slide_is_hidden_in_powerpoint() -> None:
    """It is in the file, as PowerPoint itself hides slides, so that its presenter can show it again."""
    hidden = saved(deck(), {"id": "s4", "hidden": True})
    slides = Presentation(BytesIO(render_pptx(hidden, THEME))).slides
    assert [slide._element.get("show") for slide in slides] == [None] * 3 + ["0"] * 3
    assert ONLY in " ".join(shape.text_frame.text for shape in slides[3].shapes if shape.has_text_frame)


def test_no_row_leads_to_a_hidden_slide() -> None:
    """The summary keeps its sentence, and leads nowhere."""
    (rows,) = (
        block
        for block in visible(saved(deck(), {"id": "s4", "hidden": True})).slides[1].blocks
        if isinstance(block, Messages)
    )
    led = [row.slide for row in rows.items]
    assert "{{s4}}" not in led
    assert "" in led


def test_the_order_is_kept() -> None:
    """By page, PDF and PowerPoint; who is led to a slide is led to its new place."""
    moved = saved(deck(), order=ORDER)
    titles = [moved.reference_values().filled(slide.title) for slide in moved.slides]
    assert titles[1].startswith("In Q4 2024, South brings")
    page = render_html(moved, THEME)
    pages = PdfReader(BytesIO(render_pdf(moved, THEME))).pages
    slides = Presentation(BytesIO(render_pptx(moved, THEME))).slides
    second = page[page.index('id="slide-2"') : page.index('id="slide-3"')]
    assert ONLY in second
    assert ONLY in pages[1].extract_text()
    assert slides[1].shapes.title.text_frame.text == titles[1]
    assert moved.reference_values()["s4"] == "2"
