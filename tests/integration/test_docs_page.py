"""The page /docs in a browser: what it fills in is accepted."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, Response

from tests.asked import CSV
from tests.browser import chromium

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
