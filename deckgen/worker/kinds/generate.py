"""A deck is a draft, which a model improves if there is one."""

from typing import Any

from deckgen.domain.model_steps import UpgradeResult
from deckgen.domain.steps import NEEDS_DATASET, Step
from deckgen.store import progress
from deckgen.store.away import durably
from deckgen.worker.checkpointed_steps import Inputs, Walk, all_of
from deckgen.worker.model_upgrade import Upgrading


async def run(walk: Walk) -> Any:
    """Returns the deck; what its steps raise is for the attempt to judge."""
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
