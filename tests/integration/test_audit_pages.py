"""The audit page by page: what filters leave, and what cursors are worth."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from deckgen.domain.access import Caller
from deckgen.domain.api_keys import NewKey
from deckgen.domain.audit import AuditEntry, AuditRequest
from deckgen.domain.cursors import Cursor
from deckgen.domain.errors import InvalidRequest
from deckgen.queue.service import AsyncOrchestrator
from tests.deletions import submit

ADMIN = Caller("acme", None, "key:3f9aZk2P")
ANN = Caller("acme", "ann", "proxy:ann")


@pytest.fixture
async def admin(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.acting_for(ADMIN)


async def entries(decks: AsyncOrchestrator, **query: Any) -> list[AuditEntry]:
    return (await decks.audit.page(query)).entries


async def test_pages(admin: AsyncOrchestrator) -> None:
    """The newest first, each entry once, also while more come; filters hold on every page."""
    for number in range(5):
        await submit(admin, f"d{number}", "ann")
        await admin.deletions.deck(f"d{number}")
        await admin.keys.create(NewKey(name="shop"))
    seen: list[str | None] = []
    query: dict[str, Any] = {"action": "deck.deleted", "limit": 2}
    while True:
        page = await admin.audit.page(query)
        seen += [entry.target.id for entry in page.entries]
        if page.next_cursor is None:
            break
        query["cursor"] = page.next_cursor
        await admin.keys.create(NewKey(name="shop"))
    assert seen == ["d4", "d3", "d2", "d1", "d0"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"actor": "key:3f9aZk2P"}, 2),
        ({"actor": "proxy:ann"}, 1),
        ({"action": "key.created"}, 2),
        ({"target": "d"}, 1),
        ({"since": "1h"}, 3),
        ({"since": "2999-01-01T00:00:00Z"}, 0),
        ({"actor": "proxy:ann", "action": "key.created"}, 0),
    ],
)
async def test_filters(
    admin: AsyncOrchestrator, decks: AsyncOrchestrator, query: dict[str, str], count: int
) -> None:
    """All that is given must hold."""
    for _ in range(2):
        await admin.keys.create(NewKey(name="shop"))
    await submit(admin, "d", "ann")
    await decks.acting_for(ANN).deletions.deck("d")
    assert len(await entries(admin, **query)) == count


@pytest.mark.parametrize(
    "query", [{"cursor": "nonsense"}, {"limit": "0"}, {"who": "me"}, {"since": "?"}]
)
async def test_wrong_queries(admin: AsyncOrchestrator, query: dict[str, str]) -> None:
    """They are refused with what is wrong."""
    with pytest.raises(InvalidRequest):
        await admin.audit.page(query)


async def test_a_cursor_of_jobs(admin: AsyncOrchestrator) -> None:
    """A cursor of another list is none of this one."""
    for deck in "ab":
        await submit(admin, deck, "ann")
    cursor = (await admin.find_jobs({"limit": "1"})).next_cursor
    assert cursor
    with pytest.raises(InvalidRequest) as caught:
        await admin.audit.page({"cursor": cursor})
    assert caught.value.code == "invalid_cursor"


async def test_a_cursor_that_was_made_up(admin: AsyncOrchestrator) -> None:
    """A place that no entry can have is the beginning."""
    await admin.keys.create(NewKey(name="shop"))
    cursor = Cursor(datetime.now(UTC), UUID(int=2**128 - 1)).encoded(AuditRequest().digest)
    assert len(await entries(admin, cursor=cursor)) == 1
