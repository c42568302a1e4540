"""One slide of a deck written anew: a job like any other, that spares the deck unless it succeeds."""

from typing import Any

import pytest

from deckgen.domain.errors import Conflict, InvalidRequest, NotFound
from deckgen.domain.job_kinds.revise import RevisionRequest
from deckgen.domain.jobs import Job, JobStatus
from deckgen.domain.presentations import PresentationStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.signatures import unsigned
from tests.stand_in import StandIn, problem, refused, told_as, with_model
from tests.work import work

DECK = {
    "brief": {"businessContext": "How?"},
    "source": {"name": "sales.csv"},
    "title": "First",
    "slides": [
        {"id": "s0", "layout": "title"},
        {"id": "s1", "layout": "chart"},
        {"id": "s2", "layout": "chart"},
    ],
}
REVISED = DECK | {"title": "Revised"}


@pytest.fixture(autouse=True)
async def _deck(runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn) -> None:
    """A completed deck with a table."""
    stand_in.answers[Step.ASSEMBLE] = [told_as(DECK)]
    submitted = await decks.enqueue_presentation_generation(
        "d", "u", {"businessContext": "How?"}, "a,b\n1,2\n", csv_name="sales.csv"
    )
    await work(runtime, submitted.job_id)
    with_model(stand_in, 1)
    stand_in.results |= {
        Step.REVISE: lambda call: {"result": stand_in.results[Step.STORYLINE](call)["result"]},
        Step.REPLACE: lambda call: {"result": REVISED},
    }


def request(**more: Any) -> RevisionRequest:
    given = {"deckId": "d", "userId": "u", "slideId": "s1", "instruction": "Shorter, please."}
    return RevisionRequest.model_validate(given | more)


async def revised(runtime: Runtime, decks: AsyncOrchestrator) -> Job:
    submitted = await decks.submit(request())
    await work(runtime, submitted.job_id)
    return await decks.get_job_status(submitted.job_id)


