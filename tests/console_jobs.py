"""What a console shows on a working day: jobs in every state, costs, a worker, an endpoint."""

from uuid import UUID

from deckgen.domain.webhook_endpoints import NewEndpoint
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import workers
from tests.databases import OwnDatabase
from tests.found_jobs import ask_earlier, complete, delay, fail, submit
from tests.work import take

STARTED = """
UPDATE jobs SET started_at = created_at + interval '2 s' * (1 + random()),
  finished_at = CASE WHEN finished_at IS NULL THEN NULL
    ELSE LEAST(created_at + interval '6 s' * (1 + random()), now()) END
WHERE started_at IS NULL AND status IN ('completed', 'failed', 'active')
"""
CALL = """
INSERT INTO model_calls (tenant_id, job_id, key, deck_id, user_id, step, part, model, tokens_in,
                         tokens_cached, tokens_out, cost, seconds, called_at)
SELECT tenant_id, id, gen_random_uuid()::text, deck_id, user_id, $5, $6, $2, 2140, 1, 512, $3, 1,
       now() - make_interval(days => $4) FROM jobs WHERE id = $1
"""
GIVEN_UP = """
UPDATE webhook_deliveries SET status = 'given_up', attempts = 8, last_error = $1, dispatched_at = NULL,
  claimed_until = NULL, attempted_at = now(), last_status = 503
"""
UNREADABLE = "Line 20,002 can't be read: a quotation mark is never closed."
URL = "https://receiver.example/decks"


async def call(
    database: OwnDatabase,
    job_id: str,
    *,
    days: int = 0,
    cost: float | None = 0.021,
    model: str = "large",
    step: str = "slide",
    part: str = "s1",
) -> None:
    """A call to a model was paid for the job, so many days ago."""
    await database.execute(CALL, UUID(job_id), model, cost, days, step, part)


async def fill(decks: AsyncOrchestrator, database: OwnDatabase, text: str = "") -> dict[str, str]:
    """Jobs by what became of them; `text` stands in what people and tables fill."""
    endpoint = {"url": f"{URL}?token=secret", "description": text or "The intranet"}
    await decks.webhooks.create(NewEndpoint.model_validate(endpoint))
    ids = {}
    for name, user, brief in (
        ("acme-q4", "acme", "Which regions grew in the fourth quarter, and why?"),
        ("acme-q3", "acme", "Which regions grew in the third quarter?"),
        ("weekly-9041", "lumen", "What happened this week that the board should know?"),
        ("weekly-9040", "lumen", "What happened last week that the board should know?"),
        ("kpi-tuesday", "acme", "How do our figures stand against the plan?"),
        ("hr-review", "sable", "Where do we lose people?"),
        ("north-board", "north", "How do sales develop in the north?"),
        ("north-plan", "north", "What would a tenth more spend bring?"),
    ):
        ids[name] = await submit(decks, name, user=user, brief=f"{brief} {text}")
    await fail(database, ids["acme-q4"], code="unreadable_dataset", message=text or UNREADABLE)
    await fail(database, ids["acme-q3"], message=text or "Something broke.")
    await delay(database, ids["weekly-9041"], message=text or "The step server is not ready.")
    for number, name in enumerate(("weekly-9040", "kpi-tuesday")):
        await complete(database, ids[name])
        for days in range(0, 28, 3 + number):
            await call(database, ids[name], days=days, cost=0.021 + 0.004 * (days % 7))
    await decks.cancel_job(ids["hr-review"])
    await database.execute(GIVEN_UP, text or "The receiver answered 503.")
    await workers.beat(database, "b2-31", concurrency=4, reason=text)
    await database.execute("UPDATE workers SET seen_at = now() + interval '1 h'")
    await take(database, ids["north-board"], worker_id="b2-31")
    for number, job_id in enumerate(ids.values()):
        await ask_earlier(database, job_id, (len(ids) - number) / 60)
    await database.execute(STARTED)
    return ids
