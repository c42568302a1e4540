"""The events of a job over HTTP: every one, once, in order, to the end."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.steps import Step
from deckgen.queue import event_stream
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.serving import serving
from tests.stand_in import StandIn, held
from tests.streams import events

ALL = ["job.accepted", "job.started", "step.completed", "step.completed", "job.completed"]


@pytest.fixture(autouse=True)
def _no_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found by looking: events come because they are told of."""
    monkeypatch.setattr(event_stream, "LOOK_SECONDS", 3600)


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    async with serving(app) as url, patient(url) as client:
        yield client


@pytest.fixture
async def job_id(decks: AsyncOrchestrator) -> str:
    one = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Test"})
    return one.job_id


async def test_the_stream_ends_with_the_job(
    api: httpx.AsyncClient, runtime: Runtime, job_id: str
) -> None:
    """A client that listens from the start hears everything and is let go at the end."""
    running = asyncio.create_task(run_attempt(runtime, job_id, 1))
    heard = [event async for event in events(api, job_id)]
    await running
    assert [event["event"] for event in heard] == ALL
    assert [event["id"] for event in heard] == ["1", "2", "3", "4", "5"]
    assert json.loads(heard[2]["data"])["data"]["step"] == "draft"


async def test_events_come_while_the_job_runs(
    api: httpx.AsyncClient, runtime: Runtime, stand_in: StandIn, job_id: str
) -> None:
    """An event is heard before the next one happens."""
    go_on = asyncio.Event()
    stand_in.answers[Step.ASSEMBLE] = [held(go_on, {"made": "assemble"})]
    running = asyncio.create_task(run_attempt(runtime, job_id, 1))
    async for event in events(api, job_id):
        if event["event"] == "step.completed":
            go_on.set()
    await running
    assert event["event"] == "job.completed"


async def test_a_stream_is_resumed(api: httpx.AsyncClient, runtime: Runtime, job_id: str) -> None:
    """With Last-Event-ID nothing is told twice and nothing is left out."""
    await run_attempt(runtime, job_id, 1)
    heard = [event["id"] async for event in events(api, job_id, after=3)]
    assert heard == ["4", "5"]


async def test_nothing_more_to_tell(api: httpx.AsyncClient, runtime: Runtime, job_id: str) -> None:
    """Who has heard the end is told not to come back."""
    await run_attempt(runtime, job_id, 1)
    response = await api.get(f"/api/ai/jobs/{job_id}/events", headers={"Last-Event-ID": "5"})
    assert response.status_code == 204


async def test_bad_requests(api: httpx.AsyncClient, job_id: str) -> None:
    """A number that no event has, and a job that is none, are refused before any stream begins."""
    for number in ("x", "-1", "2", "99999999999999999999"):
        bad = await api.get(f"/api/ai/jobs/{job_id}/events", headers={"Last-Event-ID": number})
        assert (bad.status_code, bad.json()["code"]) == (400, "invalid_last_event_id")
    for unknown in ("unknown", str(uuid4())):
        answer = await api.get(f"/api/ai/jobs/{unknown}/events")
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


async def test_control_over_http(api: httpx.AsyncClient, job_id: str) -> None:
    """Priority, pause, cancel and retry are reached by their URLs, and say no as problems."""
    changed = await api.patch(f"/api/ai/jobs/{job_id}", json={"priority": 9})
    wrong = await api.patch(f"/api/ai/jobs/{job_id}", json={"priority": 11})
    paused = await api.post("/api/ai/queue/pause")
    resumed = await api.post("/api/ai/queue/resume")
    cancelled = await api.post(f"/api/ai/jobs/{job_id}/cancel")
    retried = await api.post(f"/api/ai/jobs/{job_id}/retry")
    assert changed.json()["priority"] == 9
    assert wrong.json()["code"] == "invalid_request"
    assert (paused.json()["paused"], resumed.json()["paused"]) == (True, False)
    assert cancelled.json()["status"] == "cancelled"
    assert (retried.status_code, retried.json()["code"]) == (409, "job_not_failed")


async def test_a_former_name_is_told_as_well(
    api: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    job_id: str,
) -> None:
    """Who listens for the name of before hears it, without an id, and then the event itself."""
    await run_attempt(runtime, job_id, 1)
    await database.execute("UPDATE job_events SET kind = 'draft_ready' WHERE number = 3")
    heard = [(event.get("id"), event["event"]) async for event in events(api, job_id)]
    assert heard[2:4] == [(None, "draft_ready"), ("3", "draft.ready")]
    assert len(heard) == len(ALL) + 1
