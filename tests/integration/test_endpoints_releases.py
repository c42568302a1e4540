"""Workers of 0.4.0 beside endpoints that they know nothing of, with the statements of that release."""

import subprocess
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import aiosql
import pytest

from deckgen.domain.jobs import DeliveryStatus
from deckgen.domain.webhook_endpoints import NewEndpoint
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.queries import Adapter
from deckgen.worker.jobs.deliver_webhook import run_delivery
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.receiver import Receiver, only_delivery
from tests.work import take

COMMIT = "a87c83b5c4923207aa8a3672100eba24005b3244"
FILES = ("deliveries", "jobs", "progress", "retention")
BRIEF = {"businessContext": "How are sales?"}
ENDED: dict[str, Any] = {"after": "", "completed": 0, "failed": 0, "users": 10, "limit": 10}


@pytest.fixture(scope="module")
def former() -> Any:
    """Those statements, out of the history of this clone; their transactions are the owner's."""
    texts = []
    for name in FILES:
        command = ["git", "show", f"{COMMIT}:sql/queries/{name}.sql"]
        try:
            shown = subprocess.run(
                command, cwd=Path(__file__).parent, capture_output=True, check=True, text=True
            )
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("This clone has no history, so there are no statements of 0.4.0.")
        texts.append(shown.stdout)
    return aiosql.from_str("\n".join(texts), cast("Any", Adapter))


@pytest.fixture
async def endpoint_id(decks: AsyncOrchestrator, receiver: Receiver, webhook_url: str) -> str:
    """Of an endpoint at the URL that requests name too; its receiver has that one's secret."""
    made = await decks.webhooks.create(NewEndpoint.model_validate({"url": webhook_url}))
    return made.endpoint_id


async def of_endpoint(decks: AsyncOrchestrator, endpoint_id: str) -> Any:
    (one,) = (await decks.webhooks.deliveries({"endpoint": endpoint_id})).deliveries
    return one


async def test_a_former_worker_ends_a_job(
    former: Any, decks: AsyncOrchestrator, database: OwnDatabase, endpoint_id: str, webhook_url: str
) -> None:
    """Its end is to be told to the request's URL and to the endpoint."""
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF, webhook_url=webhook_url)
    lease = await take(database, one.job_id)
    assert lease
    error = {"error_code": "broken", "error_message": "It broke."}
    names = {"job_id": one.job_id, "lease_token": lease.token}
    assert await former.fail_job(database, **error, **names) == UUID(one.job_id)
    for told in (await only_delivery(decks, one.job_id), await of_endpoint(decks, endpoint_id)):
        assert (told.event, told.status) == ("job.failed", DeliveryStatus.PENDING)


async def test_a_former_worker_delivers(
    former: Any,
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    endpoint_id: str,
    ended_id: str,
    webhook_url: str,
) -> None:
    """It hands over, sends and records what goes to the request's URL, and nothing else."""
    await database.execute("UPDATE webhook_deliveries SET dispatched_at = NULL")
    chosen = [row async for row in former.mark_deliveries_dispatched(database)]
    assert [(str(row["job_id"]), row["event_number"]) for row in chosen] == [(ended_id, 2)]
    names = {"job_id": ended_id, "event_number": 2}
    claimed = await former.claim_delivery(database, **names, claim_seconds=60)
    assert (claimed["webhook_url"], claimed["attempts"]) == (webhook_url, 1)
    assert await former.claim_delivery(database, **names, claim_seconds=60) is None
    await former.finish_delivery(database, **names, attempt=1)
    assert (await only_delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED
    assert (await of_endpoint(decks, endpoint_id)).status is DeliveryStatus.PENDING
    assert [row async for row in former.dispatched_deliveries(database, grace_seconds=-60)] == []


async def test_former_retention(
    former: Any,
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    endpoint_id: str,
    ended_id: str,
) -> None:
    """It purges no job whose end is still to be told to an endpoint, and each that is told."""
    await run_delivery(runtime, ended_id, 2)
    bounds = ENDED | {"outages": [], "outage_seconds": None}
    assert (await former.purge_jobs(database, **bounds))["jobs"] == 0
    assert (await of_endpoint(decks, endpoint_id)).status is DeliveryStatus.PENDING
    await run_delivery(runtime, ended_id, 2, endpoint_id)
    await decks.webhooks.remove(endpoint_id)
    assert (await former.purge_jobs(database, **bounds))["jobs"] == 1
