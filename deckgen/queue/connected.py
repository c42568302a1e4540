"""The connections of a deckgen, and what sees one caller's rows over them."""

import asyncio
from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Self, cast

from deckgen.config.settings import Settings, load_settings
from deckgen.domain.access import LOCAL_TENANT, Caller
from deckgen.queue.api_keys import ApiKeys
from deckgen.queue.audit import Audit
from deckgen.queue.bulk_changes import BulkChanges
from deckgen.queue.connections import Connections
from deckgen.queue.console import Console
from deckgen.queue.deck_list import DeckList
from deckgen.queue.decks import Decks
from deckgen.queue.deletions import Deletions
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.editing import Edits
from deckgen.queue.estimates import Estimates
from deckgen.queue.event_notifier import EventNotifier
from deckgen.queue.event_stream import Followers
from deckgen.queue.jobs import Jobs
from deckgen.queue.sessions import Sessions
from deckgen.queue.share_links import SharedDecks
from deckgen.queue.templates import TenantTemplates
from deckgen.queue.webhook_endpoints import Webhooks

CALLERS = 1_000  # of which the parts are kept
SEARCHES = 2  # at a time, so that a question about one job does not wait for them


class Connected:
    """Opens and closes the connections, and serves one caller, or another one, over them."""

    def __init__(self, settings: Settings | None = None, *, tenant: str = LOCAL_TENANT) -> None:
        self._settings, self._caller = settings or load_settings(), Caller(tenant)

    async def connect(self) -> None:
        """Make the pools; connections are opened when they are first needed."""
        self._connections = await Connections.open(self._settings)
        service, delivery = self._connections.database.service, self._connections.delivery
        concurrency = self._settings.user_concurrency
        self._dispatcher = Dispatcher(service, delivery, user_concurrency=concurrency)
        self._notifier = EventNotifier(delivery)
        self._followers = Followers(service, delivery)
        self._estimates = Estimates(service, slots=self._settings.queue_concurrency)
        self._searches = asyncio.Semaphore(SEARCHES)
        # Questions of one caller only share a statement, so each of the latest is known.
        self._for_callers = cast("Callable[[Caller], Self]", lru_cache(CALLERS)(self._made_for))
        self._serve_caller()

    def of(self, tenant: str) -> Self:
        """Returns the same for another tenant, over the same connections, which this one closes."""
        return self.acting_for(Caller(tenant))

    def acting_for(self, caller: Caller) -> Self:
        """Returns the same for a tenant, or for one user of it, over the same connections."""
        return self if caller == self._caller else self._for_callers(caller)

    def _made_for(self, caller: Caller) -> Self:
        other = copy(self)
        other._caller = caller
        other._serve_caller()
        return other

    def _serve_caller(self) -> None:
        """Make what sees the rows of one caller."""
        connections, shared = self._connections, (self._dispatcher, self._notifier)
        self._database = connections.database.acting_for(self._caller)
        self._jobs = Jobs(connections, self._caller, *shared, self._followers)
        self._decks = Decks(connections, self._settings, self._caller)
        self.deck_list = DeckList(connections, self._caller)
        self.edits = Edits(connections, self._settings, self._caller, self._decks)
        self.keys = ApiKeys(connections, self._caller)
        self.sessions = Sessions(connections, self._caller)
        self.shares = SharedDecks(connections, self._caller, self._decks)
        self.webhooks = Webhooks(connections, self._settings, self._caller, self._dispatcher)
        self.templates = TenantTemplates(connections, self._settings, self._caller)
        self.audit = Audit(connections, self._caller)
        self.console = Console(connections, self._caller, self._jobs)
        self.deletions = Deletions(connections, self._caller, *shared)
        self._bulk_changes = BulkChanges(self._database, connections.delivery, *shared)

    async def close(self) -> None:
        await self._followers.close()
        await self._notifier.close()
        await self._connections.close()

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
