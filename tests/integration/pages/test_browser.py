"""The pages in Chromium: live, by keys alone, without script, and for everybody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from deckgen.queue.service import AsyncOrchestrator
from tests.axe import violations
from tests.browser import MILLISECONDS, PHONE, chromium
from tests.databases import OwnDatabase
from tests.decks import sample_deck
from tests.keys import new_key
from tests.node import needs_node
from tests.stored_decks import complete

pytestmark = pytest.mark.looks
CSV = "region,sales\nNorth,10\nSouth,20\n"
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PAGES = ("/", "/decks", "/decks?q=zebra", "/decks/d", "/decks/waits", "/console", "/decks/none")


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@asynccontextmanager
async def window(browser: Browser, url: str, **options: Any) -> AsyncIterator[Page]:
    """A window; what is complained about in it, or asked of another host, fails the test."""
    context = await browser.new_context(base_url=url, **(DESK | options))
    context.set_default_timeout(MILLISECONDS)
    heard: list[str] = []
    context.on("console", lambda message: heard.append(message.text))
    context.on("weberror", lambda error: heard.append(str(error.error)))
    context.on("request", lambda each: None if each.url.startswith(url) else heard.append(each.url))
    yield await context.new_page()
    await context.close()
    assert [each for each in heard if "the server responded with a status of 4" not in each] == []


async def finish(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The only job ends, and its deck is there."""
    (job,) = (await decks.find_jobs({})).jobs
    await decks.cancel_job(job.job_id)
    await complete(database, sample_deck(), job.deck_id, job.user_id)


@pytest.mark.sample
async def test_from_a_file_to_a_deck_by_keys(
    browser: Browser, api_url: str, decks: AsyncOrchestrator, database: OwnDatabase, tmp_path: Path
) -> None:
    """The question has the focus; the file, what may be chosen and the button follow. The page is
    live until the slides stand in it, and their file is saved.
    """
    file = tmp_path / "sales.csv"
    file.write_text(CSV)
    async with window(browser, api_url) as page:
        await page.goto("/")
        await page.keyboard.type("Which regions grew?")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.id") == "table"
        await page.set_input_files("#table", file)
        for _ in ("audience", "look", "language", "button"):
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Your deck is on its way").wait_for()
        await finish(decks, database)
        slides = page.frame_locator("iframe.slides")
        await slides.locator(".slide").first.wait_for()
        async with page.expect_download() as saving:
            await page.get_by_text("Download", exact=True).click()
            await page.get_by_role("link", name="Download PPTX").click()
        assert (await saving.value).suggested_filename.endswith(".pptx")


@pytest.mark.sample
async def test_a_session_that_ends_while_somebody_types(
    browser: Browser, keyed_url: str, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """They sign in again, and what they had typed makes the deck by itself."""
    key = await new_key(decks)
    async with window(browser, keyed_url) as page:
        await page.goto("/")
        await page.get_by_label("Your key").fill(key)
        await page.keyboard.press("Enter")
        await page.get_by_label("Your question").fill("Which regions grew?")
        await database.execute("DELETE FROM sessions")
        await page.get_by_role("button", name="Make the deck").click()
        await page.get_by_label("Your key").fill(key)
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Your deck is on its way").wait_for()
        assert [job.brief for job in (await decks.find_jobs({})).jobs] == ["Which regions grew?"]
        await page.get_by_role("button", name="Sign out").click()
        await page.get_by_label("Your key").wait_for()


async def test_without_script(
    browser: Browser, api_url: str, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """The page of a deck loads itself again until the slides are there."""
    async with window(browser, api_url, java_script_enabled=False) as page:
        await page.goto("/")
        await page.get_by_label("Your question").fill("Which regions grew?")
        await page.get_by_role("button", name="Make the deck").click()
        await page.get_by_role("heading", name="Your deck is on its way").wait_for()
        await finish(decks, database)
        await page.get_by_role("link", name="Open the slides").click()
        await page.locator(".slide").first.wait_for()


async def test_a_script_of_a_stranger_s_does_not_run(browser: Browser, api_url: str) -> None:
    """Negative control: whatever got into a page, the policy stops it, and the browser says so."""
    context = await browser.new_context()
    page = await context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))

    async def tainted(route: Any) -> None:
        answer = await route.fetch()
        body = (await answer.text()).replace(
            "</main>", "<img src=x onerror=\"document.title='x'\"></main>"
        )
        await route.fulfill(response=answer, body=body)

    await page.route(f"{api_url}/", tainted)
    await page.goto(f"{api_url}/")
    assert await page.title() != "x"
    assert any("Content Security Policy" in each for each in refused)
    await context.close()


@needs_node
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_everybody_can_use_it(
    browser: Browser,
    api_url: str,
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    size: dict[str, Any],
    scheme: str,
) -> None:
    """axe finds nothing on any page, and none is wider than its window."""
    await complete(database, sample_deck())
    await decks.enqueue_presentation_generation("waits", "u", {"businessContext": "How?"}, CSV)
    async with window(browser, api_url, color_scheme=scheme, bypass_csp=True, **size) as page:
        for path in PAGES:
            await page.goto(path)
            assert (path, await violations(page)) == (path, [])
            width = await page.evaluate("document.documentElement.scrollWidth")
            assert (path, width) == (path, size["viewport"]["width"])
