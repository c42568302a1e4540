"""The pages of one deck in Chromium: by keys alone, for everybody, and without a complaint."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser

from tests.axe import violations
from tests.browser import PHONE, chromium
from tests.edited_decks import HOW_MUCH
from tests.integration.pages.test_browser import DESK, window
from tests.integration.pages.test_deck import (
    DECK,
    EDIT,
    FELL,
    PAGES,
    edit,
    stored,
)
from tests.node import needs_node

pytestmark = pytest.mark.looks


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.mark.sample
async def test_an_edit_by_keys(browser: Browser, deck_url: str, reader: httpx.AsyncClient) -> None:
    """Words are typed, a typed number is found at once, one that is asked for becomes a chip, and the
    words are saved with it.
    """
    async with window(browser, deck_url) as page:
        await page.goto(EDIT)
        await page.get_by_role("button", name="Add a bullet").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.type("South brought 5")
        await page.get_by_text("“5” is typed.").wait_for()
        await page.keyboard.press("Backspace")
        await page.locator(".asking textarea").focus()
        await page.keyboard.type(HOW_MUCH)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="20,880 revenue").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.type("of revenue in all")
        await page.locator(".chip", has_text="20,880").wait_for()
        await page.get_by_role("button", name="Save", exact=True).focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{deck_url}{DECK}?slide=s3")
    assert "South brought {{f9000}} of revenue in all" in str((await stored(reader))["slides"][2])


@pytest.mark.sample
async def test_a_chip_is_taken_out_and_put_elsewhere(
    browser: Browser,
    deck_url: str,
    reader: httpx.AsyncClient,
) -> None:
    """It goes as a whole, and comes back by its button, as the same reference."""
    await reader.post(EDIT, **edit())
    async with window(browser, deck_url) as page:
        await page.goto(EDIT)
        title = page.get_by_role("textbox", name="Title")
        await title.focus()
        await page.keyboard.press("Control+End")
        await page.keyboard.press("Backspace")
        assert await title.locator(".chip").count() == 3
        await page.locator(".palette button", has_text="Q4 2024").first.focus()
        await page.keyboard.press("Enter")
        assert await title.locator(".chip").count() == 4
        await page.get_by_role("button", name="Save", exact=True).click()
        await page.wait_for_url(f"{deck_url}{DECK}?slide=s3")
    assert (await stored(reader))["slides"][2]["title"] == FELL


async def test_what_stands_beside_follows_the_slides(browser: Browser, deck_url: str) -> None:
    """The panel is of the slide that is looked at in the frame, and the list leads there."""
    async with window(browser, deck_url) as page:
        await page.goto(DECK)
        await page.locator(".contents a[data-place='3']").click()
        assert "Slide 3 of" in await page.locator(".of-slide:visible").inner_text()
        frame = page.frame_locator("iframe.slides")
        await frame.locator("#slide-3.current").wait_for()
        await page.keyboard.press("Tab")
        await frame.locator("#slide-3").focus()
        await page.keyboard.press("ArrowRight")
        await page.locator(".of-slide[data-place='4']").wait_for()


async def test_slides_are_dragged(browser: Browser, deck_url: str, reader: httpx.AsyncClient) -> None:
    """A slide that is dragged stands where it is let go, and is saved there."""
    async with window(browser, deck_url) as page:
        await page.goto(f"{DECK}/order")
        rows = page.locator("ol.rows > li")
        await rows.nth(2).drag_to(rows.nth(1), target_position={"x": 20, "y": 3})
        await page.get_by_text("Not saved yet").wait_for()
        await page.get_by_role("button", name="Save the order").click()
        await page.wait_for_url(f"{deck_url}{DECK}")
    assert [each["id"] for each in (await stored(reader))["slides"]][:3] == ["s1", "s3", "s2"]


@needs_node
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_everybody_can_use_it(
    browser: Browser,
    deck_url: str,
    reader: httpx.AsyncClient,
    size: dict[str, Any],
    scheme: str,
) -> None:
    """axe finds nothing on any page of a deck, and none is wider than its window."""
    await reader.post(EDIT, **edit())
    more = ("/versions?before=1&after=2", f"/ask/s3?sentence={HOW_MUCH}", "/edit/s2")
    async with window(browser, deck_url, color_scheme=scheme, bypass_csp=True, **size) as page:
        for path in (*PAGES, *more):
            await page.goto(f"{DECK}{path}")
            assert (path, await violations(page)) == (path, [])
            width = await page.evaluate("document.documentElement.scrollWidth")
            assert (path, width) == (path, size["viewport"]["width"])
