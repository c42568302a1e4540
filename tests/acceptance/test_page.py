"""The page of a deck as people see it: in Chromium, on a desk, on a phone and on paper."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from pypdf import PdfReader

from deckgen.domain.decks import Deck
from deckgen.export.html.placing import box_of
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import STANDARD, names, theme
from tests.browser import PHONE, chromium, need_widths_of_arial, opened
from tests.decks import brief_deck, sample_deck
from tests.samples import sampled
from tests.stored_pages import saved

pytestmark = pytest.mark.looks
DECKS = {"sample": sample_deck(), "brief": brief_deck()}
THEME = theme()
# What does not fit is scrolled in its own box, which is meant; text inside of SVG has no box.
OVERFLOWING = """
() => [...document.querySelectorAll("body, .slide, .slide *")]
  .filter(each => !each.closest("svg, .scroll, pre, .unseen"))
  .filter(each => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
  .map(each => `${each.tagName}.${each.className} in ${each.closest(".slide")?.id}`)
"""
# A text of a drawing that is cut off by the drawing's edge (labels overhang by a fraction of a pixel).
CUT = """
() => [...document.querySelectorAll("main svg")].filter(svg => svg.clientWidth > 0).flatMap(svg => {
  const edge = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([_, box]) => box.left < edge.left - 1.5 || box.right > edge.right + 1.5)
    .map(([text]) => `${text} in ${svg.closest(".slide").id}`);
})
"""
# Where the elements of each slide stand, as shares of its width.
PLACES = """
() => [...document.querySelectorAll(".slide")].map(slide => {
  const frame = slide.querySelector(".frame").getBoundingClientRect();
  return [...slide.querySelectorAll(".at")].map(each => {
    const box = each.getBoundingClientRect();
    return [box.left - frame.left, box.top - frame.top, box.width, box.height].map(
      side => side / frame.width);
  });
})
"""
# Texts that reach over the right edge of their own box.
WIDE = """
() => [...document.querySelectorAll("main .p")].filter(each => each.clientWidth > 0)
  .filter(each => { const range = document.createRange(); range.selectNodeContents(each);
    return range.getBoundingClientRect().right > each.getBoundingClientRect().right + 2; })
  .map(each => each.textContent)
