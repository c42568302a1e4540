"""What outages, limits and budgets do to the upgrade of a draft; the orchestrator is a stand-in."""

import asyncio

import pytest
from starlette.responses import JSONResponse, Response

from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.model_upgrade import MAX_ROUNDS, OVER_BUDGET
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.stand_in import StandIn, problem, with_model, written
from tests.upgrades import SLIDES, made, submit, told
from tests.work import work

AWAY_PROBLEM = problem(503, "model_unavailable", retryable=True, headers={"Retry-After": "7"})


@pytest.fixture(autouse=True)
def _model(stand_in: StandIn) -> None:
    with_model(stand_in, SLIDES)


async def test_an_outage_means_the_draft(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """While the model is away a job completes with its draft at once, unless it asks to wait."""
    stand_in.answers[Step.STORYLINE] = [AWAY_PROBLEM]
    job = await made(runtime, decks)
    assert job.status is JobStatus.COMPLETED
    assert (told(stand_in)["outline"], told(stand_in)["reason"]) == (None, "It is model_unavailable.")


async def test_a_job_may_wait_for_the_model(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """With onModelFailure retry the job is delayed, uses no attempt, and repeats no finished call."""
    stand_in.answers[Step.SLIDE] = [AWAY_PROBLEM] * SLIDES
    job_id = await submit(decks, onModelFailure="retry")
    await work(runtime, job_id)
    waiting = await decks.get_job_status(job_id)
    assert (waiting.status, waiting.attempts) == (JobStatus.DELAYED, 0)
    assert waiting.error is not None
    assert waiting.error.code == "model_unavailable"
    await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.STORYLINE) == 1
    assert stand_in.steps.count(Step.SLIDE) == 2 * SLIDES


async def test_patience_ends(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, database: OwnDatabase
) -> None:
    """A job that has waited for MODEL_PATIENCE_SECONDS takes its draft."""
    stand_in.answers[Step.STORYLINE] = [AWAY_PROBLEM] * 2
    job_id = await submit(decks, onModelFailure="retry")
    await work(runtime, job_id)
    await database.execute("UPDATE jobs SET created_at = now() - interval '2 days'")
    await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED
    assert told(stand_in)["reason"] == "It is model_unavailable."


async def test_our_own_limits_are_waited_for(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A call for which the limits left no room is asked for again, in the same attempt."""
    stand_in.answers[Step.SLIDE] = [problem(503, "model_rate_limited", retryable=True)] * 2
    job = await made(runtime, decks)
    assert (job.status, job.attempts) == (JobStatus.COMPLETED, 1)
    assert stand_in.steps.count(Step.SLIDE) == SLIDES + 2


async def test_limits_are_not_waited_for_for_ever(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A call for which there is never room is at last taken for an outage: the job ends."""
    stand_in.answers[Step.STORYLINE] = [problem(503, "model_rate_limited", retryable=True)] * MAX_ROUNDS
    job = await made(runtime, decks)
    assert job.status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.STORYLINE) == MAX_ROUNDS
    assert told(stand_in)["reason"] == "It is model_rate_limited."


async def test_one_refused_call_costs_one_slide(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """What the provider refuses for good is not asked again: that slide is the draft's."""
    stand_in.answers[Step.SLIDE] = [problem(422, "model_refuses", retryable=False)]
    job = await made(runtime, decks)
    assert job.status is JobStatus.COMPLETED
    written_ones = [one["slide"] is not None for one in told(stand_in)["outcomes"].values()]
    assert sorted(written_ones) == [False] + [True] * (SLIDES - 1)


@pytest.mark.parametrize(
    ("policy", "slides"),
    [({"maxTokens": 100 + 200}, 1), ({"maxTokens": 100 + 2 * 200}, 3), ({"maxTokens": 2000}, 3)],
)
async def test_a_budget_stops_the_upgrading(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, policy: dict[str, int], slides: int
) -> None:
    """No call begins that could go beyond maxTokens; those that are answered make room for others."""
    job = await made(runtime, decks, **policy)
    assert job.status is JobStatus.COMPLETED
    outcomes = told(stand_in)["outcomes"].values()
    assert sum(one["slide"] is not None for one in outcomes) == slides
    assert {one["reason"] for one in outcomes if not one["slide"]} <= {OVER_BUDGET}
    assert job.usage.tokens_in + job.usage.tokens_out <= policy["maxTokens"]


async def test_without_a_price_no_budget_of_costs_fits(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """maxCost can't be kept with a model whose price is not known: it is not called."""
    await made(runtime, decks, maxCost=5)
    assert Step.STORYLINE not in stand_in.steps
    assert told(stand_in)["reason"] == OVER_BUDGET


async def test_no_tokens_no_model(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """maxTokens 0 asks for the offline engine alone."""
    job = await made(runtime, decks, maxTokens=0)
    assert stand_in.steps == [Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE]
    assert job.status is JobStatus.COMPLETED
    assert [step.name for step in job.progress.steps] == stand_in.steps


@pytest.mark.parametrize("most", [1, SLIDES])
async def test_slides_at_a_time_are_bounded(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, most: int
) -> None:
    """As many slides of a job are written at a time as SLIDE_CONCURRENCY allows, and no more."""
    runtime.settings = runtime.settings.model_copy(update={"slide_concurrency": most})
    in_flight, all_there, seen = 0, asyncio.Event(), []

    async def write() -> Response:
        nonlocal in_flight
        in_flight += 1
        seen.append(in_flight)
        if in_flight == most:
            all_there.set()
        await all_there.wait()
        in_flight -= 1
        return JSONResponse({"result": written("s1")})

    stand_in.answers[Step.SLIDE] = [write] * SLIDES
    await made(runtime, decks)
    assert max(seen) == most
