"""The audit of a caller's tenant."""

from collections.abc import Mapping
from typing import Any

from deckgen.domain.access import Caller
from deckgen.domain.audit import AuditPage, AuditRequest
from deckgen.domain.cursors import Cursor
from deckgen.domain.requests import parse
from deckgen.queue.connections import Connections
from deckgen.store import audit, away


class Audit:
    def __init__(self, connections: Connections, caller: Caller) -> None:
        self._database = connections.reading.acting_for(caller)

    async def page(self, query: Mapping[str, Any]) -> AuditPage:
        """Returns a page of who did what, the newest first; the fields are those of the API."""
        request = parse(AuditRequest, query)
        digest = request.digest
        before = Cursor.decoded(request.cursor, digest) if request.cursor is not None else None
        async with away.database():
            entries = await audit.page(self._database, request, before)
        page = entries[: request.limit]
        is_last = len(entries) == len(page)
        return AuditPage(
            entries=page, next_cursor=None if is_last else audit.place(page[-1]).encoded(digest)
        )