"""


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture(params=sampled(DECKS, "sample"))
def deck(request: pytest.FixtureRequest) -> Deck:
    return DECKS[request.param]


@pytest.fixture
def file(deck: Deck, tmp_path: Path) -> Path:
    return saved(deck, tmp_path)


async def fill(page: Page, property_: str, selector: str) -> str:
    found = await page.eval_on_selector(selector, f"each => getComputedStyle(each).{property_}")
    return str(found)


@pytest.mark.parametrize("name", sampled(list(names()), STANDARD))
async def test_the_stage_shows_the_scene(
    deck: Deck, browser: Browser, tmp_path: Path, name: str
) -> None:
    """Every element stands where its scene places it, and is as large, within 1 % of the slide; and
    no line of text is longer than its box."""
    need_widths_of_arial()
    worn = theme(name)
    async with opened(browser, saved(deck, tmp_path, name)) as page:
        found = await page.evaluate(PLACES)
        too_wide = await page.evaluate(WIDE)
    for scene, places in zip(scenes(deck, worn, Words(deck)), found, strict=True):
        assert len(scene.elements) == len(places), scene.slide
        for element, place in zip(scene.elements, places, strict=True):
            box = box_of(element)
            sides = (box.left, box.top, box.width, box.height)
            expected = [side / worn.grid.width for side in sides]
            assert place == pytest.approx(expected, abs=0.01), (scene.slide, element)
    assert too_wide == []


@pytest.mark.parametrize("width", sampled([1280, 800, 390, 360], 390))
async def test_nothing_overflows_at_any_width(file: Path, browser: Browser, width: int) -> None:
    """On a desktop, a tablet and a phone every element fits its slide, and no label is cut off."""
    need_widths_of_arial()
    async with opened(browser, file, viewport={"width": width, "height": 800}) as page:
        assert await page.evaluate(OVERFLOWING) == []
        assert await page.evaluate(CUT) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_on_a_phone_it_is_an_article(file: Path, browser: Browser) -> None:
    """Boxes follow one another in reading order, in letters that can be read."""
    async with opened(browser, file, **PHONE) as page:
        tops = await page.evaluate("""
            () => [...document.querySelectorAll(".stage")].map(stage => [...stage.children]
              .filter(each => each.clientHeight && !each.matches(".round, .round + .at"))
              .map(each => each.getBoundingClientRect().top))""")
        sizes = await page.evaluate("""
            () => [...document.querySelectorAll(".stage .p")]
              .map(each => parseFloat(getComputedStyle(each).fontSize))""")
    assert all(slide == sorted(slide) for slide in tops)
    assert min(sizes) >= 13


async def test_the_page_is_read_without_script(deck: Deck, file: Path, browser: Browser) -> None:
    """With scripts switched off each title can be read, and a number leads to its row of the facts."""
    async with opened(browser, file, java_script_enabled=False) as page:
        assert await page.locator("section.slide .slot-headline").count() == len(deck.slides)
        assert await page.locator("section.slide .slot-headline").last.is_visible()
        assert not await page.locator(".tools").is_visible()
        if deck.facts:
            await page.locator(".stage .fact[href='#f1']").first.click()
            assert await page.locator("#f1").is_visible()


@pytest.mark.parametrize("way", ["preferred", "asked"])
async def test_the_dark_page_is_dark(browser: Browser, tmp_path: Path, way: str) -> None:
    """Where dark is preferred, or asked for, slides are dark, and so are the drawings' labels light."""
    scheme = "dark" if way == "preferred" else "light"
    async with opened(browser, saved(DECKS["sample"], tmp_path), color_scheme=scheme) as page:
        if way == "asked":
            assert await fill(page, "backgroundColor", ".frame") == rgb(THEME.light.paper)
            await page.keyboard.press("d")
        assert await fill(page, "backgroundColor", ".frame") == rgb(THEME.dark.paper)
        assert await fill(page, "fill", ".slide svg text") == rgb(THEME.dark.ink)
        await page.keyboard.press("d")
        assert await fill(page, "fill", ".slide svg text") == rgb(THEME.light.ink)


def rgb(colour: str) -> str:
    """A colour as browsers say it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (0, 2, 4))})"


@pytest.mark.parametrize("key", sampled(["", "o", "f"], "o"))
async def test_each_slide_is_printed_on_a_page_of_its_own(
    deck: Deck, file: Path, browser: Browser, key: str
) -> None:
    """Printing gives one page of 16:9 for each slide and nothing else, however it is looked at."""
    async with opened(browser, file) as page:
        if key:
            await page.keyboard.press(key)
        printed = PdfReader(BytesIO(await page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == len(deck.slides)
    for number, sheet in enumerate(printed.pages):
        assert float(sheet.mediabox.width / sheet.mediabox.height) == pytest.approx(16 / 9, abs=0.01)
        first = Words(deck).line(deck.slides[number].title).split()[0]
        assert first in sheet.extract_text()


async def test_a_script_of_the_data_s_does_not_run(browser: Browser, tmp_path: Path) -> None:
    """Whatever got into the page, the browser runs only the script whose hash the page names."""
    path = saved(DECKS["brief"], tmp_path)
    foreign = (
        "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
    )
    path.write_text(path.read_text().replace("</main>", f"{foreign}</main>"))
    window = await browser.new_page()
    refused: list[str] = []
    window.on("console", lambda message: refused.append(message.text))
    await window.goto(path.as_uri())
    assert await window.title() != "taken"
    assert any("Content Security Policy" in each for each in refused)
    await window.close()
