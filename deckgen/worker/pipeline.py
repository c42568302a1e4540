"""How a job comes to its deck: a draft that a model improves, if there is one, or one slide anew."""

from typing import Any

from deckgen.domain.errors import PermanentError
from deckgen.domain.model_steps import UpgradeResult
from deckgen.domain.signing import without_signature
from deckgen.domain.steps import NEEDS_DATASET, Step
from deckgen.store import progress
from deckgen.store.away import durably
from deckgen.worker.checkpointed_steps import Inputs, Walk, all_of
from deckgen.worker.model_upgrade import Upgrading


async def make_deck(walk: Walk) -> Any:
    """The deck of a job. What its steps raise is for the attempt to judge."""
    if walk.lease.revision is not None:
        return await _revise(walk)
    results: Inputs = {}
    for step in (Step.PROFILE, Step.FACTS, Step.DRAFT):
        if walk.lease.dataset or step not in NEEDS_DATASET:
            results[step] = await walk.run(step, dict(results))
    if not results[Step.DRAFT].get("upgrade") or walk.lease.policy.max_tokens == 0:
        return await walk.run(Step.ASSEMBLE, results)
    # The draft is shown at once, and proved while the model works: it costs no time.
    given = {Step.PROFILE: results[Step.PROFILE]} if Step.PROFILE in results else {}
    draft, told = await all_of(
        _prove_draft(walk, results), Upgrading(walk).tell(given, results[Step.DRAFT])
    )
    assert isinstance(told, UpgradeResult)
    return await walk.run(Step.FINISH, {Step.ASSEMBLE: draft, Step.STORYLINE: told.to_json()})


async def _prove_draft(walk: Walk, results: Inputs) -> Any:
    if not walk.is_done(Step.ASSEMBLE, results):
        await _show(walk, results[Step.DRAFT]["deck"])
    deck = await walk.run(Step.ASSEMBLE, results)
    await _show(walk, deck)
    return deck


async def _show(walk: Walk, draft: Any) -> None:
    """Let the draft be read while the job goes on."""
    await durably(progress.save_draft, walk.runtime.database, walk.lease, draft)
    walk.runtime.hints.tell(walk.lease.job_id)


async def _revise(walk: Walk) -> Any:
    """The deck that there is, with one slide written anew; an error if the model does not write it."""
    assert walk.lease.revision is not None
    # Its signature is not that of the deck to come.
    deck = without_signature(walk.lease.deck)
    wanted = {"deck": deck, "revision": walk.lease.revision.to_json()}
    telling = await walk.run(Step.REVISE, {Step.REVISE: wanted})
    given = {Step.PROFILE: deck["source"]} if deck["source"] else {}
    outcome = await Upgrading(walk).write(given, telling, telling["intents"][0])
    if outcome.slide is None:
        raise PermanentError(
            f"The slide stays as it was. {outcome.reason} Ask for it in other words, or later.",
            code="revision_refused",
        )
    return await walk.run(Step.REPLACE, {Step.REVISE: wanted, Step.SLIDE: outcome.slide.to_json()})
