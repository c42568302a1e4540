"""The log of a tenant's deliveries, and their repetition at its wish."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deckgen.domain.cursors import Cursor
from deckgen.domain.jobs import DeliveryStatus
from deckgen.domain.webhook_log import LoggedDelivery, LogRequest
from deckgen.domain.webhooks import told
from deckgen.store import audit
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def page(
    pool: Pool, wanted: LogRequest, before: Cursor | None, *, limit: int
) -> list[LoggedDelivery]:
    """Returns the tenant's next deliveries that match, the newest first."""
    return await _rows(
        pool,
        job_id=wanted.job,
        endpoint_id=wanted.endpoint,
        status=wanted.status,
        before=before and before.created_at,
        before_id=before and before.job_id,
        limit=limit,
    )


async def get(pool: Pool, delivery_id: UUID) -> LoggedDelivery | None:
    """Returns one delivery; None if the tenant has none with this id."""
    return next(iter(await _rows(pool, delivery_id=delivery_id)), None)


async def _rows(pool: Pool, **where: Any) -> list[LoggedDelivery]:
    anything = ("delivery_id", "job_id", "endpoint_id", "status", "before", "before_id")
    where = dict.fromkeys(anything) | {"limit": 1} | where
    async with pool.acquire() as connection:
        # A plan for any filter would read the whole log.
        await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        return [_logged(row) async for row in queries().webhook_log(connection, **where)]


@dataclass(frozen=True)
class Redelivery:
    """What came of the wish: the delivery was over, and of a job and to an endpoint that go on."""

    status: DeliveryStatus
    is_purged: bool
    is_disabled: bool

    @property
    def is_possible(self) -> bool:
        return self.status is not DeliveryStatus.PENDING and not (self.is_purged or self.is_disabled)


async def redeliver(pool: Pool, delivery_id: UUID) -> Redelivery | None:
    """Send a delivery that is over again, if that is possible; None if the tenant has none such."""
    async with pool.acquire() as connection:
        row = await queries().lock_delivery(connection, delivery_id=delivery_id)
        if row is None:
            return None
        found = Redelivery(DeliveryStatus(row["status"]), row["is_purged"], row["is_disabled"])
        if found.is_possible:
            await queries().redeliver(connection, delivery_id=delivery_id)
            await audit.record(connection, "delivery.repeated", "delivery", delivery_id)
    return found


def _logged(row: Any) -> LoggedDelivery:
    copied = ("status", "attempts", "last_error", "created_at", "delivered_at")
    return LoggedDelivery(
        delivery_id=str(row["id"]),
        job_id=str(row["job_id"]),
        event=row["kind"],
        endpoint_id=row["endpoint_id"] and str(row["endpoint_id"]),
        url=told(row["url"] or ""),
        last_http_status=row["last_status"],
        last_attempt_at=row["attempted_at"],
        next_attempt_at=row["next_at"],
        **{name: row[name] for name in copied},
    )
