"""GET /metrics of API, worker and orchestrator: what is counted, and who may read it."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from pydantic import SecretStr
from starlette.types import ASGIApp

from deckgen.config.settings import Settings
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.orchestrator.app import create_app as orchestrator
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import workers
from deckgen.store.pool import Database
from deckgen.web.app import create_app as api_of
from deckgen.worker.attempt import run_attempt
from deckgen.worker.jobs.deliver_webhook import run_delivery
from deckgen.worker.probes import app as probes_of
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.prometheus import read, value
from tests.receiver import only_delivery
from tests.serving import serving
from tests.stand_in import StandIn, problem
from tests.upgrades import submit
from tests.work import attempt, last_dispatch

TOKEN, OTHER = "m" * 32, "o" * 32
BRIEF = {"businessContext": "How are sales?"}


@pytest.fixture
async def probe(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    """A worker's port."""
    async with serving(probes_of(runtime)) as url, patient(url) as client:
        yield client


async def text(client: httpx.AsyncClient) -> str:
    answer = await client.get("/metrics")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_the_queue(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, database: Database, settings: Settings
) -> None:
    """Jobs by status, the oldest, workers, and how many of these the queue wants."""
    for number in range(7):  # of one user, four of whose jobs may run at a time
        await decks.enqueue_presentation_generation(f"d{number}", "one", BRIEF)
    for number in range(3):
        await decks.enqueue_presentation_generation(f"e{number}", "two", BRIEF)
    await workers.beat(database.service, "w1", concurrency=4)
    await workers.beat(database.service, "w2", concurrency=4, reason="It can't.")
    told = await text(api)
    assert value(told, "deckgen_database_up") == 1
    assert value(told, "deckgen_queue_jobs", status="waiting") == 10
    assert value(told, "deckgen_queue_jobs", status="failed") == 0
    assert value(told, "deckgen_queue_oldest_waiting_seconds") >= 0
    assert value(told, "deckgen_queue_workers", takes="yes") == 1
    assert value(told, "deckgen_queue_workers", takes="no") == 1
    assert value(told, "deckgen_queue_places") == 4
    assert settings.user_concurrency == 4
    assert value(told, "deckgen_queue_runnable_jobs") == 4 + 3
    assert value(told, "deckgen_queue_wanted_workers") == 2


