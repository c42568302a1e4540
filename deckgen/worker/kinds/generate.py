"""The run that makes a deck: a draft, which a model improves if there is one."""

from typing import Any

from deckgen.domain.model_steps import UpgradeResult
from deckgen.domain.steps import NEEDS_DATASET, Step
from deckgen.store import progress
from deckgen.store.away import durably
from deckgen.worker.checkpointed_steps import CheckpointedSteps, Inputs, all_of
from deckgen.worker.model_upgrade import ModelUpgrade


async def run(steps: CheckpointedSteps) -> Any:
    """Returns the deck; the attempt judges the errors of its steps."""
    results: Inputs = {}
    for step in (Step.PROFILE, Step.FACTS, Step.DRAFT):
        if steps.lease.dataset or step not in NEEDS_DATASET:
            results[step] = await steps.run(step, dict(results))
    if not results[Step.DRAFT].get("upgrade") or steps.lease.policy.max_tokens == 0:
        return await steps.run(Step.ASSEMBLE, results)
    # The draft is shown at once, and proved while the model works, which costs no time.
    sources = {Step.PROFILE: results[Step.PROFILE]} if Step.PROFILE in results else {}
    draft, upgrade = await all_of(
        _prove_draft(steps, results), ModelUpgrade(steps).improve(sources, results[Step.DRAFT])
    )
    assert isinstance(upgrade, UpgradeResult)
    return await steps.run(Step.FINISH, {Step.ASSEMBLE: draft, Step.STORYLINE: upgrade.to_json()})


async def _prove_draft(steps: CheckpointedSteps, results: Inputs) -> Any:
    if not steps.is_done(Step.ASSEMBLE, results):
        await _show(steps, results[Step.DRAFT]["deck"])
    deck = await steps.run(Step.ASSEMBLE, results)
    await _show(steps, deck)
    return deck


async def _show(steps: CheckpointedSteps, draft: Any) -> None:
    """Let the draft be read while the job goes on."""
    await durably(progress.save_draft, steps.database, steps.lease, draft)
    steps.runtime.notifier.tell(steps.lease.job_id)
