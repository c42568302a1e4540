"""One hostile table after the other through the whole stack, and what became of each."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from bench.queue.figures import until

AT_ONCE = 4
LONGEST_SECONDS = 300.0
Table = tuple[str, bytes]


@dataclass
class Ends:
    """How often each end came; `bugs` are the tables that got no reason."""

    counts: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)

    def add(self, name: str, end: str) -> None:
        self.counts[end] += 1
        if end in ("internal_error", "500"):
            self.bugs.append(name)


async def upload(http: httpx.AsyncClient, tables: Sequence[Table]) -> Ends:
    """Have a deck made of each table, some at a time, until every job has ended."""
    ends, places = Ends(), asyncio.Semaphore(AT_ONCE)

    async def one(name: str, content: bytes) -> None:
        async with places:
            ends.add(name, await _end(http, content))

    await asyncio.gather(*(one(*table) for table in tables))
    return ends


async def _end(http: httpx.AsyncClient, content: bytes) -> str:
    """`completed`, or the code of the refusal or of the job's error."""
    form = {
        "deckId": f"hostile-{uuid4()}",
        "userId": "bench",
        "context": '{"businessContext": "What grew?"}',
    }
    answer = await http.post("/api/ai/generate-async", data=form, files={"csvData": ("t", content)})
    if answer.status_code != httpx.codes.ACCEPTED:
        return str(answer.json().get("code", answer.status_code))
    url = answer.json()["statusUrl"]

    async def ended() -> str | None:
        job = (await http.get(url)).json()
        if job["status"] == "completed":
            return "completed"
        return str(job["error"]["code"]) if job["status"] == "failed" else None

    return await until(ended, "the end of a job", LONGEST_SECONDS, every=0.2)
