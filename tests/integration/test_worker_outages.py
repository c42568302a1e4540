"""An outage uses no attempt of a job, and a job that brings servers down does not go on for ever."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from starlette.responses import Response, StreamingResponse

from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.leases import MAX_CRASHES
from deckgen.worker import orchestrator_client
from deckgen.worker import orchestrator_gate as module
from deckgen.worker.jobs.generate_deck import generate_deck
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.orchestrator_gate import OrchestratorGate
from deckgen.worker.runtime import Runtime
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import StandIn, answer, held, problem
from tests.work import attempt, last_dispatch

OUTAGES = MAX_CRASHES + 3  # more than attempts and crashes together allow


async def breaks() -> Response:
    """A server that dies in the middle of its answer."""

    async def half() -> AsyncIterator[bytes]:
        yield b'{"result":'
        raise ConnectionResetError

    return StreamingResponse(half(), media_type="application/json")


async def test_an_orchestrator_that_is_away(
    new_runtime: Callable[[], Runtime], decks: AsyncOrchestrator, job_id: str
) -> None:
    """However often it can't be reached, the job waits with the reason, and no attempt is used."""
    lost, runtime = new_runtime(), new_runtime()
    await lost.orchestrator.close()
    lost.orchestrator = OrchestratorClient(
        "http://127.0.0.1:9", timeout=PATIENCE_SECONDS, connections=1
    )
    for _ in range(OUTAGES):
        job = await attempt(lost, decks, job_id)
        assert (job.status, job.attempts) == (JobStatus.DELAYED, 0)
        assert job.error is not None
        assert job.error.code == "orchestrator_unreachable"
    assert not lost.gate.is_open
    done = await attempt(runtime, decks, job_id)
    assert (done.status, done.attempts) == (JobStatus.COMPLETED, 1)


@pytest.mark.parametrize("status", [401, 404, 502, 503, 504])
async def test_what_stands_in_the_place_of_an_orchestrator(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str, status: int
) -> None:
    """A proxy's page uses no attempt either, and the gate is shut for all jobs of the worker."""
    stand_in.readiness = answer(Response("a page", status))
    stand_in.answers[Step.PROFILE] = [answer(Response("a page", status))] * OUTAGES
    for _ in range(OUTAGES):
        job = await attempt(runtime, decks, job_id)
        assert (job.status, job.attempts) == (JobStatus.DELAYED, 0)
    assert not runtime.gate.is_open
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.COMPLETED


async def test_a_proxy_that_refuses_one_job(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """What is refused while the orchestrator is ready is that job's failure, and no outage."""
    stand_in.answers[Step.PROFILE] = [answer(Response("a page", 403))] * OUTAGES
    job = await attempt(runtime, decks, job_id)
    assert (job.status, job.attempts) == (JobStatus.DELAYED, 1)
    assert job.error is not None
    assert job.error.code == "call_refused"
    assert runtime.gate.is_open
    while job.status is JobStatus.DELAYED:
        job = await attempt(runtime, decks, job_id)
    assert (job.status, len(stand_in.calls)) == (JobStatus.FAILED, job.max_attempts)


@pytest.mark.parametrize(("code", "is_open"), [("tables_busy", True), ("service_stopping", False)])
async def test_a_call_that_was_not_begun(
    runtime: Runtime,
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    job_id: str,
    code: str,
    is_open: bool,
) -> None:
    """It is no attempt of its job; the gate is shut only if the orchestrator takes no other either."""
    stand_in.answers[Step.PROFILE] = [problem(503, code, retryable=True)] * OUTAGES
    for _ in range(OUTAGES):
        job = await attempt(runtime, decks, job_id)
        assert (job.status, job.attempts) == (JobStatus.DELAYED, 0)
    assert runtime.gate.is_open == is_open
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.COMPLETED


async def test_a_step_that_fails_is_no_outage(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """What the orchestrator says of the job itself is an attempt, and shuts nothing."""
    stand_in.answers[Step.PROFILE] = [problem(503, "table_process_killed", retryable=True)]
    job = await attempt(runtime, decks, job_id)
    assert (job.status, job.attempts) == (JobStatus.DELAYED, 1)
    assert runtime.gate.is_open


@pytest.mark.parametrize(
    ("stands_still", "attempts", "code"),
    [(0.0, 0, "orchestrator_broke_down"), (PATIENCE_SECONDS, 1, "orchestrator_timeout")],
)
async def test_a_call_that_takes_too_long(
    new_runtime: Callable[[], Runtime],
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    job_id: str,
    monkeypatch: pytest.MonkeyPatch,
    stands_still: float,
    attempts: int,
    code: str,
) -> None:
    """It is the job's attempt if the orchestrator works well otherwise, and not if it stood still."""
    monkeypatch.setattr(orchestrator_client, "STANDS_STILL", stands_still)
    runtime = new_runtime()
    monkeypatch.setattr(runtime.orchestrator, "_timeout", 0.05)
    stand_in.answers[Step.PROFILE] = [held(asyncio.Event(), {})]
    job = await attempt(runtime, decks, job_id)
    assert job.error is not None
    assert (job.status, job.attempts, job.error.code) == (JobStatus.DELAYED, attempts, code)


async def test_a_job_that_brings_the_orchestrator_down(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """It has so many calls that break in a row, and then it has failed and says why."""
    stand_in.answers[Step.PROFILE] = [breaks] * OUTAGES
    for _ in range(MAX_CRASHES - 1):
        job = await attempt(runtime, decks, job_id)
        assert (job.status, job.attempts) == (JobStatus.DELAYED, 0)
    job = await attempt(runtime, decks, job_id)
    assert (job.status, len(stand_in.calls)) == (JobStatus.FAILED, MAX_CRASHES)
    assert job.error is not None
    assert job.error.code == "step_crashes_server"


async def test_a_job_that_gets_on_brings_nothing_down(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """Calls that break are counted from the last finished step on, within an attempt too."""
    for step in (Step.PROFILE, Step.FACTS, Step.DRAFT):
        stand_in.answers[step] = [breaks] * (MAX_CRASHES - 1)
    for _ in range(3 * (MAX_CRASHES - 1)):
        assert (await attempt(runtime, decks, job_id)).status is JobStatus.DELAYED
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.COMPLETED


async def test_nothing_is_claimed_behind_a_closed_gate(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """A job whose message is at hand stays with the queue."""
    number = await last_dispatch(runtime.database.service, job_id)
    runtime.gate.close("away")
    await generate_deck({"runtime": runtime}, job_id, number)
    job = await decks.get_job_status(job_id)
    assert (job.status, job.attempts, stand_in.calls) == (JobStatus.WAITING, 0, [])


async def test_the_gate_opens_by_itself(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """One probe after the other, until one succeeds; then the worker looks for jobs at once."""
    monkeypatch.setattr(module, "FIRST_SECONDS", 0.001)
    asked: list[bool] = []
    reached = asyncio.Event()

    async def ready() -> None:
        asked.append(True)
        if len(asked) < 3:
            await lost.ready()

    async def opened() -> None:
        reached.set()

    lost = OrchestratorClient("http://127.0.0.1:9", timeout=PATIENCE_SECONDS, connections=1)
    gate = OrchestratorGate(ready, opened)
    keeping = asyncio.create_task(gate.keep())
    gate.close("away")
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reached.wait()
    assert (len(asked), gate.is_open, gate.reason) == (3, True, "")
    keeping.cancel()
    await lost.close()
