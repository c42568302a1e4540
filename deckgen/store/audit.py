"""The audit: rows that are only added."""

from typing import Any
from uuid import UUID

from deckgen.domain.audit import AuditEntry, AuditRequest, Target
from deckgen.domain.cursors import Cursor
from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries

LAST = 2**63 - 1  # the largest bigint: a cursor that a client has made up may name more


async def record(connection: Connection, action: str, kind: str, target: Any, **details: Any) -> None:
    """Add that the transaction's caller did this, in the transaction that does it.

    `action` is like `job.cancelled`, `kind` and `target` name what it was done to; the target of many
    is None. `details` are for everybody who may read the audit: no secrets, and nothing of tables.
    """
    await queries().record_audit(
        connection,
        action=action,
        target_kind=kind,
        target_id=None if target is None else str(target),
        details=details,
    )


async def page(pool: Pool, request: AuditRequest, before: Cursor | None) -> list[AuditEntry]:
    """Returns the entries before a place, the newest first, and one more than the limit if there is."""
    rows = queries().audit_page(
        pool,
        actor=request.actor,
        action=request.action,
        target=request.target,
        since=request.since_time,
        before_entry=before and min(before.job_id.int, LAST),
        limit=request.limit + 1,
    )
    return [_entry(row) async for row in rows]


def place(entry: AuditEntry) -> Cursor:
    """Returns where a page ends: the number of the entry stands where a list of jobs has a job's id."""
    return Cursor(entry.at, UUID(int=entry.entry_id))


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        entry_id=row["id"],
        target=Target(kind=row["target_kind"], id=row["target_id"]),
        **{name: row[name] for name in ("at", "actor", "user_id", "action", "details")},
    )
