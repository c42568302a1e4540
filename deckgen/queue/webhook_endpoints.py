"""A tenant's webhooks: its endpoints with their secrets, its own secret, and the log of deliveries."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from deckgen.config.settings import Settings
from deckgen.domain.access import LOCAL_TENANT, Caller
from deckgen.domain.cursors import Cursor
from deckgen.domain.documents import uuid_of
from deckgen.domain.errors import Conflict, NotFound
from deckgen.domain.jobs import DeliveryStatus
from deckgen.domain.requests import parse
from deckgen.domain.webhook_endpoints import (
    MAX_ENDPOINTS,
    Endpoint,
    EndpointChange,
    EndpointList,
    EndpointWithSecret,
    NewEndpoint,
    NewOwnSecret,
    OwnSecret,
)
from deckgen.domain.webhook_log import LoggedDeliveries, LoggedDelivery, LogRequest
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import Connections
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.webhooks import check_address
from deckgen.store import away, webhook_endpoints, webhook_log

log = get_logger(__name__)

E = TypeVar("E", bound=Endpoint)


class Webhooks:
    """The webhooks of a caller's tenant. An id that is not the tenant's is NotFound."""

    def __init__(
        self, connections: Connections, settings: Settings, caller: Caller, dispatcher: Dispatcher
    ) -> None:
        self._database = connections.database.acting_for(caller)
        self._reading = connections.reading.acting_for(caller)
        self._settings, self._caller, self._dispatcher = settings, caller, dispatcher

    async def create(self, wanted: NewEndpoint) -> EndpointWithSecret:
        """Make an endpoint; the answer alone has its secret. Conflict if there are too many."""
        check_address(wanted.url, self._settings, field="url")
        async with away.database():
            created = await webhook_endpoints.add(self._database, wanted)
        if created is None:
            raise Conflict(
                f"The tenant has {MAX_ENDPOINTS} endpoints already. Remove one first.",
                code="too_many_endpoints",
            )
        log.info("endpoint.created", endpointId=created.endpoint_id)
        return created

    async def listed(self) -> EndpointList:
        """Returns all endpoints of the tenant, the latest first."""
        async with away.database():
            return EndpointList(endpoints=await webhook_endpoints.listed(self._database))

    async def get(self, endpoint_id: str) -> Endpoint:
        """Returns one endpoint."""
        async with away.database():
            found = await webhook_endpoints.listed(self._database, _endpoint(endpoint_id))
        return _known(next(iter(found), None), endpoint_id)

    async def change(self, endpoint_id: str, wanted: EndpointChange) -> Endpoint:
        """Change what is given; what is still to be sent to a disabled endpoint is given up."""
        if wanted.url is not None:
            check_address(wanted.url, self._settings, field="url")
        async with away.database():
            found = await webhook_endpoints.change(self._database, _endpoint(endpoint_id), wanted)
        changed = _known(found, endpoint_id)
        log.info("endpoint.changed", endpointId=endpoint_id)
        return changed

    async def remove(self, endpoint_id: str) -> Endpoint:
        """Remove an endpoint with its part of the log, and all that was still to be sent to it."""
        async with away.database():
            found = await webhook_endpoints.remove(self._database, _endpoint(endpoint_id))
        removed = _known(found, endpoint_id)
        log.info("endpoint.removed", endpointId=endpoint_id)
        return removed

    async def rotate(self, endpoint_id: str, overlap_hours: int) -> EndpointWithSecret:
        """Sign with a new secret, which the answer alone has, and for a while with the former one."""
        async with away.database():
            found = await webhook_endpoints.rotate(
                self._database, _endpoint(endpoint_id), overlap_hours
            )
        rotated = _known(found, endpoint_id)
        log.info("endpoint.rotated", endpointId=endpoint_id)
        return rotated

    async def own_secret(self) -> OwnSecret:
        """Returns since when the tenant's own secret signs, but not the secret."""
        if self._caller.tenant == LOCAL_TENANT:
            return OwnSecret(is_setting=True, since=None, previous_until=None)
        async with away.database():
            return await webhook_endpoints.own_secret(self._database)

    async def rotate_own_secret(self, overlap_hours: int) -> NewOwnSecret:
        """The same as `rotate` for the `webhookUrl` of requests; Conflict for WEBHOOK_SECRET."""
        if self._caller.tenant == LOCAL_TENANT:
            raise Conflict(
                f"For the tenant {LOCAL_TENANT} the setting WEBHOOK_SECRET signs, which the operator "
                "changes.",
                code="webhook_secret_is_setting",
            )
        async with away.database():
            rotated = await webhook_endpoints.rotate_own_secret(self._database, overlap_hours)
        log.info("webhook_secret.rotated")
        return rotated

    async def deliveries(self, query: Mapping[str, Any]) -> LoggedDeliveries:
        """Returns a page of the log, the newest first; the fields are those of the API."""
        wanted = parse(LogRequest, query)
        before = Cursor.decoded(wanted.cursor, wanted.digest) if wanted.cursor is not None else None
        async with away.database():
            found = await webhook_log.page(self._reading, wanted, before, limit=wanted.limit + 1)
        page = found[: wanted.limit]
        cursor = None
        if len(found) > len(page):
            cursor = Cursor(page[-1].created_at, UUID(page[-1].delivery_id)).encoded(wanted.digest)
        return LoggedDeliveries(deliveries=page, next_cursor=cursor)

    async def redeliver(self, delivery_id: str) -> LoggedDelivery:
        """Send an event again, under the same webhook-id; Conflict while it is being sent anyway."""
        number = uuid_of(delivery_id)
        if number is None:
            raise _no_delivery(delivery_id)
        async with away.database():
            found = await webhook_log.redeliver(self._database, number)
        if found is None or found.is_purged:
            raise _no_delivery(delivery_id)
        if found.status is DeliveryStatus.PENDING:
            raise Conflict("It is still to be sent, and will be by itself.", code="delivery_is_pending")
        if found.is_disabled:
            raise Conflict("Its endpoint is disabled. Enable it first.", code="endpoint_disabled")
        log.info("webhook.redelivered", delivery=delivery_id)
        await self._dispatcher.dispatch_webhooks()
        async with away.database():
            delivery = await webhook_log.get(self._database, number)
        if delivery is None:
            raise _no_delivery(delivery_id)
        return delivery


def _endpoint(endpoint_id: str) -> UUID:
    """Returns the id as PostgreSQL's; NotFound if it is none."""
    number = uuid_of(endpoint_id)
    if number is None:
        raise _no_endpoint(endpoint_id)
    return number


def _known(endpoint: E | None, endpoint_id: str) -> E:
    if endpoint is None:
        raise _no_endpoint(endpoint_id)
    return endpoint


def _no_endpoint(endpoint_id: str) -> NotFound:
    return NotFound(f"There is no endpoint {endpoint_id!r}.", code="endpoint_not_found")


def _no_delivery(delivery_id: str) -> NotFound:
    return NotFound(
        f"There is no delivery {delivery_id!r}, or its job is no longer kept.",
        code="delivery_not_found",
    )
