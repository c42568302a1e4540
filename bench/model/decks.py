"""Decks made over HTTP with the whole stack, and what was seen of each."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bench.model.table import BRIEF
from bench.queue.ground import Ground
from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.dev.processes import LOOPBACK, free_port
from deckgen.dev.stack import Stack

LOOK_SECONDS = 1.0  # many clients that look often would be what is measured; a job says when it ended
SETTINGS = {
    "QUEUE_CONCURRENCY": "20",
    "USER_CONCURRENCY": "20",
    "OPENAI_CONCURRENCY": "400",
}


@dataclass(frozen=True)
class Made:
    """Seconds of one deck: from its POST and from its acceptance to its end, to its draft, by step."""

    ended: datetime
    whole: float
    job: float
    draft: float
    steps: dict[str, float]
    usage: dict[str, Any]

    @property
    def critical(self) -> float:
        """Reading and understanding the table, and two calls of a second: nothing can be faster."""
        return self.steps["profile"] + self.steps["facts"] + 2.0


@asynccontextmanager
async def stack(ground: Ground, latency: float) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A client of the API, and the address of the provider, which takes so many seconds a call."""
    port = free_port()
    command = [sys.executable, "-m", "deckgen.dev.fake_openai", "--port", str(port)]
    provider = ground.start("model", [*command, "--latency", str(latency)], {})
    url = f"http://{LOOPBACK}:{port}/v1"
    model = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": FakeOpenAI.key}
    try:
        with Stack(ground.environment | SETTINGS | model, ground.folder) as running:
            async with httpx.AsyncClient(base_url=running.url, timeout=60, trust_env=False) as http:
                yield http, url
    finally:
        provider.terminate()
        provider.wait()


def ready(http: httpx.AsyncClient, table: Path) -> httpx.Request:
    """The request for a deck of 12 slides about the table, written down to its last byte."""
    deck_id = f"deck-{uuid4()}"
    context = f'{{"businessContext": "{BRIEF}", "slideCount": 12}}'
    form = {"deckId": (None, deck_id), "userId": (None, "bench"), "context": (None, context)}
    files = [*form.items(), ("csvData", (table.name, table.read_bytes()))]
    request = http.build_request("POST", "/api/ai/generate-async", files=files)
    request.read()
    return request


async def make(http: httpx.AsyncClient, request: httpx.Request) -> Made:
    """The deck that is asked for."""
    answer = await http.send(request)
    job = answer.raise_for_status().json()
    while (found := (await http.get(job["statusUrl"])).json())["status"] != "completed":
        if found["status"] == "failed":
            raise RuntimeError(found["error"])
        await asyncio.sleep(LOOK_SECONDS)
    if not found["usage"]["calls"]:
        raise RuntimeError("The provider does not answer.")
    accepted, ended = (datetime.fromisoformat(found[name]) for name in ("createdAt", "finishedAt"))
    seconds = (ended - accepted).total_seconds()
    posted = answer.elapsed.total_seconds()
    steps = {one["name"]: one["seconds"] for one in found["progress"]["steps"]}
    drafted = await _when(http, found["jobId"], "draft.ready") - accepted
    drafted_after = posted + drafted.total_seconds()
    return Made(ended, posted + seconds, seconds, drafted_after, steps, found["usage"])


async def _when(http: httpx.AsyncClient, job_id: str, kind: str) -> datetime:
    """When something happened to a job that is over."""
    events = (await http.get(f"/api/ai/jobs/{job_id}/events")).text
    told = (line.removeprefix("data: ") for line in events.splitlines() if line.startswith("data: "))
    return next(
        datetime.fromisoformat(event["createdAt"])
        for event in map(json.loads, told)
        if event["kind"] == kind
    )
