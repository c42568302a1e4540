"""The console in Chromium: live, with and without script, and for everybody."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser

from deckgen.queue.service import AsyncOrchestrator
from tests.axe import violations
from tests.browser import PHONE, chromium
from tests.console_jobs import fill
from tests.databases import OwnDatabase
from tests.found_jobs import submit
from tests.integration.pages.test_browser import DESK, window
from tests.node import needs_node

pytestmark = pytest.mark.looks
PAGES = (
    *("/console", "/console/jobs", "/console/jobs?user=acme&status=failed", "/console/jobs?q=zebra"),
    *("/console/jobs?since=soon", "/console/jobs/many?action=retry&user=acme"),
    "/console/jobs/many?action=priority",
    "/console/jobs/many/result?action=retry&matched=2&changed=1&skipped.job_purged=1",
    *("/console/workers", "/console/costs", "/console/webhooks", "/console/audit"),
)
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.mark.sample
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
async def test_from_a_failure_to_its_retry(
    browser: Browser,
    api_url: str,
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    has_script: bool,
) -> None:
    """The overview leads to the failed jobs, and on to the retry of all of them; then a delivery is
    sent again, and the queue is paused.
    """
    await fill(decks, database)
    async with window(browser, api_url, java_script_enabled=has_script) as page:
        await page.goto("/console")
        await page.get_by_role("link", name="Failed, last hour").click()
        await page.get_by_role("link", name="Retry all 2").click()
        await page.get_by_role("button", name="Retry these 2").click()
        await page.get_by_role("heading", name="Retried: 2").wait_for()
        await page.get_by_role("link", name="Webhooks").click()
        await page.get_by_role("button", name="Send again").click()
        await page.get_by_role("cell", name="on its way").wait_for()
        await page.get_by_role("link", name="Overview").click()
        await page.get_by_role("button", name="Pause the queue").click()
        await page.get_by_role("button", name="Resume the queue").wait_for()


@pytest.mark.sample
async def test_it_is_live(browser: Browser, api_url: str, decks: AsyncOrchestrator) -> None:
    """What comes in is counted on the page that is open, which need not be loaded again."""
    async with window(browser, api_url) as page:
        await page.clock.install()
        await page.goto("/console")
        await page.locator(".figure").first.get_by_text("0").wait_for()
        await submit(decks, "a")
        await page.clock.fast_forward(11_000)
        await page.locator(".figure").first.get_by_text("1").wait_for()


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
    ids = await fill(decks, database)
    jobs = [f"/console/jobs/{ids[name]}" for name in ("acme-q4", "weekly-9040", "north-board")]
    async with window(browser, api_url, color_scheme=scheme, bypass_csp=True, **size) as page:
        for path in (*PAGES, *jobs):
            await page.goto(path)
            await page.evaluate(OPEN)
            assert (path, await violations(page)) == (path, [])
            width = await page.evaluate("document.documentElement.scrollWidth")
            assert (path, width) == (path, size["viewport"]["width"])
