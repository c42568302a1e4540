"""What Sentry is told of jobs, over a real connection."""

from collections.abc import AsyncIterator, Callable
from importlib.metadata import version
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from deckgen.config.settings import Settings
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.observability.sentry import Reports
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import leases
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.sentry import Sentry, dsn
from tests.serving import serving
from tests.stand_in import StandIn, answer, problem
from tests.work import take, work

MARKER = "Zanzibar"
CSV = f"{MARKER}-head,sales\n{MARKER}-cell,10\nSouth,20\n"
BRIEF = {"businessContext": f"How are sales in {MARKER}-brief?"}


@pytest.fixture
async def sentry() -> Sentry:
    return Sentry()


@pytest.fixture
async def sentry_dsn(sentry: Sentry) -> AsyncIterator[str]:
    async with serving(sentry.app()) as url:
        yield dsn(url)


@pytest.fixture
def reports(settings: Settings, sentry_dsn: str) -> Reports:
    return Reports.connect(with_dsn(settings, sentry_dsn), "worker")


def with_dsn(settings: Settings, value: str) -> Settings:
    return Settings.model_validate(settings.model_dump(exclude_unset=True) | {"sentry_dsn": value})


@pytest.fixture
async def runtime(new_runtime: Callable[[], Runtime], reports: Reports) -> Runtime:
    runtime = new_runtime()
    runtime.reports = reports
    return runtime


async def submit(decks: AsyncOrchestrator, deck: str = "deck-1", csv: str | None = CSV) -> str:
    return (await decks.enqueue_presentation_generation(deck, "user-1", BRIEF, csv)).job_id


async def all_events(sentry: Sentry, reports: Reports) -> list[dict[str, Any]]:
    """What was told: events arrive in their order, so before the last one is everything."""
    reports.bug(RuntimeError(), {"event": "the last one"})
    events = await sentry.until(1)
    while events[-1]["extra"].get("event") != "the last one":
        events = await sentry.until(len(events) + 1)
    assert sentry.refused == []
    return events[:-1]


