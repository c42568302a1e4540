"""A whole deckgen whose model is the strict stand-in: processes, and a client inside the loop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deckgen.dev.fake_openai import Entry, FakeOpenAI
from deckgen.dev.fake_openai.faults import SILENCES
from deckgen.dev.fake_openai.oddities import BROKEN
from deckgen.dev.stack import Stack
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving

EXAMPLE = Path(__file__).parents[1] / "examples" / "newspaper_revenue.csv"
BRIEF = "How did newspaper revenue develop?"
QUICK = {
    "QUEUE_CONCURRENCY": "4",
    "USER_CONCURRENCY": "8",
    "LEASE_SECONDS": "3",
    "RECONCILE_SECONDS": "0.3",
    "RETRY_BASE_SECONDS": "0.02",
    "OPENAI_TIMEOUT_SECONDS": str(PATIENCE_SECONDS),
}
UNCOUNTED = ("no_usage", "fractional_usage", "negative_usage", "error_inside")
ESTIMATED = {*SILENCES, *BROKEN, *UNCOUNTED}  # faults of calls whose tokens nobody knows


@dataclass
class Api:
    """What tests ask of the HTTP API."""

    http: httpx.AsyncClient

    async def submit(self, deck_id: str, csv: str | None = None, **more: Any) -> str:
        """The id of a job about the example table, or another one."""
        body = {
            "deckId": deck_id,
            "userId": "u",
            "context": {"businessContext": BRIEF},
            "csvData": EXAMPLE.read_text() if csv is None else csv,
        }
        answer = await self.http.post("/api/ai/generate-async", json=body | more)
        assert answer.status_code == 202, answer.text
        job_id: str = answer.json()["jobId"]
        return job_id

    async def ended(self, job_id: str) -> dict[str, Any]:
        """The job at its end."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                job = await self.job(job_id)
                if job["status"] in ("completed", "failed", "cancelled"):
                    return job
                await asyncio.sleep(0.05)

    async def cancel(self, job_id: str) -> None:
        answer = await self.http.post(f"/api/ai/jobs/{job_id}/cancel")
        assert answer.status_code == 200, answer.text

    async def job(self, job_id: str) -> dict[str, Any]:
        job: dict[str, Any] = (await self.http.get(f"/api/ai/jobs/{job_id}")).json()
        return job

    async def completed(self, deck_id: str, csv: str | None = None, **more: Any) -> dict[str, Any]:
        """The deck of a new job."""
        job = await self.ended(await self.submit(deck_id, csv, **more))
        assert job["status"] == "completed", job["error"]
        return await self.deck(deck_id)

    async def deck(self, deck_id: str) -> dict[str, Any]:
        deck: dict[str, Any] = (await self.http.get(f"/api/presentations/{deck_id}")).json()["deck"]
        return deck

    async def verified(self, deck_id: str) -> dict[str, Any]:
        answer = await self.http.post(f"/api/presentations/{deck_id}/verify", timeout=PATIENCE_SECONDS)
        assert answer.status_code == 200, answer.text
        verification: dict[str, Any] = answer.json()
        return verification


@asynccontextmanager
async def model_stack(
    environment: Mapping[str, str],
    folder: Path,
    fake: FakeOpenAI,
    new: Callable[..., Stack] = Stack,
    /,
    **settings: str,
) -> AsyncIterator[tuple[Stack, Api]]:
    """API, worker and orchestrator as processes, which ask `fake`, a server in the test itself."""
    async with serving(fake.app()) as address:
        model = {"OPENAI_BASE_URL": f"{address}/v1", "OPENAI_API_KEY": fake.key}
        stack = new({**environment, **QUICK, **model, **settings}, folder)
        stack.start()
        try:
            await asyncio.to_thread(stack.wait_ready)
            async with httpx.AsyncClient(
                base_url=stack.url, timeout=PATIENCE_SECONDS, trust_env=False
            ) as http:
                yield stack, Api(http)
        finally:
            await asyncio.to_thread(stack.stop)


def written(deck: dict[str, Any]) -> list[dict[str, Any]]:
    """The slides that a model was to write."""
    return [slide for slide in deck["slides"] if slide["layout"] not in ("title", "appendix")]


def failed_checks(deck: dict[str, Any]) -> list[dict[str, Any]]:
    return [check for check in deck["quality"] if not check["passed"]]


async def assert_sound_and_counted(fake: FakeOpenAI, api: Api, deck_id: str, fault: str) -> None:
    """A new deck passes all checks and is verified, whatever failed. What was paid is counted: to the
    token if the provider counts, else it is no less than in the provider's ledger.
    """
    deck = await api.completed(deck_id)
    assert failed_checks(deck) == []
    verification = await api.verified(deck_id)
    assert verification["verified"], verification
    usage, ledger = deck["usage"], billed(fake.ledger)
    counted = (usage["calls"], usage["tokensIn"], usage["tokensOut"])
    estimated = usage.get("estimated", 0)  # absent where there are none
    assert (estimated > 0) == (fault in ESTIMATED)
    assert all(one >= other for one, other in zip(counted, ledger, strict=True))
    assert estimated or counted == ledger


def billed(ledger: list[Entry]) -> tuple[int, int, int]:
    """Calls, tokens in and tokens out that are to be paid for."""
    own = [entry for entry in ledger if entry.billed]
    into = sum(entry.prompt_tokens for entry in own)
    return len(own), into, sum(entry.completion_tokens for entry in own)
