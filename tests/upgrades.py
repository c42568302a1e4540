"""Jobs about a small table that a model improves, for the tests of the worker."""

from typing import Any

from deckgen.domain.jobs import Job
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.stand_in import StandIn
from tests.work import attempt

CSV = "region,sales\nNorth,10\nSouth,20\n"
SLIDES = 3


async def submit(decks: AsyncOrchestrator, **policy: Any) -> str:
    submitted = await decks.enqueue_presentation_generation(
        "deck-1", "user-1", {"businessContext": "How are sales?"}, CSV, policy=policy
    )
    return submitted.job_id


async def made(runtime: Runtime, decks: AsyncOrchestrator, **policy: Any) -> Job:
    return await attempt(runtime, decks, await submit(decks, **policy))


def told(stand_in: StandIn) -> Any:
    """What the last step was given of the model's work."""
    return stand_in.calls[-1].request["inputs"]["storyline"]
