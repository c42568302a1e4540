"""One slide of the deck that there is, written anew by a model."""

from typing import Any

from deckgen.domain.errors import PermanentError
from deckgen.domain.job_kinds.revise import Revision
from deckgen.domain.signing import without_signature
from deckgen.domain.steps import Step
from deckgen.worker.checkpointed_steps import Walk
from deckgen.worker.model_upgrade import Upgrading


async def run(walk: Walk) -> Any:
    """Returns the deck with the slide written anew; an error if the model does not write it."""
    revision = Revision.model_validate(walk.lease.parameters)
    # Its signature is not that of the deck to come.
    deck = without_signature(walk.lease.deck)
    wanted = {"deck": deck, "revision": revision.to_json()}
    telling = await walk.run(Step.REVISE, {Step.REVISE: wanted})
    given = {Step.PROFILE: deck["source"]} if deck["source"] else {}
    outcome = await Upgrading(walk).write(given, telling, telling["intents"][0])
    if outcome.slide is None:
        raise PermanentError(
            f"The slide stays as it was. {outcome.reason} Ask for it in other words, or later.",
            code="revision_refused",
        )
    return await walk.run(Step.REPLACE, {Step.REVISE: wanted, Step.SLIDE: outcome.slide.to_json()})
