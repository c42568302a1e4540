"""One execution of a job, against a real PostgreSQL and Redis and a stand-in orchestrator."""

import asyncio
import gzip
from collections.abc import Callable

import pytest
from starlette.responses import JSONResponse, Response

from deckgen.domain.jobs import JobStatus
from deckgen.domain.presentations import PresentationStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.attempt import run_attempt
from deckgen.worker.lifecycle import drain
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.signatures import unsigned
from tests.stand_in import OFFLINE, StandIn, answer, held, problem
from tests.upgrades import CSV
from tests.work import attempt, work


async def test_completes(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """A job runs every step once, in order, and its deck is what the last step answered."""
    job = await attempt(runtime, decks, job_id)
    presentation = await decks.get_presentation("deck-1")
    assert job.status is JobStatus.COMPLETED
    assert job.progress.percent == 100
    assert stand_in.steps == OFFLINE
    assert presentation.status is PresentationStatus.COMPLETED
    assert unsigned(presentation.deck) == {"made": "assemble"}


async def test_sends_the_data_and_the_inputs(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """Steps that read the table get its bytes; each step gets the results that it builds on."""
    await attempt(runtime, decks, job_id)
    profile, facts, draft, _ = stand_in.calls
    assert profile.dataset is not None
    assert gzip.decompress(profile.dataset) == CSV.encode()
    assert facts.request["inputs"] == {"profile": {"made": "profile"}}
    assert draft.dataset is None
    assert draft.request["brief"]["businessContext"] == "How are sales?"


async def test_a_brief_alone_has_no_steps_about_data(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """Without a table there is nothing to profile: only what can be done is done and counted."""
    submitted = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Hi"})
    job = await attempt(runtime, decks, submitted.job_id)
    assert stand_in.steps == [Step.DRAFT, Step.ASSEMBLE]
    assert (job.status, job.progress.percent) == (JobStatus.COMPLETED, 100)


async def test_events_are_numbered(
    runtime: Runtime, decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """Everything that happens to a job is an event, numbered from one without a gap."""
    await attempt(runtime, decks, job_id)
    rows = await database.fetch("SELECT number, kind FROM job_events ORDER BY number")
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["kind"] for row in rows] == [
        "job.accepted",
        "job.started",
        *["step.completed"] * len(OFFLINE),
        "job.completed",
    ]


async def test_a_retry_goes_on_from_the_checkpoint(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """After a failure that may pass, the job is delayed; the next attempt repeats no finished step."""
    stand_in.answers[Step.DRAFT] = [problem(500, "broken", retryable=True)]
    delayed = await attempt(runtime, decks, job_id)
    assert delayed.status is JobStatus.DELAYED
    assert delayed.error is not None
    assert delayed.error.code == "broken"
    completed = await attempt(runtime, decks, job_id)
    assert completed.status is JobStatus.COMPLETED
    assert completed.attempts == 2
    assert completed.error is None
    assert stand_in.steps == [Step.PROFILE, Step.FACTS, Step.DRAFT, Step.DRAFT, Step.ASSEMBLE]
    assert stand_in.calls[2].key == stand_in.calls[3].key


async def test_attempts_are_bounded(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """The third failure in a row is final, and the deck says why."""
    stand_in.answers[Step.PROFILE] = [problem(500, "broken", retryable=True)] * 3
    for _ in range(3):
        job = await attempt(runtime, decks, job_id)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.message == "It is broken. It was tried 3 times."
    presentation = await decks.get_presentation("deck-1")
    assert presentation.status is PresentationStatus.ERROR
    assert presentation.error_message == job.error.message


async def test_a_permanent_error_is_not_retried(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """Data that can't be read fails the job at its first attempt, with the reason."""
    stand_in.answers[Step.PROFILE] = [problem(422, "no_rows", retryable=False)]
    job = await attempt(runtime, decks, job_id)
    assert job.status is JobStatus.FAILED
    assert job.attempts == 1
    assert job.error is not None
    assert (job.error.code, job.error.message) == ("no_rows", "It is no_rows.")


async def test_retry_after_is_respected(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """The next attempt waits for as long as the orchestrator asks."""
    busy = problem(429, "busy", retryable=True, headers={"Retry-After": "600"})
    stand_in.answers[Step.PROFILE] = [busy]
    job = await attempt(runtime, decks, job_id)
    assert job.run_after is not None
    assert job.started_at is not None
    assert (job.run_after - job.started_at).total_seconds() >= 600


@pytest.mark.parametrize(
    "response",
    [
        Response(b"{", media_type="application/json"),
        JSONResponse({"no": "result"}),
        Response("proxy error", 500),
        Response("sent by a proxy", 413, media_type="text/html"),
    ],
)
async def test_a_malformed_answer_is_an_error(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str, response: Response
) -> None:
    """Whatever is not a result is never saved as one."""
    stand_in.answers[Step.PROFILE] = [answer(response)]
    job = await attempt(runtime, decks, job_id)
    assert job.error is not None
    assert job.progress.percent == 0


async def test_one_claim(new_runtime: Callable[[], Runtime], stand_in: StandIn, job_id: str) -> None:
    """Two workers that are handed the same job do its work once."""
    await asyncio.gather(*(run_attempt(new_runtime(), job_id, 1) for _ in range(2)))
    assert stand_in.steps == OFFLINE


async def test_drain_releases_after_the_step_in_flight(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """A draining worker saves the step in flight and gives the job back; no attempt is used."""
    go_on = asyncio.Event()
    stand_in.answers[Step.FACTS] = [held(go_on, {"made": "facts"})]
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.FACTS].wait()
    draining = asyncio.create_task(drain(runtime))
    await runtime.draining.wait()
    go_on.set()
    await asyncio.gather(running, draining)
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.WAITING
    assert job.attempts == 0
    assert job.progress.percent == 30


async def test_drain_is_bounded(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """A step that does not end in time is given up; the job is released, not failed."""
    runtime.settings = runtime.settings.model_copy(update={"drain_seconds": 0.05})
    never = asyncio.Event()
    stand_in.answers[Step.PROFILE] = [held(never, None)]
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.PROFILE].wait()
    await asyncio.gather(running, drain(runtime))
    never.set()
    job = await decks.get_job_status(job_id)
    assert (job.status, job.attempts) == (JobStatus.WAITING, 0)
