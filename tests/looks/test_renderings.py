"""Twenty decks in three themes, as people see them: in Chromium, as PDF, printed by LibreOffice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deckgen.export.pdf.document import render_pdf
from deckgen.export.pptx.document import render_pptx
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import names, theme
from tests.browser import chromium, need_widths_of_arial
from tests.looks import renderings
from tests.looks.tables import LOOKS, MORE, Look
from tests.looks.test_sheets import OUT
from tests.printing import printed
from tests.stored_pages import saved
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.looks


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
    deck = run_table(tmp_path / f"{look.name}.csv", look.table(), look.brief, locale=look.locale).deck
    found: dict[str, list[str]] = {}
    for name in names():
        worn = theme(name)
        page = saved(deck, tmp_path, name)
        for width in renderings.WINDOWS:
            found[f"{name} {width}"] = await renderings.of_page(browser, page, width, worn.grid)
        (tmp_path / f"{name}.pdf").write_bytes(render_pdf(deck, worn))
        placed = list(scenes(deck, worn, Words(deck)))
        found[f"{name} pdf"] = renderings.of_own(tmp_path / f"{name}.pdf", placed, worn.grid)
    office = tmp_path / "office"
    office.mkdir()
    files = printed({name: render_pptx(deck, theme(name)) for name in names()}, office)
    for name, file in zip(names(), files, strict=True):
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
