"""Twenty decks in three themes and in 4:3, as people see them: in Chromium, as PDF, printed by
LibreOffice."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deckgen.export.pdf.document import render_pdf
from deckgen.export.pptx.document import render_pptx
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import NARROW, STANDARD, theme, wide_names
from tests.browser import chromium, need_widths_of_arial
from tests.decks import sample_deck
from tests.looks import renderings
from tests.looks.tables import LOOKS, MORE, Look
from tests.looks.test_sheets import OUT
from tests.printing import printed
from tests.stored_pages import saved

pytestmark = pytest.mark.looks
THEMES = (*wide_names(), f"{STANDARD}{NARROW}")


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.mark.parametrize("look", [*LOOKS, *MORE], ids=lambda look: look.name)
async def test_no_text_is_cut_torn_small_or_over_another(
    look: Look, browser: Browser, tmp_path: Path
) -> None:
    """In every theme and every rendering, each text has its place and can be read."""
    need_widths_of_arial()
    deck = look.made(tmp_path)
    found: dict[str, list[str]] = {}
    for name in THEMES:
        worn = theme(name)
        page = saved(deck, tmp_path, name)
        for width in renderings.WINDOWS:
            found[f"{name} {width}"] = await renderings.of_page(browser, page, width, worn.grid)
        (tmp_path / f"{name}.pdf").write_bytes(render_pdf(deck, worn))
        placed = list(scenes(deck, worn, Words(deck)))
        found[f"{name} pdf"] = renderings.of_own(tmp_path / f"{name}.pdf", placed, worn.grid)
    office = tmp_path / "office"
    office.mkdir()
    files = printed({name: render_pptx(deck, theme(name)) for name in THEMES}, office)
    for name, file in zip(THEMES, files, strict=True):
        placed = list(scenes(deck, theme(name), Words(deck)))
        found[f"{name} office"] = renderings.of_print(file, placed, theme(name).grid)
    _note(look.name, found)
    assert {where: faults for where, faults in found.items() if faults} == {}


def _note(name: str, found: dict[str, list[str]]) -> None:
    """Leave what was counted beside the contact sheets."""
    OUT.mkdir(parents=True, exist_ok=True)
    lines = [f"{where}: {len(faults)}" for where, faults in found.items()]
    lines += [f"{where}: {fault}" for where, faults in found.items() for fault in faults]
    (OUT / f"{name}.txt").write_text("\n".join(lines) + "\n")


SPOILED = {
    "small": (r"--s:28", "--s:9"),
    "cut": (r"--x:40;", "--x:700;"),
    "overlap": (r"--y:30;", "--y:140;"),
    "torn": (r'(class="fact number"[^>]*>.)', r"\1<br>"),
}


@pytest.mark.parametrize("fault", SPOILED)
async def test_faults_of_a_page_are_seen(fault: str, browser: Browser, tmp_path: Path) -> None:
    """A page in which one of them is planted is told to have it."""
    page = saved(sample_deck(), tmp_path)
    page.write_text(re.sub(*SPOILED[fault], page.read_text()))
    found = await renderings.of_page(browser, page, 1440, theme().grid)
    assert any(fault in each for each in found)


@pytest.mark.parametrize("is_printed", [False, True])
def test_faults_of_a_print_are_seen(is_printed: bool, tmp_path: Path) -> None:
    """Text that stands elsewhere than in its box, or is set in small letters, is told."""
    worn = theme()
    deck = sample_deck().model_copy(update={"slides": sample_deck().slides[1:3]})
    small = worn.model_copy(update={"sizes": worn.sizes.model_copy(update={"source": (6,)})})
    if is_printed:
        (pdf,) = printed({"deck": render_pptx(deck, small)}, tmp_path)
    else:
        pdf = tmp_path / "deck.pdf"
        pdf.write_bytes(render_pdf(deck, small))
    placed = list(scenes(deck, worn, Words(deck)))
    check = renderings.of_print if is_printed else renderings.of_own
    found = check(pdf, placed[::-1], worn.grid)
    assert any("torn or cut" in each for each in found)
    assert any("small" in each for each in found)
