"""PowerPoint files as people see them: opened by LibreOffice."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html as page_tree  # type: ignore[import-untyped]  # ships no types

from deckgen.domain.decks import Deck
from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import STANDARD, Theme, names, theme
from tests.browser import need_widths_of_arial, tool
from tests.decks import brief_deck, sample_deck
from tests.patience import PATIENCE_SECONDS
from tests.samples import sampled

pytestmark = pytest.mark.looks
DECKS = {"sample": sample_deck(), "brief": brief_deck()}


@pytest.fixture(params=sampled(DECKS, "sample"))
def deck(request: pytest.FixtureRequest) -> Deck:
    return DECKS[request.param]


def printed(deck: Deck, worn: Theme, folder: Path) -> Path:
    """The deck's PowerPoint file as LibreOffice prints it."""
    soffice = tool("soffice", "libreoffice-impress")
    (folder / "deck.pptx").write_bytes(render_pptx(deck, worn))
    to_pdf = ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx")]
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *to_pdf],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    return folder / "deck.pdf"


def words_of(pdf: Path) -> list[list[tuple[Box, str]]]:
    """The words of each page and where they stand, in points."""
    listed = subprocess.run(
        [tool("pdftotext", "poppler-utils"), "-bbox", pdf, "-"], check=True, capture_output=True
    ).stdout
    root = page_tree.fromstring(listed)
    return [[(_box(word), word.text or "") for word in page.iter("word")] for page in root.iter("page")]


def _box(word: Any) -> Box:
    left, top, right, bottom = (float(word.get(side)) for side in ("xmin", "ymin", "xmax", "ymax"))
    return Box(left, top, right - left, bottom - top)


def within(box: Box, words: list[tuple[Box, str]]) -> str:
    """The letters of the words whose middle is in a box, in the order of the alphabet."""
    found = [
        text
        for place, text in words
        if box.left <= place.left + place.width / 2 <= box.right
        and box.top <= place.top + place.height / 2 <= box.bottom
    ]
    return letters("".join(found))


def letters(text: str) -> str:
    return "".join(sorted(char for char in text if char.isalnum() and char.isascii()))


@pytest.mark.parametrize("name", sampled(list(names()), STANDARD))
def test_libreoffice_sets_each_text_in_its_box(deck: Deck, name: str, tmp_path: Path) -> None:
    """It prints a page a slide, and every letter of a text stands within its box: nothing is cut,
    moved, or runs into another."""
    need_widths_of_arial()
    worn = theme(name)
    shown = words_of(printed(deck, worn, tmp_path))
    for scene, page in zip(scenes(deck, worn, Words(deck)), shown, strict=True):
        for element in scene.elements:
            if isinstance(element, TextBox):
                expected = letters("".join(each.text for each in element.paragraphs))
                assert within(element.box.inset(-2), page) == expected, (scene.slide, element.slot)