async def test_a_paused_queue_wants_nobody(api: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """What waits is not started, so no worker is started for it."""
    await submit(decks)
    await decks.pause_queue()
    told = await text(api)
    assert value(told, "deckgen_queue_paused") == 1
    assert value(told, "deckgen_queue_jobs", status="waiting") == 1
    assert value(told, "deckgen_queue_wanted_workers") == 0


async def test_without_a_database(settings: Settings) -> None:
    """The process tells what it has counted, and that the database does not answer."""
    nowhere = settings.model_copy(update={"database_url": SecretStr("postgresql://127.0.0.1:9/none")})
    async with serving(api_of(nowhere)) as url, patient(url) as client:
        told = await text(client)
    assert value(told, "deckgen_database_up") == 0
    assert not any(name.startswith("deckgen_queue") for name, _ in read(told))


async def test_requests(api: httpx.AsyncClient) -> None:
    """By the template of the route: no path and no method that a client chooses makes a series."""
    before = await text(api)
    for path in ("/api/ai/jobs/hidden-1", "/api/ai/jobs/hidden-2", "/hidden-3", "/hidden-4"):
        assert (await api.get(path)).status_code == 404
    assert (await api.request("BREW", "/healthz")).status_code in (400, 405, 415)
    told = await text(api)

    def more(**labels: str) -> float:
        name = "deckgen_http_requests_total"
        return value(told, name, **labels) - value(before, name, **labels)

    assert more(route="/api/ai/jobs/{job_id}", method="GET", status="404") == 2
    assert more(route="other", method="GET", status="404") == 2
    assert "hidden-" not in told
    assert "BREW" not in told


async def test_a_job(
    probe: httpx.AsyncClient, runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """Its waiting and its attempts, by outcome and cause, and its steps, by name."""
    stand_in.answers[Step.FACTS] = [
        problem(503, "table_process_failed", retryable=True),
        problem(422, "no_such_thing_as_this", retryable=False),
    ]
    before = await text(probe)
    job_id = await submit(decks)
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.DELAYED
    assert (await attempt(runtime, decks, job_id)).status is JobStatus.FAILED
    told = await text(probe)

    def more(name: str, **labels: str) -> float:
        return value(told, f"deckgen_{name}", **labels) - value(before, f"deckgen_{name}", **labels)

    assert more("job_waiting_seconds_count", kind="generate") == 1
    assert more("job_attempts_total", outcome="retried", cause="table_process_failed") == 1
    assert more("job_attempts_total", outcome="failed", cause="request") == 1
    assert more("job_running_seconds_count", kind="generate", outcome="failed") == 1
    assert more("step_seconds_count", step="profile", outcome="completed") == 1
    assert more("step_seconds_count", step="facts", outcome="failed") == 2
    for secret in (job_id, "deck-1", "user-1", "no_such_thing_as_this"):
        assert secret not in told


async def test_a_webhook(
    probe: httpx.AsyncClient, runtime: Runtime, decks: AsyncOrchestrator, ended_id: str
) -> None:
    """Its attempts by what follows, and their times by the receiver's answer."""
    before = await text(probe)
    await run_delivery(runtime, ended_id, 2)
    assert (await only_delivery(decks, ended_id)).status == "delivered"
    told = await text(probe)
    for name, labels in (
        ("deckgen_webhook_deliveries_total", {"outcome": "delivered"}),
        ("deckgen_webhook_delivery_seconds_count", {"answer": "delivered"}),
    ):
        assert value(told, name, **labels) == value(before, name, **labels) + 1


async def test_both_forms(api: httpx.AsyncClient) -> None:
    """Prometheus asks for OpenMetrics, and a person gets text; both can be parsed."""
    plain = await api.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert read(plain.text)
    accept = "application/openmetrics-text; version=1.0.0,text/plain;q=0.5"
    opened = await api.get("/metrics", headers={"Accept": accept})
    assert opened.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    families = text_string_to_metric_families(opened.text)  # type: ignore[no-untyped-call]
    names = {family.name for family in families}
    assert {"deckgen_queue_jobs", "deckgen_http_requests", "deckgen_build"} <= names


def _api(settings: Settings, runtime: Runtime) -> ASGIApp:
    return api_of(settings)


def _orchestrator(settings: Settings, runtime: Runtime) -> ASGIApp:
    return orchestrator(settings.model_copy(update={"orchestrator_token": SecretStr(OTHER)}))


def _worker(settings: Settings, runtime: Runtime) -> ASGIApp:
    runtime.settings = settings
    return probes_of(runtime)


@pytest.mark.parametrize("made", [_api, _orchestrator, _worker])
async def test_who_has_the_token(
    settings: Settings, runtime: Runtime, made: Callable[[Settings, Runtime], ASGIApp]
) -> None:
    """Reads the metrics of each process, by its address; nobody else does. It opens nothing else."""
    secured = settings.model_copy(update={"metrics_token": SecretStr(TOKEN), "auth": "keys"})
    async with serving(made(secured, runtime)) as url, patient(url) as client:
        right = {"Authorization": f"Bearer {TOKEN}", "Host": "10.1.2.3:3000"}
        assert (await client.get("/metrics", headers=right)).status_code == 200
        for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer \xff"):
            headers = [(b"Authorization", wrong.encode("latin-1"))]
            answer = await client.get("/metrics", headers=headers)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert (await client.get("/metrics")).status_code == 401
        closed = await client.get("/api/ai/jobs", headers={"Authorization": f"Bearer {TOKEN}"})
        assert closed.status_code in (401, 404)
        if made is _orchestrator:
            step = await client.post("/steps/profile", headers={"Authorization": f"Bearer {TOKEN}"})
            assert step.status_code == 401


@pytest.mark.parametrize("made", [_api, _worker])
async def test_without_a_token(
    settings: Settings, runtime: Runtime, made: Callable[[Settings, Runtime], ASGIApp]
) -> None:
    """Who asks from this machine reads them; what a proxy passed on, or another host, is refused."""
    async with serving(made(settings, runtime)) as url, patient(url) as client:
        assert (await client.get("/metrics")).status_code == 200
        for headers in ({"X-Forwarded-For": "10.0.0.1"}, {"Host": "evil.example"}):
            answer = await client.get("/metrics", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "metrics_closed")


async def test_a_job_that_is_lost(
    probe: httpx.AsyncClient, runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A second worker that comes too late counts nothing: it has made no attempt."""
    before = await text(probe)
    job_id = await submit(decks)
    number = await last_dispatch(runtime.database.service, job_id)
    await run_attempt(runtime, job_id, number)
    await run_attempt(runtime, job_id, number)
    told = await text(probe)
    name, labels = "deckgen_job_attempts_total", {"outcome": "completed", "cause": "none"}
    assert value(told, name, **labels) == value(before, name, **labels) + 1
