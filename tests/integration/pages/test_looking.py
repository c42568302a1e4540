"""How a table is read, shown on the first page before there is a deck, and set right there."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import HttpUrl

from deckgen.config.settings import Settings
from deckgen.domain.new_decks import Correction, packed, unpacked
from deckgen.orchestrator import app as orchestrator
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.people import AS_BROWSER
from tests.serving import serving

CSV = "order_id,region,revenue\n" + "".join(f"O{n},{'ab'[n % 2]},{n * 37 % 90}\n" for n in range(60))
HOSTILE = """<img src=x onerror=alert(1)>"'{{ 7*7 }}"""


@pytest.fixture
async def looking(settings: Settings, decks: AsyncOrchestrator) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at an API that has an orchestrator."""
    async with serving(orchestrator.create_app(settings)) as url:
        api = create_app(settings.model_copy(update={"orchestrator_url": HttpUrl(url)}))
        async with (
            serving(api) as address,
            patient(address, headers=AS_BROWSER | {"Origin": address}) as client,
        ):
            yield client


async def look(
    client: httpx.AsyncClient, table: str = CSV, name: str = "orders.csv", **fields: str
) -> str:
    sent: dict[str, Any] = {"data": fields, "files": {"csvData": (name, table)}}
    answer = await client.post("/look", **sent)
    assert answer.status_code == 200
    return answer.text


async def test_each_column_is_shown_with_its_reason(looking: httpx.AsyncClient) -> None:
    """What a column is taken for stands there with why, and the question as it is understood."""
    page = await look(looking, question="Revenue by region?")
    assert "orders.csv has 60 rows" in page
    assert "Amount that adds up" in page
    assert "“revenue” adds up, so it is summed" in page
    assert "ranking: revenue, by region" in page


async def test_what_is_set_right_is_said_so(looking: httpx.AsyncClient) -> None:
    """A correction is decided anew, and marked as the person's."""
    wrong = {"column-2": "revenue", "taken-2": "price", "better-2": "lower"}
    page = await look(looking, question="Revenue by region?", **wrong)
    assert "the request says so" in page
    assert "set by you" in page
    assert re.search(r'value="price" selected', page)
    assert Correction(column="revenue", taken="price", better="lower").setting() == {
        "kind": "price",
        "better": "lower",
    }


async def test_a_page_without_script_holds_the_table(
    looking: httpx.AsyncClient, decks: AsyncOrchestrator
) -> None:
    """The file is chosen once: the page that shows it makes the deck of it, with what was set right."""
    page = await look(looking, question="Revenue by region?")
    held = re.search(r'name="heldTable" value="([^"]+)"', page)
    assert held is not None
    assert unpacked(held[1]) == CSV.encode()
    fields = {
        "question": "Revenue by region?", "heldTable": held[1], "heldName": "orders.csv",
        "column-2": "revenue", "taken-2": "price",
    }  # fmt: skip
    made = await looking.post("/", data=fields, files={"csvData": ("", b"")})
    assert made.status_code == 303
    (job,) = (await decks.find_jobs({})).jobs
    assert job.brief == "Revenue by region?"


def test_only_a_table_of_that_size_is_held() -> None:
    """A large one is chosen again, and what was changed or unpacks to more is no table."""
    assert packed(b"x" * 2_000_001) == ""
    assert unpacked("not base64") is None
    assert unpacked(packed(b"a,b\n1,2\n")[:-8]) is None


async def test_a_part_of_the_page_for_a_script(looking: httpx.AsyncClient) -> None:
    """A script gets the panel alone, which holds no table: the form still has the file."""
    sent: dict[str, Any] = {"data": {"question": "How?"}, "files": {"csvData": ("o.csv", CSV)}}
    part = (await looking.post("/look", headers={"HX-Request": "true"}, **sent)).text
    assert "<html" not in part
    assert "heldTable" not in part
    assert "Taken for" in part


async def test_a_file_that_can_t_be_read_says_why(looking: httpx.AsyncClient) -> None:
    """What is wrong stands where the columns would."""
    page = await look(looking, table="%PDF-1.7 of no table", name="broken.csv")
    assert "broken.csv can’t be read" in page
    assert 'role="alert"' in page


async def test_the_example_fills_in_a_table_and_a_question(looking: httpx.AsyncClient) -> None:
    """Whoever has no table at hand sees what one gives."""
    answer = await looking.post("/look", data={"example": "1"}, files={"csvData": ("", b"")})
    assert "newspaper_revenue.csv has 65 rows" in answer.text
    assert "How did revenue develop" in answer.text


async def test_what_a_table_says_is_no_page(looking: httpx.AsyncClient) -> None:
    """Names of files, columns and values are shown as text."""
    table = f'region,"{HOSTILE.replace(chr(34), chr(34) * 2)}"\na,1\nb,2\n'
    page = await look(looking, table=table, name="<img src=x>.csv", question=HOSTILE)
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
