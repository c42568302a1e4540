"""A draft that a model improves, against a real PostgreSQL and Redis and a stand-in orchestrator."""

import asyncio

import pytest

from deckgen.domain.jobs import JobStatus
from deckgen.domain.presentations import PresentationStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.lifecycle import drain
from deckgen.worker.model_upgrade import REFUSED
from deckgen.worker.runtime import Runtime
from tests.signatures import unsigned
from tests.stand_in import StandIn, held, part_of, refused, told_as, with_model, written
from tests.upgrades import CSV, SLIDES, made, submit, told
from tests.work import work


@pytest.fixture(autouse=True)
def _model(stand_in: StandIn) -> None:
    with_model(stand_in, SLIDES)


async def test_one_call_for_the_storyline_and_one_for_each_slide(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """The draft is proved, the storyline and each slide asked once; the deck is made of all of them."""
    job = await made(runtime, decks)
    assert job.status is JobStatus.COMPLETED
    assert sorted(stand_in.steps) == sorted(
        [Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE, Step.STORYLINE]
        + [Step.SLIDE] * SLIDES
        + [Step.FINISH]
    )
    outcomes = told(stand_in)["outcomes"]
    assert {name: one["slide"]["title"] for name, one in outcomes.items()} == dict.fromkeys(
        ["s1", "s2", "s3"], "By the model"
    )


async def test_a_slide_is_given_its_own_intent_only(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A slide's call holds what all are told and what it is about, and nothing about other slides."""
    await made(runtime, decks)
    calls = [call for call in stand_in.calls if call.step is Step.SLIDE]
    assert sorted(part_of(call) for call in calls) == ["s1", "s2", "s3"]
    assert {call.request["inputs"]["storyline"]["shared"] for call in calls} == {
        "what all slides are told"
    }
    assert all(set(call.request["inputs"]) == {"profile", "storyline"} for call in calls)
    assert len({call.key for call in calls}) == SLIDES


async def test_the_draft_is_readable_while_the_model_works(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """`draft.ready` is told, and the draft read, before the storyline is there; the end removes it."""
    go_on = asyncio.Event()
    telling = stand_in.results[Step.STORYLINE](stand_in)["result"]  # type: ignore[arg-type]
    stand_in.answers[Step.STORYLINE] = [held(go_on, telling)]
    job_id = await submit(decks)
    running = asyncio.create_task(work(runtime, job_id))
    follower = await decks.follow_job(job_id)
    async for event in follower:
        if event.kind == "draft.ready":
            break
    found = await decks.get_presentation("deck-1")
    assert found.status is PresentationStatus.PROCESSING
    assert found.deck is None
    assert found.draft in ({"made": "draft"}, {"made": "assemble"})  # once it is proved
    go_on.set()
    await running
    found = await decks.get_presentation("deck-1")
    assert (found.draft, unsigned(found.deck)) == (None, {"made": "finish"})


async def test_progress_counts_slides_and_never_goes_back(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """Steps that the model adds are there once the draft is, and the percent only rises."""
    seen: list[int] = []
    go_on = asyncio.Event()
    stand_in.answers[Step.SLIDE] = [held(go_on, written("s1"))]
    job_id = await submit(decks)
    follower = await decks.follow_job(job_id)
    running = asyncio.create_task(work(runtime, job_id))
    slides = 0
    async for event in follower:
        job = await decks.get_job_status(job_id)
        seen.append(job.progress.percent)
        slides += event.data.get("step") == Step.SLIDE
        if slides == SLIDES - 1 and not go_on.is_set():
            (step,) = [one for one in job.progress.steps if one.name is Step.SLIDE]
            assert (step.done, step.of) == (SLIDES - 1, SLIDES)
            go_on.set()
    await running
    assert seen == sorted(seen)
    assert seen[-1] == 100


async def test_a_refused_slide_is_repaired_once(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """The repair is told what was wrong; its slide stands in the deck."""
    stand_in.answers[Step.SLIDE] = [told_as(refused("it has a number of its own"))]
    await made(runtime, decks)
    (repair,) = [call for call in stand_in.calls if call.step is Step.REPAIR]
    assert repair.request["inputs"]["slide"]["problems"] == ["it has a number of its own"]
    ending = told(stand_in)["outcomes"][part_of(repair)]
    assert (ending["attempts"], ending["reason"]) == (2, "")


async def test_rubbish_ends_in_the_draft(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A slide that is refused twice is the draft's, and says why; the job completes."""
    stand_in.results[Step.SLIDE] = lambda call: {"result": refused("rubbish")}
    stand_in.results[Step.REPAIR] = lambda call: {"result": refused("rubbish again")}
    job = await made(runtime, decks)
    assert job.status is JobStatus.COMPLETED
    outcomes = told(stand_in)["outcomes"].values()
    assert [(one["slide"], one["attempts"], one["reason"]) for one in outcomes] == [
        (None, 2, f"{REFUSED}rubbish again")
    ] * SLIDES


async def test_the_name_of_a_file_is_part_of_what_a_step_depends_on(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """It stands on slides: equal tables with other names share nothing."""
    for number, name in enumerate(("secret.csv", "mine.csv")):
        brief = {"businessContext": "How?"}
        submitted = await decks.enqueue_presentation_generation(
            f"deck-{number}", "u", brief, CSV, csv_name=name
        )
        await work(runtime, submitted.job_id)
    contents = [call.key.partition(":")[2] for call in stand_in.calls if call.step is Step.PROFILE]
    assert len(set(contents)) == 2


async def test_drain_saves_all_calls_in_flight(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A draining worker lets every slide in flight be saved, then gives the job back: nothing is paid
    twice, no attempt is used.
    """
    go_on = asyncio.Event()
    stand_in.answers[Step.SLIDE] = [held(go_on, written(f"s{n}")) for n in range(1, SLIDES + 1)]
    job_id = await submit(decks)
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.SLIDE].wait()
    draining = asyncio.create_task(drain(runtime))
    await runtime.draining.wait()
    go_on.set()
    await asyncio.gather(running, draining)
    job = await decks.get_job_status(job_id)
    assert (job.status, job.attempts) == (JobStatus.WAITING, 0)
    asked = stand_in.steps.count(Step.SLIDE)
    runtime.draining.clear()
    await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.STORYLINE) == 1
    assert stand_in.steps.count(Step.SLIDE) == SLIDES
    assert asked <= SLIDES
