"""An assistant makes and reads decks by MCP: the official SDK's client, over HTTP and by a command."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from pydantic import HttpUrl

from deckgen.config.settings import Settings
from deckgen.domain.access import Scope
from deckgen.orchestrator.app import create_app as orchestrator
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.runtime import Runtime
from tests.keys import new_key, with_key
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving
from tests.work import work

CSV = "month,region,sales\n" + "".join(
    f"2025-{month:02},{region},{month * size}\n"
    for month in range(1, 13)
    for region, size in (("North", 3), ("South", 5))
)
TOOLS = {"make_deck", "deck_status", "list_jobs", "deck_facts", "ask", "verify"}


@pytest.fixture
async def real(settings: Settings) -> AsyncIterator[str]:
    """The address of an orchestrator that reads tables."""
    async with serving(orchestrator(settings)) as url:
        yield url


@pytest.fixture
async def keyed(settings: Settings, real: str) -> AsyncIterator[str]:
    """The address of an API that asks for keys."""
    changed = settings.model_copy(update={"orchestrator_url": HttpUrl(real), "auth": "keys"})
    async with serving(create_app(changed)) as url:
        yield url


@asynccontextmanager
async def over_http(url: str, key: str) -> AsyncIterator[Client]:
    async with (
        httpx2.AsyncClient(headers=with_key(key), timeout=PATIENCE_SECONDS) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
    ):
        yield client


@asynccontextmanager
async def by_command(url: str, key: str) -> AsyncIterator[Client]:
    server = StdioServerParameters(
        command=str(Path(sys.executable).parent / "deckgen"),
        args=["mcp"],
        env={"DECKGEN_URL": url, "DECKGEN_API_KEY": key},
    )
    async with Client(server) as client:
        yield client


async def said(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    found: dict[str, Any] | None = result.structured_content
    assert found is not None
    return found


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)  # type: ignore[union-attr]


@pytest.mark.parametrize("connected", [over_http, by_command])
async def test_from_a_table_to_its_proof(
    keyed: str, real: str, decks: AsyncOrchestrator, runtime: Runtime, connected: Any
) -> None:
    """It asks for a deck, waits, reads its facts, asks a further question and has it verified."""
    await runtime.orchestrator.close()
    runtime.orchestrator = OrchestratorClient(real, timeout=PATIENCE_SECONDS, connections=4)
    async with connected(keyed, await new_key(decks)) as client:
        more = {"make_deck_of_file"} if connected is by_command else set()
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS | more
        job = await said(client, "make_deck", brief="Which region has the highest sales?", csv=CSV)
        asked_for = {"job_id": job["jobId"]}
        assert (await said(client, "deck_status", **asked_for))["status"] == "waiting"
        assert "not finished" in await refused(client, "deck_facts", deck_id=job["deckId"])
        await work(runtime, job["jobId"])
        assert (await said(client, "deck_status", **asked_for))["status"] == "completed"
        listed = await said(client, "list_jobs", status="completed")
        assert [each["jobId"] for each in listed["jobs"]] == [job["jobId"]]
        facts = await said(client, "deck_facts", deck_id=job["deckId"])
        assert any("South" in slide["title"] for slide in facts["slides"])
        assert any(fact["display"] == "390" and fact["sql"] for fact in facts["facts"])
        replies = await said(client, "ask", deck_id=job["deckId"], question="How much sales has North?")
        assert "234" in str(replies)
        assert (await said(client, "verify", deck_id=job["deckId"]))["verified"] is True


async def test_a_table_on_this_machine(keyed: str, decks: AsyncOrchestrator, tmp_path: Path) -> None:
    """By the command a file is sent as it is; one that there is not is named."""
    table = tmp_path / "sales.csv"
    table.write_text(CSV)
    async with by_command(keyed, await new_key(decks)) as client:
        missing = await refused(client, "make_deck_of_file", brief="Why?", path=f"{table}.gone")
        assert "No such file" in missing
        job = await said(client, "make_deck_of_file", brief="Why?", path=str(table))
    assert (await decks.get_job_status(job["jobId"])).status == "waiting"


async def test_what_a_key_may_not(keyed: str, decks: AsyncOrchestrator) -> None:
    """A key that may only read asks for no deck, and another tenant's sees none of it."""
    async with over_http(keyed, await new_key(decks, Scope.READ)) as client:
        assert "scope_missing" in await refused(client, "make_deck", brief="How are sales?")
    async with over_http(keyed, await new_key(decks)) as client:
        job = await said(client, "make_deck", brief="How are sales?")
    async with over_http(keyed, await new_key(decks.of("beta"))) as client:
        assert "job_not_found" in await refused(client, "deck_status", job_id=job["jobId"])
        assert (await said(client, "list_jobs"))["jobs"] == []
        assert "not_found" in await refused(client, "deck_status", job_id="../queue/pause")


async def test_under_the_name_that_the_server_has(decks: AsyncOrchestrator, keyed: str) -> None:
    """Which hosts are served is said once, by ALLOWED_HOSTS, and not a second time by the SDK."""
    headers = with_key(await new_key(decks)) | {"Host": "127.0.0.1", "Accept": "application/json"}
    hello = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    async with httpx.AsyncClient(base_url=keyed, timeout=PATIENCE_SECONDS) as http:
        answer = await http.post("/mcp", json=hello, headers=headers)
    assert "host" not in answer.text.lower()
    assert answer.status_code != 421


async def test_without_a_key(keyed: str) -> None:
    """Nobody is let in, before a message is read."""
    async with httpx.AsyncClient(base_url=keyed, timeout=PATIENCE_SECONDS) as http:
        answer = await http.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert (answer.status_code, answer.json()["code"]) == (401, "key_missing")


async def test_a_start_pays_nothing_for_it() -> None:
    """An API that serves no assistant does not load the SDK."""
    code = "import sys, deckgen.api, deckgen.web.app, deckgen.cli.app; print('mcp' in sys.modules)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    assert (await process.communicate())[0] == b"False\n"
