"""Exports as people see them: opened by LibreOffice and by a browser."""

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deckgen.domain.decks import Deck
from deckgen.export.html.page import render_html
from deckgen.export.pptx.document import render_pptx
from tests.browser import MILLISECONDS, chromium, tool
from tests.decks import brief_deck, sample_deck
from tests.patience import PATIENCE_SECONDS
from tests.samples import sampled

pytestmark = pytest.mark.looks
DECKS = {"sample": sample_deck(), "brief": brief_deck()}
# What does not fit is scrolled in its own box, which is meant; text inside of SVG has no box.
OVERFLOWING = """
() => [...document.querySelectorAll("body, .slide, .slide *")]
  .filter(each => !each.closest("svg, .scroll, pre, .unseen"))
  .filter(each => each.clientWidth > 0 && each.scrollWidth > each.clientWidth)
  .map(each => `${each.tagName}.${each.className} in ${each.closest(".slide")?.id}`)
"""
# A text of a drawing that is cut off by the drawing's edge (labels overhang by a fraction of a pixel).
CUT = """
() => [...document.querySelectorAll("svg")].filter(svg => svg.clientWidth > 0).flatMap(svg => {
  const edge = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([_, box]) => box.left < edge.left - 1.5 || box.right > edge.right + 1.5)
    .map(([text]) => `${text} in ${svg.closest(".slide").id}`);
})
"""


def need_widths_of_arial() -> None:
    """Labels are measured for Arial and its equals; any other font may be wider."""
    found = subprocess.run([tool("fc-match", "fontconfig"), "Arial"], capture_output=True, text=True)
    if not any(name in found.stdout for name in ("Arial", "Liberation Sans", "Arimo", "Helvetica")):
        pytest.skip("A font as wide as Arial is missing: install the Debian package fonts-liberation")


def pages(pdf: Path) -> int:
    listed = subprocess.run(
        [tool("pdfinfo", "poppler-utils"), pdf], check=True, capture_output=True, text=True
    ).stdout
    return next(int(line.split()[1]) for line in listed.splitlines() if line.startswith("Pages:"))


@pytest.fixture(params=sampled(DECKS, "sample"))
def deck(request: pytest.FixtureRequest) -> Deck:
    return DECKS[request.param]


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


def test_libreoffice_shows_every_slide(deck: Deck, tmp_path: Path) -> None:
    """LibreOffice opens the file, and prints as many pages as the deck has slides."""
    soffice = tool("soffice", "libreoffice-impress")
    (tmp_path / "deck.pptx").write_bytes(render_pptx(deck))
    to_pdf = ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")]
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", *to_pdf],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    assert pages(tmp_path / "deck.pdf") == len(deck.slides)


@pytest.mark.parametrize("width", sampled([1280, 768, 360], 360))
async def test_nothing_overflows_at_any_width(deck: Deck, browser: Browser, width: int) -> None:
    """On a desktop, a tablet and a phone every element fits its slide, and no label is cut off."""
    need_widths_of_arial()
    page = await browser.new_page(viewport={"width": width, "height": 800})
    await page.set_content(render_html(deck), timeout=MILLISECONDS)
    assert await page.evaluate(OVERFLOWING) == []
    assert await page.evaluate(CUT) == []
    await page.close()


async def test_the_page_is_read_without_script(deck: Deck, browser: Browser) -> None:
    """With scripts switched off and every request refused, each title of the deck can be read."""
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await page.set_content(render_html(deck), timeout=MILLISECONDS)
    assert await page.locator("section.slide .headline").count() == len(deck.slides)
    assert await page.locator("section.slide .headline").last.is_visible()
    assert requests == []
    await context.close()


async def test_the_dark_page_is_dark(browser: Browser) -> None:
    """Where dark is preferred, slides are dark, and so are the drawings' labels light."""
    page = await browser.new_page(color_scheme="dark")
    await page.set_content(render_html(DECKS["sample"]), timeout=MILLISECONDS)
    background = "getComputedStyle(document.querySelector('.slide')).backgroundColor"
    label = "getComputedStyle(document.querySelector('.slide svg text')).fill"
    assert await page.evaluate(background) == "rgb(21, 27, 34)"
    assert await page.evaluate(label) == "rgb(238, 242, 246)"
    await page.close()


async def test_each_slide_is_printed_on_a_page_of_its_own(
    deck: Deck, browser: Browser, tmp_path: Path
) -> None:
    """Printing gives landscape pages, at least one for each slide."""
    page = await browser.new_page()
    await page.set_content(render_html(deck), timeout=MILLISECONDS)
    await page.pdf(path=tmp_path / "deck.pdf", prefer_css_page_size=True)
    await page.close()
    assert pages(tmp_path / "deck.pdf") >= len(deck.slides)
