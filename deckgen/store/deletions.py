"""Deletions: receipts that are written first, and the short transactions that follow.

Each transaction locks its receipt and adds to its counts, so those of several processes go on with one
deletion one after the other. Within one the order is jobs, decks, tables, as it is for workers.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from deckgen.domain.deletions import Counts, Receipt, What
from deckgen.store import audit, jobs
from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries

JOBS_AT_ONCE = 100  # each brings along a dozen of other rows
DECKS_AT_ONCE = 50  # large, each
CALLS_AT_ONCE = 500
# For which a process may believe a key that was revoked.
HOLD_SECONDS = 10.0


@dataclass(frozen=True)
class Deletion:
    """A deletion that may not be complete: `target` is the id of a deck, a user or the tenant."""

    id: UUID
    tenant: str
    what: What
    target: str

    @classmethod
    def of(cls, row: Any) -> "Deletion":
        return cls(row["id"], row["tenant_id"], What(row["what"]), row["target_id"])

    @property
    def names(self) -> dict[str, str | None]:
        """Returns the parameters of the statements: a tenant's have no name."""
        return _names(self.what, self.target)


@dataclass(frozen=True)
class Batch:
    """What one transaction did: what it removed, and the jobs that it ended, by their last dispatch.

    Those in `running` had begun: a model may still answer their calls, which are paid.
    """

    counts: Counts = field(default_factory=Counts)
    cancelled: dict[UUID, int] = field(default_factory=dict)
    running: Sequence[UUID] = ()
    step_keys: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        return not self.cancelled and self.counts == Counts()


async def begin(pool: Pool, tenant: str, what: What, target: str) -> Deletion | None:
    """Write the receipt, or find the one that is open; None if the caller sees nothing to delete.

    From its commit on nothing new is let in for the target, and its keys let nobody in.
    """
    names = _names(what, target)
    async with pool.acquire() as connection:
        await queries().lock_deletions(connection, tenant=tenant)
        if what is not What.TENANT and not await queries().is_there_to_delete(connection, **names):
            return await _open(connection, what, target)
        row = await queries().begin_deletion(connection, what=what, target_id=target)
        if row is None:
            return await _open(connection, what, target)
        if what is not What.DECK:
            await queries().revoke_keys(connection, user_id=names["user_id"])
        details = {"deletionId": str(row["id"])}
        await audit.record(connection, f"{what}.deleted", what, target, **details)
    return Deletion.of(row)


async def _open(connection: Connection, what: What, target: str) -> Deletion | None:
    # A deck goes last of all that its deletion removes: without the deck there is none to go on with.
    if what is What.DECK and not await queries().is_there_to_delete(connection, **_names(what, target)):
        return None
    row = await queries().open_deletion(connection, what=what, target_id=target)
    return row and Deletion.of(row)


async def open_of_all(service: Pool, *, limit: int) -> list[Deletion]:
    """Returns deletions of all tenants that are not complete, the oldest first."""
    return [Deletion.of(row) async for row in queries().open_deletions(service, limit=limit)]


async def receipt(pool: Pool, deletion_id: UUID) -> Receipt | None:
    row = await queries().deletion(pool, deletion_id=deletion_id)
    return row and _receipt(row)


def _receipt(row: Any) -> Receipt:
    copied = ("what", "requested_by", "requested_at", "completed_at", "counts")
    return Receipt(
        deletion_id=str(row["id"]),
        id=row["target_id"],
        url=f"/api/deletions/{row['id']}",
        **{name: row[name] for name in copied},
    )


async def cancel_jobs(pool: Pool, deletion: Deletion) -> Batch:
    """End the next jobs that are not over: from the commit on their workers write nothing."""
    return await _batch(pool, deletion, _cancel_jobs)


async def delete_jobs(pool: Pool, deletion: Deletion) -> Batch:
    """Remove the next jobs; if one of them runs again, end those that do."""
    return await _batch(pool, deletion, _delete_jobs)


async def delete_versions(pool: Pool, deletion: Deletion) -> Batch:
    """Remove the next former decks."""
    return await _batch(pool, deletion, _delete_versions)


async def take_names_off_calls(pool: Pool, deletion: Deletion) -> Batch:
    """Leave the next calls to a model in nobody's name."""
    return await _batch(pool, deletion, _take_names_off_calls)


async def delete_decks(pool: Pool, deletion: Deletion) -> Batch:
    """Remove the next decks; the only one of a deletion of a deck with `complete`."""
    return await _batch(pool, deletion, _delete_decks)


async def complete(pool: Pool, deletion: Deletion) -> Batch:
    """Remove what is left of the target, its keys and endpoints; then the deletion is complete."""
    return await _batch(pool, deletion, _complete)


async def forget_places(service: Pool, deletion: Deletion) -> None:
    """Let no walk of the purge stand at a user or tenant that is deleted."""
    user_id = deletion.names["user_id"]
    if deletion.what is not What.DECK:
        await queries().forget_places(service, tenant=deletion.tenant, user_id=user_id)


