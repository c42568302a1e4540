"""A worker inside another application: `start_worker()`, and the API with AUTO_START_WORKER."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from arq.worker import Worker

from deckgen import AsyncOrchestrator, start_worker
from deckgen.config.settings import Settings, load_settings
from deckgen.domain.jobs import Job, JobStatus
from deckgen.domain.signing_keys import to_base64url
from deckgen.domain.steps import Step
from deckgen.web.app import create_app
from deckgen.worker.embedded import EmbeddedWorker
from tests.clients import patient
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving
from tests.signatures import KEY
from tests.stand_in import StandIn, held

BRIEF = {"businessContext": "Test"}


@pytest.fixture
async def stand_in(
    configured: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[StandIn]:
    """A stand-in orchestrator at ORCHESTRATOR_URL."""
    stand_in = StandIn()
    async with serving(stand_in.app()) as url:
        monkeypatch.setenv("ORCHESTRATOR_URL", url)
        yield stand_in


@pytest.fixture
def settings(stand_in: StandIn) -> Settings:
    return load_settings()


async def ended(decks: AsyncOrchestrator, job_id: str) -> Job:
    """The job at its end, which this process learns only by asking."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (job := await decks.get_job_status(job_id)).status.is_terminal:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return job


async def test_start_worker(decks: AsyncOrchestrator) -> None:
    """Three lines of a Python application make decks: enqueue, start a worker, ask."""
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    worker = await start_worker()
    job = await ended(decks, submitted.job_id)
    await worker.stop()
    assert job.status is JobStatus.COMPLETED


async def test_stop_drains(decks: AsyncOrchestrator, stand_in: StandIn) -> None:
    """Stopping saves the step in flight and releases the job, and ends every task of the worker."""
    go_on = asyncio.Event()
    stand_in.answers[Step.DRAFT] = [held(go_on, {"made": "draft"})]
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    before = asyncio.all_tasks()
    worker = await start_worker()
    await stand_in.called[Step.DRAFT].wait()
    stopping = asyncio.create_task(worker.stop())
    go_on.set()
    await stopping
    job = await decks.get_job_status(submitted.job_id)
    assert (job.status, job.attempts, job.progress.percent) == (JobStatus.WAITING, 0, 45)
    assert {task for task in asyncio.all_tasks() if task not in before and not task.done()} == set()


async def test_a_worker_that_ends_by_itself(
    decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one takes its place, and does the jobs."""
    ended_once = asyncio.Event()

    async def fails(self: Worker) -> None:
        monkeypatch.undo()
        ended_once.set()
        raise RuntimeError("a bug")

    monkeypatch.setattr(Worker, "_poll_iteration", fails)
    worker = await start_worker()
    await ended_once.wait()
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    job = await ended(decks, submitted.job_id)
    await worker.stop()
    assert job.status is JobStatus.COMPLETED


async def test_the_api_with_a_worker_inside(settings: Settings, decks: AsyncOrchestrator) -> None:
    """With AUTO_START_WORKER the API alone brings a job to its end."""
    app = create_app(settings, worker=EmbeddedWorker())
    async with serving(app) as url, patient(url) as client:
        body = {"deckId": "d", "userId": "u", "context": BRIEF}
        job_id = (await client.post("/api/ai/generate-async", json=body)).json()["jobId"]
        job = await ended(decks, job_id)
    assert job.status is JobStatus.COMPLETED


async def test_a_worker_tells_its_key_at_once(
    decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The public part of DECK_SIGNING_KEY can be fetched before there is a deck that it has signed."""
    monkeypatch.setenv("DECK_SIGNING_KEY", to_base64url(KEY.seed))
    load_settings.cache_clear()
    worker = await start_worker()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (listed := (await decks.get_signing_keys()).keys):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await worker.stop()
    assert [key.kid for key in listed] == [KEY.public.key_id]
