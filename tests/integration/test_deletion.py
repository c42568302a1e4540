"""What goes with a deck, a user and a tenant, and what stays."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import pytest

from deckgen.domain.api_keys import NewKey
from deckgen.domain.deletions import Receipt
from deckgen.domain.errors import Conflict, NotFound
from deckgen.domain.jobs import JobStatus
from deckgen.domain.share_links import NewShareLink
from deckgen.domain.webhook_endpoints import NewEndpoint
from deckgen.queue.service import AsyncOrchestrator
from deckgen.redis.kept_answers import answer_name
from deckgen.store import deletions
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.deletions import CELL, CSV, complete, quoting, rows, submit, traces
from tests.stand_in import StandIn

ACME, BETA = "acme", "beta"
ANN, BEN = "ann-7f3a", "ben-91cd"
DECK, OTHER = "deck-of-ann", "other-of-ann"
CLOSED = "UPDATE deletions SET holds_until = completed_at"  # the seconds after a deletion are over
NAMED = "SELECT user_id::text, sum(cost)::float8 FROM model_calls WHERE tenant_id = $1 GROUP BY 1"


@pytest.fixture
async def acme(decks: AsyncOrchestrator, stand_in: StandIn) -> AsyncOrchestrator:
    quoting(stand_in)
    return decks.of(ACME)


@pytest.fixture
async def filled(
    acme: AsyncOrchestrator, decks: AsyncOrchestrator, runtime: Runtime, webhook_url: str
) -> None:
    """Ann's two decks, Ben's in the same tenant, and the same ids in another tenant.

    All of them but Ben's use the same table.
    """
    await complete(acme, runtime, DECK, ANN, webhook_url=webhook_url)
    await complete(acme, runtime, OTHER, ANN)
    await complete(acme, runtime, "deck-of-ben", BEN, csv=f"{CSV}Ben,1\n")
    await complete(decks.of(BETA), runtime, DECK, ANN)
    await acme.keys.create(NewKey(name="ann", user_id=ANN))
    await acme.keys.create(NewKey(name="shop"))
    await acme.webhooks.create(NewEndpoint.model_validate({"url": webhook_url}))
    await acme.webhooks.rotate_own_secret(1)
    for deck in (DECK, OTHER):
        await acme.shares.create(deck, NewShareLink())


async def tables(database: OwnDatabase, tenant: str) -> int:
    count = "SELECT count(*) FROM datasets WHERE tenant_id = $1"
    return int(await database.fetchval(count, tenant))


async def test_a_deck(filled: None, acme: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Deck, versions, jobs and all that hangs on them go; its user's other deck keeps the table."""
    others = await rows(database, ACME, without=[DECK])
    of_beta = await rows(database, BETA)
    assert len(await traces(database, DECK, but=BETA)) > 3
    receipt = await acme.deletions.deck(DECK)
    assert receipt.completed_at is not None
    assert (receipt.what, receipt.id, receipt.requested_by) == ("deck", DECK, "server")
    counts = receipt.counts
    assert (counts.decks, counts.versions, counts.jobs, counts.tables) == (1, 3, 2, 0)
    assert (counts.calls, counts.deliveries, counts.keys, counts.links) == (2, 2, 0, 1)
    assert counts.events > counts.steps > counts.attempts > 0
    assert await traces(database, DECK, but=BETA) == set()
    left = {row for row in await rows(database, ACME) if "deleted" not in row[1]}
    assert left <= set(others)
    assert await rows(database, BETA) == of_beta
    assert await tables(database, ACME) == 2
    with pytest.raises(NotFound):
        await acme.get_presentation(DECK)