async def _batch(
    pool: Pool, deletion: Deletion, work: Callable[[Connection, Deletion], Awaitable[Batch]]
) -> Batch:
    async with pool.acquire() as connection:
        counts = await queries().lock_deletion(connection, deletion_id=deletion.id)
        if counts is None:
            return Batch()
        batch = await work(connection, deletion)
        if not batch.is_empty:
            await queries().count_deleted(
                connection,
                deletion_id=deletion.id,
                counts=Counts.model_validate(counts).plus(batch.counts).to_json(),
                job_ids=batch.running,
            )
    return batch


async def _cancel_jobs(connection: Connection, deletion: Deletion) -> Batch:
    statement = queries().lock_open_jobs_to_delete
    rows = [row async for row in statement(connection, **deletion.names, limit=JOBS_AT_ONCE)]
    return await _cancelled(connection, rows)


async def _cancelled(connection: Connection, rows: Sequence[Any]) -> Batch:
    cancelled = await jobs.cancel_many(connection, [row["id"] for row in rows])
    running = [row["id"] for row in rows if row["has_begun"] and row["id"] in cancelled]
    return Batch(cancelled=cancelled, running=running)


async def _delete_jobs(connection: Connection, deletion: Deletion) -> Batch:
    statement = queries().lock_jobs_to_delete
    rows = [row async for row in statement(connection, **deletion.names, limit=JOBS_AT_ONCE)]
    if runs_again := [row for row in rows if row["is_open"]]:
        return await _cancelled(connection, runs_again)
    if not rows:
        return Batch()
    async with _Tables(connection, rows) as tables:
        gone = await queries().delete_jobs(connection, job_ids=[row["id"] for row in rows])
    copied = ("jobs", "events", "attempts", "deliveries", "steps")
    counts = Counts(**{name: gone[name] for name in copied}, tables=tables.gone)
    return Batch(counts, step_keys=gone["step_keys"])


async def _delete_versions(connection: Connection, deletion: Deletion) -> Batch:
    statement = queries().lock_versions_to_delete
    rows = [row async for row in statement(connection, **deletion.names, limit=DECKS_AT_ONCE)]
    if not rows:
        return Batch()
    keys = {"deck_ids": [row["deck_id"] for row in rows], "numbers": [row["number"] for row in rows]}
    async with _Tables(connection, rows) as tables:
        versions = await queries().delete_versions(connection, **keys)
    return Batch(Counts(versions=versions, tables=tables.gone))


async def _take_names_off_calls(connection: Connection, deletion: Deletion) -> Batch:
    names = deletion.names
    calls = await queries().take_names_off_calls(connection, **names, limit=CALLS_AT_ONCE)
    return Batch(Counts(calls=calls))


async def _delete_decks(connection: Connection, deletion: Deletion) -> Batch:
    statement = queries().lock_decks_to_delete
    rows = [row async for row in statement(connection, **deletion.names, limit=DECKS_AT_ONCE)]
    if not rows:
        return Batch()
    deck_ids = [row["id"] for row in rows]
    links = await queries().delete_links(connection, deck_ids=deck_ids)
    async with _Tables(connection, rows) as tables:
        decks = await queries().delete_decks(connection, deck_ids=deck_ids)
    return Batch(Counts(decks=decks, links=links, tables=tables.gone))


async def _complete(connection: Connection, deletion: Deletion) -> Batch:
    keys = endpoints = templates = 0
    batch = await _delete_decks(connection, deletion)
    if deletion.what is not What.DECK:
        keys = await queries().delete_keys(connection, user_id=deletion.names["user_id"])
    if deletion.what is What.TENANT:
        endpoints = await queries().delete_webhooks(connection)
        templates = await queries().delete_templates(connection)
        await queries().delete_counts(connection)
    seconds = HOLD_SECONDS if keys else 0.0
    await queries().complete_deletion(connection, deletion_id=deletion.id, hold_seconds=seconds)
    return Batch(batch.counts.plus(Counts(keys=keys, endpoints=endpoints, templates=templates)))


class _Tables:
    """The tables that rows need, around the deletion of these rows; `gone` is how many went too."""

    def __init__(self, connection: Connection, rows: Sequence[Any]) -> None:
        self._connection, self.gone = connection, 0
        self._sha256s = sorted({row["dataset_sha256"] for row in rows} - {None})

    async def __aenter__(self) -> "_Tables":
        await queries().lock_tables(self._connection, sha256s=self._sha256s)
        return self

    async def __aexit__(self, failed: object, *_: object) -> None:
        if failed is None:  # this statement sees what was committed before the locks were taken
            statement = queries().delete_unneeded_tables
            self.gone = await statement(self._connection, sha256s=self._sha256s)


def _names(what: What, target: str) -> dict[str, str | None]:
    return {
        "deck_id": target if what is What.DECK else None,
        "user_id": target if what is What.USER else None,
    }
