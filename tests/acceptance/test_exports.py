"""PowerPoint files as people see them: opened by LibreOffice."""

from pathlib import Path

import pytest

from deckgen.domain.decks import Deck
from deckgen.export.pptx.document import render_pptx
from deckgen.export.scene.elements import TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import STANDARD, names, theme
from tests.browser import need_widths_of_arial
from tests.decks import brief_deck, sample_deck
from tests.printing import letters, printed, within, words_of
from tests.samples import sampled

pytestmark = pytest.mark.looks
DECKS = {"sample": sample_deck(), "brief": brief_deck()}


@pytest.fixture(params=sampled(DECKS, "sample"))
def deck(request: pytest.FixtureRequest) -> Deck:
    return DECKS[request.param]


@pytest.mark.parametrize("name", sampled(list(names()), STANDARD))
def test_libreoffice_sets_each_text_in_its_box(deck: Deck, name: str, tmp_path: Path) -> None:
    """It prints a page a slide, and every letter of a text stands within its box: nothing is cut,
    moved, or runs into another."""
    need_widths_of_arial()
    worn = theme(name)
    (pdf,) = printed({"deck": render_pptx(deck, worn)}, tmp_path)
    shown = words_of(pdf)
    for scene, page in zip(scenes(deck, worn, Words(deck)), shown, strict=True):
        for element in scene.elements:
            if isinstance(element, TextBox):
                expected = letters("".join(each.text for each in element.paragraphs))
                assert within(element.box.inset(-2), page) == expected, (scene.slide, element.slot)
