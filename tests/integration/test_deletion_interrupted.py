"""Deletions that are interrupted, large, or asked for at once: each is finished, and counted once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from deckgen.domain.api_keys import NewKey
from deckgen.domain.errors import Conflict, Unavailable
from deckgen.queue import deletions as queue_deletions
from deckgen.queue import erasing
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import deletions
from deckgen.store.deletions import Batch
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.deletions import ANN, CELL, DECK, complete, names_of, quoting, submit, traces
from tests.stand_in import StandIn


@pytest.fixture
async def acme(decks: AsyncOrchestrator, stand_in: StandIn) -> AsyncOrchestrator:
    quoting(stand_in)
    return decks.of("acme")


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Lets the next deletion break off once its jobs are gone."""

    def at_versions(error: BaseException) -> None:
        stages, broken = erasing.STAGES, [error]

        async def breaks(pool: Any, deletion: Any) -> Batch:
            if broken:
                raise broken.pop()
            return await deletions.delete_versions(pool, deletion)

        monkeypatch.setattr(erasing, "STAGES", (*stages[:2], breaks, *stages[3:]))

    return at_versions


async def test_nothing_new_while_a_deletion_goes_on(
    acme: AsyncOrchestrator,
    runtime: Runtime,
    interrupted: Callable[[BaseException], None],
) -> None:
    """Requests for the deck are refused until it is complete; those for others are not."""
    await complete(acme, runtime, DECK, ANN)
    interrupted(ConnectionResetError())
    with pytest.raises(Unavailable):
        await acme.deletions.deck(DECK)
    with pytest.raises(Conflict) as caught:
        await submit(acme, DECK, ANN)
    assert caught.value.code == "being_deleted"
    await submit(acme, "other", ANN)
    await submit(acme.of("beta"), DECK, ANN)
    await acme.deletions.deck(DECK)
    await submit(acme, DECK, ANN)


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("what", ["deck", "user", "tenant"])
async def test_an_interrupted_deletion_is_finished(
    what: str,
    again: bool,
    acme: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    interrupted: Callable[[BaseException], None],
) -> None:
    """By whoever asks once more, or by a worker; the receipt counts what went before and after.

    Keys let nobody in from the beginning.
    """
    await complete(acme, runtime, DECK, ANN)
    await acme.keys.create(NewKey(name="ann", user_id=ANN))
    delete: Callable[..., Awaitable[Any]] = getattr(acme.deletions, what)
    arguments = {"deck": [DECK], "user": [ANN], "tenant": []}[what]
    interrupted(asyncio.CancelledError() if again else ConnectionResetError())
    with pytest.raises((asyncio.CancelledError, Unavailable)) as caught:
        await delete(*arguments)
    if isinstance(caught.value, Unavailable):
        assert caught.value.code == "interrupted"
    (deletion_id,) = [row["id"] for row in await database.fetch("SELECT id FROM deletions")]
    assert await traces(database, DECK, CELL) >= {"presentations", "deck_versions"}
    assert await database.fetchval("SELECT revoked_at IS NULL FROM api_keys") is (what == "deck")
    if again:
        await delete(*arguments)
    else:
        await reconcile_once(runtime)
    receipt = await acme.deletions.receipt(str(deletion_id))
    assert receipt.completed_at is not None
    assert (receipt.counts.decks, receipt.counts.versions, receipt.counts.jobs) == (1, 3, 2)
    assert receipt.counts.keys == (what != "deck")
    assert await traces(database, *names_of(what)) == set()
    assert len((await acme.audit.page({"action": f"{what}.deleted"})).entries) == 1


async def test_a_large_user(
    acme: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request waits for a while only; then a worker goes on, a short transaction at a time."""
    for number in range(5):
        await complete(acme, runtime, f"{DECK}-{number}", ANN)
    await submit(acme, "waits", ANN)
    monkeypatch.setattr(queue_deletions, "WAIT_SECONDS", 0)
    for bound in ("JOBS_AT_ONCE", "DECKS_AT_ONCE", "CALLS_AT_ONCE"):
        monkeypatch.setattr(deletions, bound, 2)
    receipt = await acme.deletions.user(ANN)
    assert (receipt.completed_at, receipt.counts.jobs) == (None, 0)
    assert await database.fetchval("SELECT count(*) FROM jobs WHERE finished_at IS NULL") == 0
    while receipt.completed_at is None:
        await reconcile_once(runtime)
        receipt = await acme.deletions.receipt(receipt.deletion_id)
    counts = receipt.counts
    assert (counts.jobs, counts.decks, counts.versions, counts.calls) == (11, 6, 15, 10)
    assert await traces(database, DECK, ANN, CELL) == set()


async def test_several_at_once(
    acme: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They go on with one deletion, and its receipt counts everything once."""
    monkeypatch.setattr(deletions, "JOBS_AT_ONCE", 1)
    # None is done with it before the last one begins.
    monkeypatch.setattr(queue_deletions, "WAIT_SECONDS", 0)
    for number in range(3):
        await complete(acme, runtime, f"{DECK}-{number}", ANN)
    receipts = await asyncio.gather(*(acme.deletions.user(ANN) for _ in range(4)))
    assert len({receipt.deletion_id for receipt in receipts}) == 1
    receipt = receipts[0]
    while receipt.completed_at is None:
        await asyncio.gather(*(reconcile_once(runtime) for _ in range(4)))
        receipt = await acme.deletions.receipt(receipt.deletion_id)
    assert (receipt.counts.jobs, receipt.counts.decks, receipt.counts.tables) == (6, 3, 1)
