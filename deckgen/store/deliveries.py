"""Deliveries of events to webhooks: every write of a sender names its attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deckgen.domain.webhooks import Notification, notification
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class Claim:
    """The right to send one delivery for a while, proved by `attempt`."""

    job_id: str
    event_number: int
    attempt: int
    url: str
    notification: Notification


async def claim(pool: Pool, job_id: str, event_number: int, *, seconds: float) -> Claim | None:
    """Take the right to send a delivery that is due; None if another worker has it or it is over."""
    row = await queries().claim_delivery(
        pool, job_id=job_id, event_number=event_number, claim_seconds=seconds
    )
    if row is None:
        return None
    ids = {"job_id": job_id, "deck_id": row["deck_id"], "user_id": row["user_id"]}
    body = notification(row["kind"], row["data"], row["created_at"], **ids)
    return Claim(job_id, event_number, row["attempts"], row["webhook_url"], body)


async def finish(pool: Pool, claim: Claim) -> None:
    """Record that the receiver has accepted the event."""
    await queries().finish_delivery(pool, **_fence(claim))


async def delay(pool: Pool, claim: Claim, error: str, *, seconds: float) -> None:
    """Record the error of an attempt; another one follows after `seconds`."""
    await queries().delay_delivery(pool, error=error, wait_seconds=seconds, **_fence(claim))


async def give_up(pool: Pool, claim: Claim, error: str) -> None:
    await queries().give_up_delivery(pool, error=error, **_fence(claim))


async def release(pool: Pool, claim: Claim) -> None:
    """Let another worker send it at once; the attempt stays counted."""
    await queries().release_delivery(pool, **_fence(claim))


def _fence(claim: Claim) -> dict[str, Any]:
    """Returns the condition by which a write changes nothing once another worker has claimed it."""
    return {
        "job_id": claim.job_id,
        "event_number": claim.event_number,
        "attempt": claim.attempt,
    }


@dataclass(frozen=True)
class WebhookDispatch:
    """One hand-over of a webhook's delivery to Redis."""

    job_id: str
    event_number: int
    number: int
    due_at: datetime


async def mark_dispatched(pool: Pool) -> list[WebhookDispatch]:
    """Choose what to hand to Redis now: of each user one delivery at a time."""
    return [
        WebhookDispatch(str(row["job_id"]), row["event_number"], row["dispatch_no"], row["next_at"])
        async for row in queries().mark_deliveries_dispatched(pool)
    ]


async def dispatched(pool: Pool, *, grace_seconds: float) -> list[tuple[str, int, int]]:
    """Returns (job id, event, dispatch number) of what Redis should have known for `grace_seconds`."""
    rows = queries().dispatched_deliveries(pool, grace_seconds=grace_seconds)
    return [(str(row["job_id"]), row["event_number"], row["dispatch_no"]) async for row in rows]


async def forget_dispatch(pool: Pool, lost: Sequence[tuple[str, int, int]]) -> None:
    """Let what Redis has lost be chosen again."""
    job_ids, event_numbers, dispatch_nos = zip(*lost, strict=True)
    await queries().forget_delivery_dispatch(
        pool, job_ids=job_ids, event_numbers=event_numbers, dispatch_nos=dispatch_nos
    )
