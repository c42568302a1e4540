"""Calls to a model that got no answer: each is paid for and counts; the orchestrator is a stand-in."""

from typing import Any

import pytest
from starlette.responses import JSONResponse

from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.model_upgrade import MAX_LOST, MAX_LOST_WAITING, NO_STORYLINE
from deckgen.worker.runtime import Runtime
from tests.stand_in import Answer, StandIn, answer, paid, problem, refused, with_model
from tests.upgrades import SLIDES, made, submit, told
from tests.work import work

SLOW = "The model took too long."


@pytest.fixture(autouse=True)
def _model(stand_in: StandIn) -> None:
    with_model(stand_in, SLIDES)


def lost(result: Any) -> Answer:
    """What a step answers whose call got no answer: it is booked with the most that it can take."""
    call = paid() | {"estimated": True}
    return answer(JSONResponse({"result": result | {"lost": True}, "call": call}))


def lost_slide() -> Answer:
    return lost(refused(SLOW) | {"answer": ""})


def lost_storyline(stand_in: StandIn) -> Answer:
    told = stand_in.results[Step.STORYLINE](stand_in)["result"]  # type: ignore[arg-type]
    return lost(told | {"problem": SLOW})


async def test_a_lost_call_is_made_again(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """As a step of its own: storyline and slide are the model's, and every call is in the account."""
    stand_in.answers[Step.STORYLINE] = [lost_storyline(stand_in)]
    stand_in.answers[Step.SLIDE] = [lost_slide()]
    job = await made(runtime, decks)
    assert all(one["slide"] for one in told(stand_in)["outcomes"].values())
    assert told(stand_in)["reason"] == ""
    assert len({call.key for call in stand_in.calls}) == len(stand_in.calls)
    assert (job.usage.calls, job.usage.estimated) == (1 + SLIDES + 2, 2)
    assert len(stand_in.calls[-1].request["calls"]) == job.usage.calls


async def test_a_call_that_is_lost_again_and_again(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """It is given up after a few: the draft's order and slides stay, and say why."""
    stand_in.answers[Step.STORYLINE] = [lost_storyline(stand_in)] * MAX_LOST
    stand_in.answers[Step.SLIDE] = [lost_slide()] * (MAX_LOST * SLIDES)
    job = await made(runtime, decks)
    assert job.status is JobStatus.COMPLETED
    outcomes = told(stand_in)["outcomes"].values()
    assert [(one["slide"], one["attempts"], one["reason"]) for one in outcomes] == [
        (None, 0, SLOW)
    ] * SLIDES
    assert told(stand_in)["reason"] == NO_STORYLINE + SLOW
    assert job.usage.estimated == job.usage.calls == MAX_LOST * (1 + SLIDES)


async def test_lost_calls_count_for_the_budget(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """None is made again that could go beyond maxTokens."""
    stand_in.answers[Step.SLIDE] = [lost_slide()] * (MAX_LOST * SLIDES)
    job = await made(runtime, decks, maxTokens=100 + 300)
    assert stand_in.steps.count(Step.SLIDE) == 2
    assert job.usage.tokens_in + job.usage.tokens_out <= 400


async def test_a_job_may_wait_after_a_lost_call(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """With onModelFailure retry it waits after each, as long as its patience lasts, and repeats none
    that was answered.
    """
    stand_in.answers[Step.SLIDE] = [lost_slide()] * 5
    job_id = await submit(decks, onModelFailure="retry")
    await work(runtime, job_id)
    waiting = await decks.get_job_status(job_id)
    assert (waiting.status, waiting.attempts) == (JobStatus.DELAYED, 0)
    assert waiting.error is not None
    assert waiting.error.message == SLOW
    await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.DELAYED
    await work(runtime, job_id)
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.STORYLINE) == 1
    assert stand_in.steps.count(Step.SLIDE) == 5 + SLIDES
    assert (job.usage.calls, job.usage.estimated) == (1 + 5 + SLIDES, 5)


async def test_waiting_for_answers_has_an_end(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A model that never answers is asked so many times, not for as long as the patience lasts."""
    stand_in.answers[Step.STORYLINE] = [lost_storyline(stand_in)] * 2 * MAX_LOST_WAITING
    job_id = await submit(decks, onModelFailure="retry")
    for _ in range(MAX_LOST_WAITING):
        assert (await decks.get_job_status(job_id)).status is not JobStatus.COMPLETED
        await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.STORYLINE) == MAX_LOST_WAITING


@pytest.mark.parametrize(
    "code", ["model_key_refused", "model_without_balance", "model_unknown", "model_call_too_large"]
)
async def test_what_no_time_heals_is_not_waited_for(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, code: str
) -> None:
    """A wrong key is not a model that is away: the draft is taken at once, and says why."""
    stand_in.answers[Step.STORYLINE] = [problem(422, code, retryable=False)]
    job = await made(runtime, decks, onModelFailure="retry")
    assert (job.status, job.attempts) == (JobStatus.COMPLETED, 1)
    assert told(stand_in)["reason"] == f"It is {code}."


async def test_the_job_says_what_is_not_the_models(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """How many slides it wrote, how many are the draft's, and why, in the job and in its last event."""
    wrote = {"engine": "model"}
    kept = {"fallback": True, "reason": SLOW}
    slides = [{"id": name, "made": one} for name, one in (("s2", wrote), ("s3", kept), ("s4", kept))]
    stand_in.results[Step.FINISH] = lambda call: {"result": {"slides": slides}}
    job = await made(runtime, decks)
    assert job.model is not None
    assert job.model.to_json() == {
        "written": 1,
        "kept": 2,
        "reasons": [{"reason": SLOW, "slides": ["s3", "s4"]}],
    }
    assert job.model.sentences == ["2 of 3 slides kept the draft's words:", f"  s3, s4: {SLOW}"]
    ended = (await decks.events_after(job.job_id, 0))[-1]
    assert (ended.kind, ended.data["model"]["kept"]) == ("job.completed", 2)
