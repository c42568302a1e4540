"""Deliveries of events to webhooks: every write of a sender names its attempt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from deckgen.domain.access import LOCAL_TENANT
from deckgen.domain.webhooks import Notification, notification
from deckgen.store import webhook_endpoints
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class Claim:
    """The right to send one delivery for a while, proved by `attempt`.

    `tries` counts the attempts since it was redelivered. It is signed with each of `secrets`, and with
    WEBHOOK_SECRET if there are none. The endpoint is None for the URL of a request.
    """

    id: UUID
    job_id: str
    event_number: int
    endpoint_id: UUID | None
    is_disabled: bool
    attempt: int
    tries: int
    notification: Notification
    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


async def claim(
    pool: Pool, job_id: str, event_number: int, *, endpoint_id: str | None = None, seconds: float
) -> Claim | None:
    """Take the right to send a delivery that is due; None if another worker has it or it is over."""
    names: dict[str, Any] = {"job_id": job_id, "event_number": event_number}
    names["endpoint_id"] = endpoint_id and UUID(endpoint_id)
    row = await queries().claim_delivery(pool, **names, claim_seconds=seconds)
    if row is None:
        return None
    ids = {"job_id": job_id, "deck_id": row["deck_id"], "user_id": row["user_id"]}
    copied = ("id", "is_disabled", "tries", "url")
    return Claim(
        **names,
        attempt=row["attempts"],
        notification=notification(row["kind"], row["data"], row["created_at"], **ids),
        secrets=await _secrets(pool, row),
        **{name: row[name] for name in copied},
    )


async def _secrets(pool: Pool, row: Any) -> tuple[str, ...]:
    """Returns what signs a claimed delivery, the newest first; none stands for WEBHOOK_SECRET."""
    if not row["is_of_endpoint"] and row["tenant_id"] == LOCAL_TENANT:
        return ()
    newest = row["secret"] or await webhook_endpoints.first_own_secret(pool, row["tenant_id"])
    return tuple(filter(None, (newest, row["previous_secret"])))


async def finish(pool: Pool, claim: Claim, http_status: int | None = None) -> None:
    """Record that the receiver has accepted the event."""
    await queries().finish_delivery(pool, http_status=http_status, **_fence(claim))


async def delay(
    pool: Pool, claim: Claim, error: str, http_status: int | None = None, *, seconds: float
) -> None:
    """Record the error of an attempt; another one follows after `seconds`."""
    await queries().delay_delivery(
        pool, error=error, http_status=http_status, wait_seconds=seconds, **_fence(claim)
    )


async def give_up(pool: Pool, claim: Claim, error: str, http_status: int | None = None) -> None:
    await queries().give_up_delivery(pool, error=error, http_status=http_status, **_fence(claim))


async def release(pool: Pool, claim: Claim) -> None:
    """Let another worker send it at once; the attempt stays counted."""
    await queries().release_delivery(pool, **_fence(claim))


def _fence(claim: Claim) -> dict[str, Any]:
    """Returns the condition by which a write changes nothing once another worker has claimed it."""
    return {"delivery_id": claim.id, "attempt": claim.attempt}


@dataclass(frozen=True)
class Handover:
    """One hand-over of a delivery to Redis; the endpoint is None for the URL of a request."""

    job_id: str
    event_number: int
    endpoint_id: str | None
    number: int


@dataclass(frozen=True)
class WebhookDispatch(Handover):
    """A hand-over that is to be made."""

    due_at: datetime


async def mark_dispatched(pool: Pool) -> list[WebhookDispatch]:
    """Choose what to hand to Redis now: of each endpoint and each user one delivery at a time."""
    rows = queries().mark_deliveries_dispatched(pool)
    return [WebhookDispatch(**_handover(row), due_at=row["next_at"]) async for row in rows]


async def dispatched(pool: Pool, *, grace_seconds: float) -> list[Handover]:
    """Returns the hand-overs that Redis should have known for `grace_seconds`."""
    rows = queries().dispatched_deliveries(pool, grace_seconds=grace_seconds)
    return [Handover(**_handover(row)) async for row in rows]


def _handover(row: Any) -> dict[str, Any]:
    return {
        "job_id": str(row["job_id"]),
        "event_number": row["event_number"],
        "endpoint_id": row["endpoint_id"] and str(row["endpoint_id"]),
        "number": row["dispatch_no"],
    }


async def forget_dispatch(pool: Pool, lost: Sequence[Handover]) -> None:
    """Let what Redis has lost be chosen again."""
    await queries().forget_delivery_dispatch(
        pool,
        job_ids=[each.job_id for each in lost],
        event_numbers=[each.event_number for each in lost],
        endpoint_ids=[each.endpoint_id for each in lost],
        dispatch_nos=[each.number for each in lost],
    )
