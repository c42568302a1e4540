"""The run that has a model write one slide of an existing deck anew."""

from typing import Any

from deckgen.domain.errors import PermanentError
from deckgen.domain.job_kinds.revise import Revision
from deckgen.domain.signing import without_signature
from deckgen.domain.steps import Step
from deckgen.worker.checkpointed_steps import CheckpointedSteps
from deckgen.worker.model_upgrade import ModelUpgrade


async def run(steps: CheckpointedSteps) -> Any:
    """Returns the deck with the slide written anew; an error if the model does not write it."""
    revision = Revision.model_validate(steps.lease.parameters)
    # The old signature is not that of the deck to come.
    deck = without_signature(steps.lease.deck)
    request = {"deck": deck, "revision": revision.to_json()}
    storyline = await steps.run(Step.REVISE, {Step.REVISE: request})
    sources = {Step.PROFILE: deck["source"]} if deck["source"] else {}
    outcome = await ModelUpgrade(steps).write(sources, storyline, storyline["intents"][0])
    if outcome.slide is None:
        raise PermanentError(
            f"The slide is unchanged. {outcome.reason} Ask again in other words, or later.",
            code="revision_refused",
        )
    return await steps.run(Step.REPLACE, {Step.REVISE: request, Step.SLIDE: outcome.slide.to_json()})