async def test_a_slide_is_written_anew(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """The instruction and the deck go along, one call is paid, and the deck is the revised one."""
    job = await revised(runtime, decks)
    assert (job.kind, job.status, job.progress.percent) == ("revise", JobStatus.COMPLETED, 100)
    assert [step.name for step in job.progress.steps] == [Step.REVISE, Step.SLIDE, Step.REPLACE]
    assert stand_in.steps[-3:] == [Step.REVISE, Step.SLIDE, Step.REPLACE]
    wanted = stand_in.calls[-3].request["inputs"]["revise"]
    assert wanted["revision"] == {"slideId": "s1", "instruction": "Shorter, please."}
    assert wanted["deck"] == DECK
    assert stand_in.calls[-1].dataset is not None
    assert job.usage.calls == 1
    assert unsigned((await decks.get_presentation("d")).deck) == REVISED


async def test_the_former_version_is_kept(runtime: Runtime, decks: AsyncOrchestrator) -> None:
    """It can be read by its number, as the present one can, which says who made it and how."""
    assert not (await decks.get_versions("d")).versions
    job = await revised(runtime, decks)
    listed = await decks.get_versions("d")
    assert [version.number for version in listed.versions] == [1]
    assert listed.current
    assert (listed.current.number, listed.current.change) == (2, "revised")
    assert listed.current.author == job.user_id
    assert unsigned(await decks.get_version("d", 1)) == DECK
    assert await decks.get_version("d", 2) == (await decks.get_presentation("d")).deck
    with pytest.raises(NotFound):
        await decks.get_version("d", 3)


async def test_a_refused_revision_leaves_the_deck(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """If the model's slide is refused twice, the job fails and says why; the deck stays completed."""
    stand_in.answers[Step.SLIDE] = [told_as(refused("rubbish"))]
    stand_in.answers[Step.REPAIR] = [told_as(refused("more rubbish"))]
    job = await revised(runtime, decks)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "revision_refused"
    assert "more rubbish" in job.error.message
    found = await decks.get_presentation("d")
    assert (found.status, unsigned(found.deck)) == (PresentationStatus.COMPLETED, DECK)
    assert found.error_message is None


async def test_a_cancelled_revision_leaves_the_deck(decks: AsyncOrchestrator) -> None:
    """Cancelling a revision leaves a completed deck, not one with an error."""
    submitted = await decks.submit(request())
    await decks.cancel_job(submitted.job_id)
    found = await decks.get_presentation("d")
    assert (found.status, unsigned(found.deck)) == (PresentationStatus.COMPLETED, DECK)


async def test_a_retry_pays_for_nothing_twice(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A revision whose last step fails for a while goes on from the slide that was written."""
    stand_in.answers[Step.REPLACE] = [problem(500, "broken", retryable=True)]
    submitted = await decks.submit(request())
    await work(runtime, submitted.job_id)
    await work(runtime, submitted.job_id)
    assert (await decks.get_job_status(submitted.job_id)).status is JobStatus.COMPLETED
    assert stand_in.steps.count(Step.SLIDE) == 1


async def test_only_a_deck_at_rest_is_revised(decks: AsyncOrchestrator) -> None:
    """Without a deck there is nothing to revise; beside another job it would be changed under its feet;
    a deck of another user is not theirs to change. Nothing is accepted then.
    """
    with pytest.raises(NotFound, match="no deck 'unknown'"):
        await decks.submit(request(deckId="unknown"))
    with pytest.raises(Conflict) as of_another:
        await decks.submit(request(userId="somebody-else"))
    assert of_another.value.code == "deck_of_another_user"
    await decks.submit(request())
    with pytest.raises(Conflict) as in_work:
        await decks.submit(request(slideId="s2"))
    assert in_work.value.code == "deck_in_work"


async def test_only_a_slide_that_is_worded_is_revised(decks: AsyncOrchestrator) -> None:
    """An unknown slide and one that no model words are refused at the door."""
    with pytest.raises(NotFound) as unknown:
        await decks.submit(request(slideId="s99"))
    assert unknown.value.code == "slide_not_found"
    with pytest.raises(InvalidRequest) as not_worded:
        await decks.submit(request(slideId="s0"))
    assert not_worded.value.code == "slide_not_revisable"


async def test_a_revision_of_another_deck_is_not_retried(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """Once the deck has changed, an instruction about the former one is to be given again."""
    stand_in.answers[Step.REPLACE] = [problem(422, "broken", retryable=False)] * 2
    failed = await revised(runtime, decks)
    await decks.retry_job(failed.job_id)
    await work(runtime, failed.job_id)
    await revised(runtime, decks)
    with pytest.raises(Conflict) as changed:
        await decks.retry_job(failed.job_id)
    assert changed.value.code == "deck_changed"


async def test_a_revision_swallows_no_request_for_a_deck(decks: AsyncOrchestrator) -> None:
    """A new deck is not asked for while a slide is rewritten: it is said, and the key stays free."""
    await decks.submit(request())
    brief = {"businessContext": "Another?"}
    with pytest.raises(Conflict) as in_work:
        await decks.enqueue_presentation_generation("d", "u", brief, idempotency_key="k")
    assert in_work.value.code == "deck_in_work"
    await decks.cancel_job((await decks.get_presentation("d")).job_id or "")
    again = await decks.enqueue_presentation_generation("d", "u", brief, idempotency_key="k")
    assert not again.existing


async def test_a_revision_adds_to_what_was_paid(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """The step that makes the deck is told what this job has paid."""
    await revised(runtime, decks)
    assert [call["step"] for call in stand_in.calls[-1].request["calls"]] == ["slide"]


async def test_a_key_makes_a_request_once(decks: AsyncOrchestrator) -> None:
    """The same Idempotency-Key is answered with the same job, while that is at work too."""
    first = await decks.submit(request(), "key-1")
    again = await decks.submit(request(), "key-1")
    assert (again.job_id, again.existing) == (first.job_id, True)