async def test_a_failed_job_is_one_event(
    runtime: Runtime,
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    sentry: Sentry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A job that fails for good is one event; its earlier attempts are breadcrumbs; no data is told."""
    body = {"code": "engine_busy", "detail": f"It has {MARKER}-detail.", "retryable": True}
    busy = answer(JSONResponse(body, 503, media_type="application/problem+json"))
    stand_in.answers[Step.FACTS] = [busy] * 3
    job_id = await submit(decks)
    for _ in range(3):
        await work(runtime, job_id)
    (event,) = await all_events(sentry, runtime.reports)
    assert event["tags"] == {
        "process": "worker",
        "jobType": "presentation-generation",
        "deckId": "deck-1",
        "userId": "user-1",
    }
    assert event["extra"]["jobId"] == job_id
    assert event["extra"]["context"] == {
        "step": "facts",
        "attempt": 3,
        "maxAttempts": 3,
        "priority": 5,
        "errorCode": "engine_busy",
        "errorClass": "RetryableError",
        "orchestratorStatus": 503,
        "datasetBytes": len(CSV),
        "workerId": runtime.worker_id,
    }
    assert (event["release"], event["environment"]) == (f"deckgen@{version('deckgen')}", "production")
    exception = event["exception"]["values"][-1]
    assert (exception["type"], exception["value"]) == ("RetryableError", "engine_busy")
    functions = [frame["function"] for frame in exception["stacktrace"]["frames"]]
    assert {"_perform", "run"} <= set(functions)
    assert crumbs(event) == [(1, "retried", "engine_busy"), (2, "retried", "engine_busy")]
    assert MARKER.encode() not in sentry.raw
    logged = caplog.text
    assert "job.failed" in logged
    assert MARKER not in logged


def crumbs(event: dict[str, Any]) -> list[tuple[int, str, str | None]]:
    found = [one["data"] for one in event["breadcrumbs"]["values"]]
    return [(one["attempt"], one["outcome"], one["errorCode"]) for one in found]


async def test_breadcrumbs_are_of_their_own_job(
    runtime: Runtime,
    new_runtime: Callable[[], Runtime],
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    sentry: Sentry,
) -> None:
    """Jobs that fail by turns, on two workers, have each its own attempts, and all of them."""
    ids = [await submit(decks, deck, csv=None) for deck in ("first", "second")]
    for worker in (new_runtime(), runtime, runtime):
        for name, job_id in zip(("first", "second"), ids, strict=True):
            stand_in.answers[Step.DRAFT] = [problem(500, f"{name}_broken", retryable=True)]
            await work(worker, job_id)
    events = await all_events(sentry, runtime.reports)
    assert [(event["tags"]["deckId"], crumbs(event)) for event in events] == [
        (name, [(number, "retried", f"{name}_broken") for number in (1, 2)])
        for name in ("first", "second")
    ]


async def test_a_permanent_error_has_no_breadcrumbs(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, sentry: Sentry
) -> None:
    """What fails at once is told at once; a code that is no code is not told."""
    stand_in.answers[Step.PROFILE] = [problem(422, f"The {MARKER}-column", retryable=False)]
    await work(runtime, await submit(decks))
    (event,) = await all_events(sentry, runtime.reports)
    assert event["extra"]["context"]["errorCode"] == "orchestrator_error"
    assert crumbs(event) == []
    assert MARKER.encode() not in sentry.raw


async def test_what_does_not_fail_is_not_told(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, sentry: Sentry
) -> None:
    """Of a job that is cancelled, and of one that is completed after a retry, Sentry hears nothing."""
    await decks.cancel_job(await submit(decks, "cancelled"))
    stand_in.answers[Step.PROFILE] = [problem(500, "broken", retryable=True)]
    retried = await submit(decks, "retried")
    await work(runtime, retried)
    await work(runtime, retried)
    assert (await decks.get_job_status(retried)).status is JobStatus.COMPLETED
    assert await all_events(sentry, runtime.reports) == []


async def test_a_job_that_kills_workers_is_told(
    runtime: Runtime, decks: AsyncOrchestrator, sentry: Sentry
) -> None:
    """When the reconciler gives a job up, it is one event, with the earlier deaths as breadcrumbs."""
    job_id = await submit(decks)
    for number in range(leases.MAX_CRASHES):
        await take(runtime.database, job_id, worker_id=f"dead-{number}", lease_seconds=0)
        await reconcile_once(runtime)
    await reconcile_once(runtime)
    (event,) = await all_events(sentry, runtime.reports)
    assert (event["tags"]["deckId"], event["extra"]["jobId"]) == ("deck-1", job_id)
    assert event["extra"]["context"]["errorCode"] == "worker_crashed"
    assert event["extra"]["context"]["workerId"] == "dead-2"
    assert crumbs(event) == [(1, "crashed", None), (1, "crashed", None)]


async def test_a_stale_worker_tells_nothing(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, sentry: Sentry
) -> None:
    """A failure that could not be committed, because the job is another's by now, is not told."""
    job_id = await submit(decks)

    async def fail_late() -> Response:
        await decks.cancel_job(job_id)
        return await problem(422, "broken", retryable=False)()

    stand_in.answers[Step.PROFILE] = [fail_late]
    await work(runtime, job_id)
    assert await all_events(sentry, runtime.reports) == []


async def test_sentry_away(
    new_runtime: Callable[[], Runtime],
    settings: Settings,
    decks: AsyncOrchestrator,
    stand_in: StandIn,
) -> None:
    """While nobody listens at SENTRY_DSN, a job fails as it would otherwise."""
    runtime = new_runtime()
    runtime.reports = Reports.connect(with_dsn(settings, dsn("http://127.0.0.1:9")), "worker")
    stand_in.answers[Step.PROFILE] = [problem(422, "no_rows", retryable=False)]
    job_id = await submit(decks)
    await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.FAILED
