"""A tenant's endpoints, and its own secret for the webhooks of requests; row security says whose."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from deckgen.domain.webhook_endpoints import (
    MAX_ENDPOINTS,
    EndEvent,
    Endpoint,
    EndpointChange,
    EndpointWithSecret,
    NewEndpoint,
    NewOwnSecret,
    OwnSecret,
    new_secret,
)
from deckgen.domain.webhooks import told
from deckgen.store import audit
from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries


async def add(pool: Pool, wanted: NewEndpoint) -> EndpointWithSecret | None:
    """Make an endpoint; None if the tenant has MAX_ENDPOINTS. The answer alone has the secret."""
    secret = new_secret()
    async with pool.acquire() as connection:
        row = await queries().add_endpoint(
            connection,
            url=str(wanted.url),
            events=sorted(wanted.events),
            description=wanted.description,
            secret=secret,
            most=MAX_ENDPOINTS,
        )
        await _audit(connection, "created", row)
    return row and EndpointWithSecret(**_fields(row), secret=secret)


async def listed(pool: Pool, endpoint_id: UUID | None = None) -> list[Endpoint]:
    """Returns the tenant's endpoints, the latest first, or the one with this id."""
    rows = queries().endpoints_of_tenant(pool, endpoint_id=endpoint_id)
    return [Endpoint(**_fields(row)) async for row in rows]


async def change(pool: Pool, endpoint_id: UUID, wanted: EndpointChange) -> Endpoint | None:
    """Change what is given; None if the tenant has no such endpoint."""
    async with pool.acquire() as connection:
        row = await queries().change_endpoint(
            connection,
            endpoint_id=endpoint_id,
            url=wanted.url and str(wanted.url),
            events=wanted.events and sorted(wanted.events),
            description=wanted.description,
            enabled=wanted.enabled,
        )
        await _audit(connection, "changed", row)
    return row and Endpoint(**_fields(row))


async def disable(service: Pool, endpoint_id: UUID, error: str) -> None:
    """Send nothing more to a receiver that is gone; what was still to be sent has this error."""
    await queries().disable_endpoint(service, endpoint_id=endpoint_id, error=error)


async def remove(pool: Pool, endpoint_id: UUID) -> Endpoint | None:
    """Remove an endpoint with its deliveries; None if the tenant has no such endpoint."""
    async with pool.acquire() as connection:
        row = await queries().remove_endpoint(connection, endpoint_id=endpoint_id)
        await _audit(connection, "removed", row)
    return row and Endpoint(**_fields(row))


async def rotate(pool: Pool, endpoint_id: UUID, overlap_hours: int) -> EndpointWithSecret | None:
    """Sign with a new secret, and with the former one for `overlap_hours`; None as in `change`."""
    secret = new_secret()
    async with pool.acquire() as connection:
        row = await queries().rotate_endpoint(
            connection, endpoint_id=endpoint_id, secret=secret, overlap_hours=overlap_hours
        )
        await _audit(connection, "rotated", row)
    return row and EndpointWithSecret(**_fields(row), secret=secret)


async def own_secret(pool: Pool) -> OwnSecret:
    """Returns since when the tenant's own secret signs, if there is one yet."""
    row = await queries().own_secret(pool)
    return (
        OwnSecret(**_times(row))
        if row
        else OwnSecret(is_setting=False, since=None, previous_until=None)
    )


async def rotate_own_secret(pool: Pool, overlap_hours: int) -> NewOwnSecret:
    """Sign with a new secret for the webhooks of requests, likewise."""
    secret = new_secret()
    async with pool.acquire() as connection:
        row = await queries().rotate_own_secret(connection, secret=secret, overlap_hours=overlap_hours)
        await audit.record(connection, "webhook_secret.rotated", "webhook_secret", None)
    return NewOwnSecret(**_times(row), secret=secret)


async def first_own_secret(service: Pool, tenant: str) -> str:
    """Returns a tenant's own secret; whoever needs it first makes it."""
    while (secret := await _first(service, tenant)) is None:
        pass  # somebody else is making it at this moment
    return secret


async def _first(service: Pool, tenant: str) -> str | None:
    secret: str | None = await queries().first_own_secret(service, tenant=tenant, secret=new_secret())
    return secret


async def _audit(connection: Connection, what: str, row: Any) -> None:
    if row is not None:
        url = told(row["url"])
        await audit.record(
            connection, f"webhook_endpoint.{what}", "webhook_endpoint", row["id"], url=url
        )


def _fields(row: Any) -> dict[str, Any]:
    copied = ("description", "created_at", "disabled_at", "secret_since")
    return {
        "endpoint_id": str(row["id"]),
        "url": told(row["url"]),
        "events": [event for event in EndEvent if event in row["events"]],
        "previous_secret_until": _to_come(row["previous_until"]),
        **{name: row[name] for name in copied},
    }


def _times(row: Any) -> dict[str, Any]:
    previous_until = _to_come(row["previous_until"])
    return {"is_setting": False, "since": row["created_at"], "previous_until": previous_until}


def _to_come(time: datetime | None) -> datetime | None:
    return time if time and time > datetime.now(UTC) else None
