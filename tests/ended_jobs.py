"""Jobs that are over, for the tests of what is kept of them."""

from collections.abc import Sequence
from uuid import UUID

from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.stand_in import StandIn, problem
from tests.work import work

BRIEF = {"businessContext": "How are sales?"}
CSV = "region,sales\nNorth,10\nSouth,20\n"


async def submit(decks: AsyncOrchestrator, deck: str, *, user: str = "u", csv: str | None = CSV) -> str:
    one = await decks.enqueue_presentation_generation(deck, user, BRIEF, csv_data=csv)
    return one.job_id


async def completed(
    decks: AsyncOrchestrator, runtime: Runtime, names: Sequence[str], *, user: str = "u"
) -> list[str]:
    """Jobs that ended one after the other, each with data of its own."""
    ids = []
    for name in names:
        ids.append(await submit(decks, name, user=user, csv=f"{CSV}{name},1\n"))
        await work(runtime, ids[-1])
    return ids


async def failed(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, names: Sequence[str]
) -> list[str]:
    stand_in.answers[Step.ASSEMBLE] += [problem(422, "broken", retryable=False)] * len(names)
    return await completed(decks, runtime, names)


async def end_earlier(database: OwnDatabase, job_id: str, days: float) -> None:
    await database.execute(
        "UPDATE jobs SET finished_at = finished_at - make_interval(secs => $2) WHERE id = $1",
        UUID(job_id),
        days * 86_400,
    )
