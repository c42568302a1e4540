"""The page /docs in a browser: what it fills in is accepted."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, Response

from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import CSV
from tests.browser import chromium
from tests.keys import new_key
from tests.serving import serving

pytestmark = [pytest.mark.looks, pytest.mark.contract]
PATH = "/api/ai/generate-async"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
async def page(browser: Browser, api_url: str) -> AsyncIterator[Page]:
    opened = await browser.new_page()
    await opened.goto(f"{api_url}/docs")
    yield opened
    await opened.close()


async def form(page: Page, kind: str) -> Locator:
    """The form by which a deck is requested, for bodies of this kind."""
    operation = page.locator("#operations-default-generate")
    await operation.locator(".opblock-summary").first.click()
    await operation.locator("button.try-out__btn").click()
    kinds = operation.locator(".opblock-section-request-body select").first
    await kinds.select_option(kind)
    return operation


async def executed(page: Page, operation: Locator) -> Response:
    async with page.expect_response(lambda response: response.url.endswith(PATH)) as answer:
        await operation.locator("button.execute").click()
    return await answer.value


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data"])
async def test_what_the_page_fills_in_is_accepted(page: Page, kind: str) -> None:
    """Whoever only presses Execute gets a job, by either kind of body."""
    answer = await executed(page, await form(page, kind))
    assert answer.status == 202


async def test_a_file_is_chosen(page: Page, api: httpx.AsyncClient) -> None:
    """A table that is chosen on the page comes under its own name."""
    operation = await form(page, "multipart/form-data")
    table: Any = {"name": "sales.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    await operation.locator("input[type=file]").set_input_files(table)
    answer = await executed(page, operation)
    assert answer.status == 202
    job = (await api.get((await answer.json())["statusUrl"])).json()
    assert job["progress"]["steps"][0]["name"] == "profile"


async def test_a_key_is_sent(browser: Browser, settings: Settings, decks: AsyncOrchestrator) -> None:
    """Where keys are asked for, the page says so, takes one, and sends it with each request."""
    keyed = settings.model_copy(update={"auth": "keys"})
    async with serving(create_app(keyed)) as url:
        page = await browser.new_page()
        await page.goto(f"{url}/docs")
        operation = page.locator("#operations-default-find")
        await operation.locator(".opblock-summary").first.click()
        await operation.locator("button.try-out__btn").click()
        for key, status in ((None, 401), (await new_key(decks), 200)):
            if key:
                await page.locator("button.authorize").first.click()
                await page.locator(".modal-ux input").fill(key)
                await page.locator(".modal-ux button.authorize").click()
                await page.locator(".modal-ux button.btn-done").click()
            async with page.expect_response(lambda one: "/api/ai/jobs" in one.url) as answer:
                await operation.locator("button.execute").click()
            assert (await answer.value).status == status
        await page.close()
