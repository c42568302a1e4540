"""The tools that an assistant has by MCP (Model Context Protocol).

Each is a request or two to the HTTP API, in the name of whoever calls it. So keys, scopes, limits and
tenants hold as for everybody else, and there is no second way in.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from deckgen.domain.decks import Deck
from deckgen.domain.finding import MAX_LISTED
from deckgen.domain.jobs import JobStatus
from deckgen.domain.requests import parse
from deckgen.queue.orchestrator_calls import problem_of

INSTRUCTIONS = (
    "deckgen turns a table and a question into a presentation in which every number is proved. Make a "
    "deck, ask for its status until it is completed, then read its facts, ask further questions about "
    "its table, or have all of it computed again. Quote numbers only as a fact's `display` says them."
)
READS = ToolAnnotations(read_only_hint=True)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False)

GENERATE = "/api/ai/generate-async"

Answer = dict[str, Any]
# Provides a client of the API in the name of whoever calls the tool.
Connect = Callable[[Context], AbstractAsyncContextManager[httpx.AsyncClient]]
UserId = Annotated[str, Field(description="The user whose deck it is")]
DeckId = Annotated[str, Field(description="Id of the deck")]


class Tools:
    """The tools; their docstrings are what an assistant reads of them."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    async def make_deck(
        self,
        context: Context,
        brief: Annotated[str, Field(description="The questions that the deck is to answer")],
        csv: Annotated[
            str | None, Field(description="The table as CSV, with a header; none without data")
        ] = None,
        deck_id: Annotated[
            str | None, Field(description="An id of your own; a deck of that id is made anew")
        ] = None,
        user_id: UserId = "assistant",
    ) -> Answer:
        """Ask for a presentation. It is made in the background: the answer has its jobId and deckId."""
        body = {
            "deckId": deck_id or str(uuid4()),
            "userId": user_id,
            "context": {"businessContext": brief},
            **({} if csv is None else {"csvData": csv}),
        }
        return await self._request(context, "POST", GENERATE, json=body)

    async def make_deck_of_file(
        self,
        context: Context,
        brief: Annotated[str, Field(description="The questions that the deck is to answer")],
        path: Annotated[Path, Field(description="A table on this machine: CSV, XLSX or Parquet")],
        user_id: UserId = "assistant",
    ) -> Answer:
        """Ask for a presentation about a table in a file, as `make_deck` does about a text."""
        try:
            content = await asyncio.to_thread(path.expanduser().read_bytes)
        except OSError as error:
            raise ToolError(f"{path} can't be read: {error.strerror}.") from error
        fields = {
            "deckId": str(uuid4()),
            "userId": user_id,
            "context": json.dumps({"businessContext": brief}),
        }
        file = {"csvData": (path.name, content, "application/octet-stream")}
        return await self._request(context, "POST", GENERATE, data=fields, files=file)

    async def deck_status(
        self, context: Context, job_id: Annotated[str, Field(description="Id of the job")]
    ) -> Answer:
        """Say how far a job is, what it waits for, and what went wrong, if anything did."""
        return await self._request(context, "GET", f"/api/ai/jobs/{_part(job_id)}")

    async def list_jobs(
        self,
        context: Context,
        status: Annotated[JobStatus | None, Field(description="Only jobs in this status")] = None,
        words: Annotated[str | None, Field(description="Words of their briefs or errors")] = None,
        limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 20,
        cursor: Annotated[str | None, Field(description="The nextCursor of the page before")] = None,
    ) -> Answer:
        """List jobs, the newest first."""
        asked = {"status": status, "q": words, "limit": limit, "cursor": cursor}
        query = {name: value for name, value in asked.items() if value is not None}
        return await self._request(context, "GET", "/api/ai/jobs", params=query)

    async def deck_facts(self, context: Context, deck_id: DeckId) -> Answer:
        """Read what a finished deck says: the titles of its slides, and each number with its query."""
        found = await self._request(context, "GET", f"/api/presentations/{_part(deck_id)}")
        if found.get("deck") is None:
            raise ToolError("The deck is not finished. Ask for the status of its job.")
        deck = parse(Deck, found["deck"])
        words = deck.reference_values()
        return {
            "deckId": deck_id,
            "title": words.filled(deck.title),
            "slides": [{"id": each.id, "title": words.filled(each.title)} for each in deck.slides],
            "facts": [
                {"id": each.id, "label": each.label, "display": each.display, "sql": each.sql}
                for each in deck.facts
            ],
        }

    async def ask(
        self,
        context: Context,
        deck_id: DeckId,
        question: Annotated[str, Field(description="A question, in your own words")],
    ) -> Answer:
        """Answer a question about a deck's table, with the query of each number. Nothing is kept."""
        place = f"/api/presentations/{_part(deck_id)}/ask"
        return await self._request(context, "POST", place, json={"question": question})

    async def verify(self, context: Context, deck_id: DeckId) -> Answer:
        """Compute everything in a deck again from its table, and name what does not hold."""
        return await self._request(context, "POST", f"/api/presentations/{_part(deck_id)}/verify")

    async def _request(self, context: Context, method: str, path: str, **options: Any) -> Answer:
        try:
            async with self._connect(context) as http:
                answer = await http.request(method, path, **options)
        except httpx.TransportError as error:
            raise ToolError(f"No deckgen answers ({type(error).__name__}).") from error
        if answer.is_success:
            said: Answer = answer.json()
            return said
        problem = problem_of(answer)
        raise ToolError(f"{problem['code']}: {problem['detail']}" if problem else "It did not answer.")


def server(connect: Connect, *, reads_files: bool = False) -> MCPServer:
    """Returns a server with the tools; one on the assistant's own machine `reads_files`."""
    made: MCPServer = MCPServer(
        "deckgen", title="deckgen", instructions=INSTRUCTIONS, version=version("deckgen")
    )
    tools = Tools(connect)
    made.add_tool(tools.make_deck, annotations=WRITES)
    if reads_files:
        made.add_tool(tools.make_deck_of_file, annotations=WRITES)
    for tool in (tools.deck_status, tools.list_jobs, tools.deck_facts, tools.ask, tools.verify):
        made.add_tool(tool, annotations=READS)
    return made


def _part(value: str) -> str:
    """Returns an id as a part of a path, whatever the assistant has made up."""
    return quote(value, safe="")
