"""Versions of the steps' contract side by side: no job pays again, and none fails for a release."""

from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from deckgen.config.settings import Settings
from deckgen.domain import steps
from deckgen.domain.briefs import Brief
from deckgen.domain.errors import OutageError
from deckgen.domain.jobs import JobStatus
from deckgen.domain.step_contract import CONTRACT_HEADER, NOT_SERVED_CONTRACT, StepRequest
from deckgen.domain.steps import CONTRACT, Step
from deckgen.orchestrator.answers import StepAnswer
from deckgen.orchestrator.app import create_app
from deckgen.orchestrator.engines import Engines
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import leases
from deckgen.worker import orchestrator_client
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.serving import serving
from tests.stand_in import StandIn, answer, problem
from tests.work import attempt, take

pytestmark = [pytest.mark.contract, pytest.mark.sample]
NEXT = CONTRACT + 1


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on this process is a worker of a release that knows one version more."""
    monkeypatch.setattr(leases, "CONTRACT", NEXT)
    monkeypatch.setattr(leases, "SERVED_CONTRACTS", (*steps.SERVED_CONTRACTS, NEXT))


async def fail_once(runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str) -> None:
    """An attempt that has saved the profile."""
    stand_in.answers[Step.FACTS] = [problem(503, "table_process_killed", retryable=True)]
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.DELAYED


@pytest.mark.parametrize("is_written", [True, False])
async def test_a_job_keeps_the_version_that_it_began_with(
    runtime: Runtime,
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    database: OwnDatabase,
    job_id: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    is_written: bool,
) -> None:
    """A worker of the next release goes on from the checkpoints, and asks for nothing twice; also of a
    job that a worker began which wrote no version down.
    """
    began_with = CONTRACT if is_written else steps.UNWRITTEN_CONTRACT
    monkeypatch.setattr(leases, "CONTRACT", began_with)
    await fail_once(runtime, decks, stand_in, job_id)
    if not is_written:
        await database.execute("UPDATE jobs SET contract = NULL")
    request.getfixturevalue("next_release")
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.PROFILE) == 1
    assert await database.fetchval("SELECT contract FROM jobs") == began_with


async def test_a_new_job_begins_with_the_newest(
    runtime: Runtime, decks: AsyncOrchestrator, database: OwnDatabase, job_id: str, next_release: None
) -> None:
    """The control: what is begun by the next release has its version."""
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.COMPLETED
    assert await database.fetchval("SELECT contract FROM jobs") == NEXT


async def test_a_job_of_a_version_that_is_not_known_here(
    runtime: Runtime, decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """An older worker leaves it to the newer ones: it waits, and no attempt is used."""
    await database.execute("UPDATE jobs SET contract = $1", NEXT)
    assert await take(database, job_id) is None
    job = await attempt(runtime, decks, job_id)
    assert (job.status, job.attempts) == (JobStatus.WAITING, 0)


async def test_an_orchestrator_of_another_version(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_id: str
) -> None:
    """ "Not my version" is about the release and never about the job: it waits, without an attempt."""
    stand_in.answers[Step.PROFILE] = [problem(409, NOT_SERVED_CONTRACT, retryable=False)] * 5
    for _ in range(5):
        job = await attempt(runtime, decks, job_id)
        assert (job.status, job.attempts) == (JobStatus.DELAYED, 0)
        assert job.error is not None
        assert job.error.code == NOT_SERVED_CONTRACT
    assert not runtime.gate.is_open
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.COMPLETED


async def test_the_orchestrator_refuses_what_it_does_not_know(settings: Settings) -> None:
    """It says which versions it serves, and answers a call of another one with its name."""
    async with (
        serving(create_app(settings)) as url,
        patient(url) as client,
    ):
        ready = await client.get("/readyz")
        headers = {"Idempotency-Key": "k", CONTRACT_HEADER: str(NEXT)}
        refused = await client.post("/steps/profile", headers=headers)
        headers[CONTRACT_HEADER] = str(CONTRACT)
        known = await client.post("/steps/profile", headers=headers)
    assert ready.json()["contracts"] == list(steps.SERVED_CONTRACTS)
    assert (refused.status_code, refused.json()["code"]) == (409, NOT_SERVED_CONTRACT)
    assert known.json()["code"] != NOT_SERVED_CONTRACT


async def test_who_can_not_be_told_to_wait(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who speaks a version gives up its place in the queue for tables: others would count that."""
    asked: list[float | None] = []

    async def execute(*_: Any, contract: int, patience: float | None) -> StepAnswer:
        asked.append(patience)
        return StepAnswer(b"{}")

    monkeypatch.setattr(Engines, "execute", execute)
    step = StepRequest(job_id="j", deck_id="d", brief=Brief(), dataset=None, inputs={})
    files = {"request": ("request.json", step.model_dump_json(by_alias=True), "application/json")}
    async with (
        serving(create_app(settings)) as url,
        patient(url) as client,
    ):
        for headers in ({}, {CONTRACT_HEADER: str(CONTRACT)}):
            key = {"Idempotency-Key": str(len(asked))}
            await client.post("/steps/draft", headers=headers | key, files=files)
    assert asked == [None, settings.step_timeout_seconds / 4]


async def test_no_job_is_begun_with_an_older_orchestrator(
    runtime: Runtime, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker of the next release waits until its orchestrators are there."""
    await runtime.orchestrator.ready()
    stand_in.readiness = answer(Response())  # says nothing of versions, as those before 0.3.0
    with pytest.raises(OutageError, match="Upgrade the orchestrators first"):
        await runtime.orchestrator.ready()
    stand_in.readiness = None
    monkeypatch.setattr(orchestrator_client, "CONTRACT", NEXT)
    with pytest.raises(OutageError, match="Upgrade the orchestrators first"):
        await runtime.orchestrator.ready()
    stand_in.readiness = answer(JSONResponse({"contracts": [CONTRACT, NEXT]}))
    await runtime.orchestrator.ready()