async def test_a_table_goes_with_its_last_deck(
    filled: None, acme: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """The second deck takes the table with it, and the other tenant keeps its own."""
    assert [(await acme.deletions.deck(one)).counts.tables for one in (DECK, OTHER)] == [0, 1]
    assert (await tables(database, ACME), await tables(database, BETA)) == (1, 1)


async def test_a_user(filled: None, acme: AsyncOrchestrator, database: OwnDatabase) -> None:
    """All that is theirs goes, and nothing else: another user's rows are what they were."""
    await database.execute(
        "INSERT INTO purge_places VALUES ('users', $1) "
        "ON CONFLICT (walk) DO UPDATE SET after = excluded.after",
        f"{ACME} {ANN}",
    )
    of_ben, of_beta = await rows(database, ACME, without=[ANN]), await rows(database, BETA)
    of_ben = [row for row in of_ben if "ben" in row[1] or "shop" in row[1]]
    receipt = await acme.deletions.user(ANN)
    counts = receipt.counts
    assert receipt.completed_at is not None
    assert (counts.decks, counts.versions, counts.jobs, counts.tables) == (2, 6, 4, 1)
    assert (counts.calls, counts.keys) == (4, 1)
    assert await traces(database, ANN, DECK, OTHER, but=BETA) == set()
    assert await database.fetchval("SELECT count(*) FROM purge_places WHERE after LIKE 'acme %'") == 0
    assert [row for row in await rows(database, ACME) if row in of_ben] == of_ben
    assert await rows(database, BETA) == of_beta


async def test_a_tenant(filled: None, acme: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Nothing of it is left but its account, without names, its audit and the receipt."""
    of_beta = await rows(database, BETA)
    receipt = await acme.deletions.tenant()
    counts = receipt.counts
    assert receipt.completed_at is not None
    assert (counts.decks, counts.versions, counts.jobs, counts.tables) == (3, 9, 6, 2)
    assert (counts.calls, counts.keys, counts.links, counts.endpoints) == (6, 2, 2, 1)
    assert await traces(database, ANN, BEN, "deck-of", "other-of", CELL, but=BETA) == set()
    assert {table for table, _ in await rows(database, ACME)} == {"model_calls"}
    counted = "SELECT count(*) FROM job_counts WHERE tenant_id = $1"
    assert await database.fetchval(counted, ACME) == 0
    assert await rows(database, BETA) == of_beta
    # Its own keys let nobody in any more, and the operator sees its receipt.
    assert receipt == await acme.of("local").deletions.receipt(receipt.deletion_id)
    with pytest.raises(NotFound):
        await acme.of(BETA).deletions.receipt(receipt.deletion_id)


async def test_the_search_finds_what_is_there(
    filled: None, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, acme: AsyncOrchestrator
) -> None:
    """Negative control: names and cells are found where they are, and where a deletion forgot them."""
    found = await traces(database, ANN, DECK, CELL)
    assert found >= {"presentations", "deck_versions", "jobs", "job_steps", "model_calls", "api_keys"}

    async def forgets(*_: object) -> deletions.Batch:
        return deletions.Batch()

    monkeypatch.setattr(deletions, "_take_names_off_calls", forgets)
    await acme.deletions.user(ANN)
    assert await traces(database, ANN, but=BETA) == {"model_calls"}


async def test_bills_stay_true(filled: None, acme: AsyncOrchestrator, database: OwnDatabase) -> None:
    """What was paid is paid: of a deck in its user's name, of a user in nobody's."""
    everything = (date(2000, 1, 1), date(2100, 1, 1))
    before = (await acme.get_account(*everything)).days
    await acme.deletions.deck(DECK)
    assert (await acme.get_account(*everything)).days == before
    await acme.deletions.user(ANN)
    assert [tuple(row) for row in await database.fetch(f"{NAMED} ORDER BY 1", ACME)] == [
        (BEN, 1.0),
        ("deleted", 2.0),
    ]
    assert [tuple(row) for row in await database.fetch(NAMED, BETA)] == [(ANN, 1.0)]


@pytest.mark.parametrize("name", ["nothing", "no id", DECK])
async def test_what_is_not_there(acme: AsyncOrchestrator, name: str, runtime: Runtime) -> None:
    """What does not exist, is no id, or is another tenant's is not found, and leaves no receipt."""
    await complete(acme.of(BETA), runtime, DECK, DECK)
    for delete in (acme.deletions.deck, acme.deletions.user):
        with pytest.raises(NotFound):
            await delete(name)
    assert (await acme.audit.page({})).entries == []


async def test_twice(filled: None, acme: AsyncOrchestrator) -> None:
    """What was deleted is not there any more; a tenant can be deleted again, and has nothing."""
    again: tuple[tuple[Callable[[str], Awaitable[Receipt]], str], ...] = (
        (acme.deletions.deck, DECK),
        (acme.deletions.user, ANN),
    )
    for delete, name in again:
        await delete(name)
        with pytest.raises(NotFound):
            await delete(name)
    await acme.deletions.tenant()
    receipt = await acme.deletions.tenant()
    assert receipt.counts.decks == 0


async def test_the_same_name_anew(
    filled: None, acme: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime
) -> None:
    """The ids are free again; after keys were revoked only once no process can believe them."""
    await acme.deletions.deck(DECK)
    await complete(acme, runtime, DECK, BEN)
    await acme.deletions.user(ANN)
    with pytest.raises(Conflict) as caught:
        await submit(acme, OTHER, ANN)
    assert caught.value.code == "being_deleted"
    with pytest.raises(Conflict):
        await acme.keys.create(NewKey(name="ann", user_id=ANN))
    await database.execute(CLOSED)
    job_id = await submit(acme, OTHER, ANN)
    assert (await acme.get_job_status(job_id)).status is JobStatus.WAITING


async def test_answers_in_redis(
    acme: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """What the orchestrator keeps there of the steps' answers goes with the jobs."""
    job_id = await complete(acme, runtime, DECK, ANN)
    of_job = "SELECT key FROM job_steps WHERE job_id = $1"
    names = [answer_name(row["key"]) for row in await database.fetch(of_job, UUID(job_id))]
    await runtime.delivery.mset(dict.fromkeys([*names, "deckgen:answer:another"], CELL))
    await acme.deletions.deck(DECK)
    assert await runtime.delivery.exists(*names) == 0
    assert await runtime.delivery.exists("deckgen:answer:another") == 1
