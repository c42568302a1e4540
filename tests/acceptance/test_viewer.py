"""The viewer of a page, as people use it: with keys, the mouse and a finger, in Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deckgen.domain.charts import Annotation, ChartKind
from deckgen.domain.decks import Layout
from deckgen.export.html.page import render_html
from deckgen.export.themes.theme import theme
from tests.browser import PHONE, chromium, opened
from tests.deck_parts import chart, points, slide
from tests.decks import brief_deck, sample_deck
from tests.stored_pages import saved

pytestmark = pytest.mark.looks
DECKS = {"sample": sample_deck(), "brief": brief_deck()}


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


async def test_keys_lead_from_slide_to_slide(browser: Browser, tmp_path: Path) -> None:
    """Arrows, space, Home and End; the address names the slide, and the slide has the focus."""
    async with opened(browser, saved(DECKS["brief"], tmp_path)) as page:
        for key, slide in (
            ("ArrowRight", 2),
            ("Space", 3),
            ("ArrowLeft", 2),
            ("End", 4),
            ("ArrowRight", 4),
            ("Shift+Space", 3),
            ("Home", 1),
        ):
            await page.keyboard.press(key)
            assert page.url.endswith(f"#slide-{slide}"), key
            assert await page.evaluate("document.activeElement.id") == f"slide-{slide}"
            assert await page.locator(".thumbs .current").count() == 1


async def test_an_address_leads_to_its_slide(browser: Browser, tmp_path: Path) -> None:
    """A link to a slide opens the page at that slide, from which keys go on."""
    async with opened(browser, saved(DECKS["brief"], tmp_path), at="#slide-3") as page:
        assert await page.locator("#slide-3.current").count() == 1
        await page.keyboard.press("ArrowRight")
        assert page.url.endswith("#slide-4")


async def test_a_number_says_what_it_is(browser: Browser, tmp_path: Path) -> None:
    """Under the mouse a number shows what it is, its value and rows; its query one step further."""
    async with opened(browser, saved(DECKS["sample"], tmp_path), at="#slide-2") as page:
        card, number = page.locator(".card"), page.locator("#slide-2 .slot-headline .fact")
        assert not await card.is_visible()
        await number.hover()
        await card.wait_for()
        said = await card.inner_text()
        assert "$1.3M Revenue" in said
        assert "Value: 1,250,000" in said
        assert "Rows: 49,574" in said
        assert "SELECT" not in said
        await card.locator("summary").click()
        assert 'SELECT sum("revenue")' in await card.inner_text()
        await page.mouse.move(5, 800)
        await card.wait_for(state="hidden")


async def test_a_number_is_reached_by_keys(browser: Browser, tmp_path: Path) -> None:
    """From its slide by the down key; Enter leads to its query, and Escape back."""
    async with opened(browser, saved(DECKS["sample"], tmp_path), at="#slide-2") as page:
        card = page.locator(".card")
        await page.keyboard.press("ArrowDown")
        assert await page.evaluate("document.activeElement.hash") == "#f1"
        assert await card.is_visible()
        assert await page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "card"
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        assert 'SELECT sum("revenue")' in await card.inner_text()
        await page.keyboard.press("Escape")
        assert not await card.is_visible()
        assert await page.evaluate("document.activeElement.hash") == "#f1"
        await page.keyboard.press("ArrowUp")
        assert await page.evaluate("document.activeElement.id") == "slide-2"


async def test_a_number_in_a_chart_says_what_it_is(browser: Browser, tmp_path: Path) -> None:
    """What a chart points at refers to a fact, and shows it under the mouse."""
    arrow = Annotation(kind="difference", text="{{f4}}", at=[0, 3])
    drawn = chart(ChartKind.COLUMN, ["2021", "2022", "2023", "2024"], [4.0, 5, 6, 7])
    pointing = drawn.model_copy(update={"annotations": [arrow]})
    shown = slide(Layout.CHART, "Revenue grew", pointing, points(2))
    deck = DECKS["sample"].model_copy(update={"slides": [shown]})
    async with opened(browser, saved(deck, tmp_path)) as page:
        await page.locator("main .wide [data-fact='f4']").hover()
        await page.locator(".card").wait_for()
        assert "5.3% Change" in await page.locator(".card").inner_text()


async def test_a_number_is_tapped(browser: Browser, tmp_path: Path) -> None:
    """On a phone a tap shows the card, within the window, and a tap beside it puts it away."""
    async with opened(browser, saved(DECKS["sample"], tmp_path), has_touch=True, **PHONE) as page:
        card = page.locator(".card")
        await page.locator("#slide-2 .slot-headline .fact").tap()
        await card.wait_for()
        box = await card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        await page.locator("#slide-2 .slot-source").tap()
        assert not await card.is_visible()


async def test_the_page_has_few_tab_stops(browser: Browser, tmp_path: Path) -> None:
    """A deck of eight slides has at most thirty: numbers are no stops of their own."""
    deck = DECKS["sample"]
    deck = deck.model_copy(update={"slides": deck.slides[:8]})
    async with opened(browser, saved(deck, tmp_path)) as page:
        stops = 0
        await page.keyboard.press("Tab")
        while await page.evaluate("document.activeElement !== document.body"):
            stops += 1
            await page.keyboard.press("Tab")
    assert len(deck.slides) < stops <= 30


async def test_the_overview_shows_every_slide(browser: Browser, tmp_path: Path) -> None:
    """All slides side by side; a click or Enter opens one of them, Escape leads there and back."""
    async with opened(browser, saved(DECKS["brief"], tmp_path)) as page:
        await page.keyboard.press("o")
        boxes = [await each.bounding_box() for each in await page.locator(".frame:visible").all()]
        assert len({box["y"] for box in boxes[-4:] if box}) == 1
        await page.locator("#slide-3").click()
        assert await page.locator("body.read").count() == 1
        assert page.url.endswith("#slide-3")
        await page.keyboard.press("Escape")
        assert await page.locator("body.overview").count() == 1
        await page.keyboard.press("ArrowLeft")
        await page.keyboard.press("Enter")
        assert await page.locator("body.read #slide-2.current").count() == 1


async def test_one_slide_fills_the_screen(browser: Browser, tmp_path: Path) -> None:
    """In full screen one slide is as large as it can be; a click goes on, Escape ends it."""
    async with opened(browser, saved(DECKS["brief"], tmp_path)) as page:
        await page.keyboard.press("f")
        await page.wait_for_function("document.fullscreenElement")
        box = await page.locator(".frame:visible").bounding_box()
        assert box is not None
        wide, tall = await page.evaluate("[innerWidth, innerHeight]")
        assert box["width"] == pytest.approx(min(wide, tall * 16 / 9), abs=1)
        assert await page.locator(".frame:visible").count() == 1
        await page.mouse.click(wide / 2, tall / 2)
        assert await page.locator("#slide-2 .frame:visible").count() == 1
        await page.keyboard.press("f")
        await page.wait_for_function("!document.fullscreenElement")
        assert await page.locator("body.read").count() == 1


async def test_search_finds_a_slide(browser: Browser, tmp_path: Path) -> None:
    """What is typed is found in titles, tables and charts; Enter opens the first slide that says it."""
    async with opened(browser, saved(DECKS["brief"], tmp_path)) as page:
        await page.keyboard.press("/")
        await page.keyboard.type("orders BY region")
        assert await page.locator(".search li").count() == 1
        await page.keyboard.press("Enter")
        assert page.url.endswith("#slide-3")
        assert not await page.locator(".search").is_visible()
        await page.keyboard.press("/")
        await page.locator(".search input").fill("nowhere to be found")
        assert await page.locator(".search .none").is_visible()


async def test_the_presenter_has_a_window_of_his_own(browser: Browser, tmp_path: Path) -> None:
    """It shows the slide, the next one, the notes and a clock; each window leads the other."""
    deck = DECKS["brief"]
    noted = [each.model_copy(update={"notes": f"Say {each.id}"}) for each in deck.slides]
    file = saved(deck.model_copy(update={"slides": noted}), tmp_path)
    async with opened(browser, file, at="#slide-2") as page:
        async with page.expect_popup() as opening:
            await page.keyboard.press("p")
        presenter = await opening.value
        await presenter.locator("#slide-2.current").wait_for(state="attached")
        assert await presenter.locator("#slide-2 .stage").is_visible()
        assert await presenter.locator("#slide-3 .stage").is_visible()
        assert not await presenter.locator("#slide-1 .stage").is_visible()
        assert await presenter.locator(".notes:visible").inner_text() == "Say s2"
        assert ":" in await presenter.locator(".clock").inner_text()
        assert await presenter.locator(".place").inner_text() == "2 / 4"
        await presenter.keyboard.press("ArrowRight")
        await page.locator("#slide-3.current").wait_for(state="attached")
        await page.keyboard.press("End")
        await presenter.locator("#slide-4.current").wait_for(state="attached")


@pytest.mark.parametrize(
    ("address", "paths"),
    [
        (
            "/decks/d1?theme=warm",
            ["/decks/d1.pptx?theme=warm", "/decks/d1.json?theme=warm"],
        ),
        ("/mounted/decks/d1.html", ["/mounted/decks/d1.pptx", "/mounted/decks/d1.json"]),
        ("/api/presentations/d1.html", ["/api/presentations/d1.pptx"]),
        ("/share/t0ken", ["/share/t0ken.pptx"]),
        ("/elsewhere/d1.html", []),
    ],
)
async def test_a_served_page_offers_its_files(browser: Browser, address: str, paths: list[str]) -> None:
    """A page that the API serves links to the deck's other forms, and one from elsewhere does not."""
    known = {"PPTX": ".pptx", "JSON": ".json"}
    html = render_html(DECKS["brief"], theme(), downloads=known)
    page = await browser.new_page()
    await page.route("**", lambda route: route.fulfill(body=html, content_type="text/html"))
    await page.goto(f"http://deck.test{address}")
    shown = await page.eval_on_selector_all(
        ".downloads a", "all => all.filter(each => each.offsetWidth).map(each => each.href)"
    )
    assert shown == [f"http://deck.test{path}" for path in paths]
    await page.close()
