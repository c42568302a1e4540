"""The page /docs in a browser: what it fills in is accepted."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, Response

from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import CSV, REQUEST
from tests.browser import chromium
from tests.databases import OwnDatabase
from tests.decks import sample_deck
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
    operation = page.locator("#requestDeck")
    await operation.locator("summary").click()
    await operation.locator("select").select_option(kind)
    return operation


async def executed(page: Page, operation: Locator) -> Response:
    async with page.expect_response(lambda response: response.url.endswith(PATH)) as answer:
        await operation.get_by_role("button", name="Send").click()
    return await answer.value


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data"])
async def test_what_the_page_fills_in_is_accepted(page: Page, kind: str) -> None:
    """Whoever only presses Send gets a job, by either kind of body."""
    answer = await executed(page, await form(page, kind))
    assert answer.status == 202


async def test_a_file_is_chosen(page: Page, api: httpx.AsyncClient) -> None:
    """A table that is chosen on the page comes under its own name."""
    operation = await form(page, "multipart/form-data")
    table: Any = {"name": "sales.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    await operation.locator("[name=csvData]").set_input_files(table)
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
        operation = page.locator("#findJobs")
        await operation.locator("summary").click()
        for key, status in ((None, 401), (await new_key(decks), 200)):
            if key:
                await page.locator("#key").fill(key)
            async with page.expect_response(lambda one: "/api/ai/jobs" in one.url) as answer:
                await operation.get_by_role("button", name="Send").click()
            assert (await answer.value).status == status
        await page.close()


async def test_events_are_shown_as_they_come(page: Page, api: httpx.AsyncClient) -> None:
    """Whoever follows a job on the page reads its first event while the stream goes on."""
    job = (await api.post(PATH, json=REQUEST)).json()["jobId"]
    operation = page.locator("#followJob")
    await operation.locator("summary").click()
    await operation.locator("[name='path:jobId']").fill(job)
    await operation.get_by_role("button", name="Send").click()
    await operation.get_by_text("job.accepted").wait_for()


async def test_a_file_is_offered(page: Page, database: OwnDatabase) -> None:
    """A download is saved under the deck's name."""
    await database.execute(
        "INSERT INTO presentations (id, user_id, status, final_deck_json, completed_at) "
        "VALUES ('d', 'u', 'completed', $1, now())",
        sample_deck().to_json(),
    )
    operation = page.locator("#getPdf")
    await operation.locator("summary").click()
    await operation.locator("[name='path:deckId']").fill("d")
    await operation.get_by_role("button", name="Send").click()
    async with page.expect_download() as download:
        await operation.get_by_role("link", name="Save d.pdf").click()
    assert (await download.value).suggested_filename == "d.pdf"
