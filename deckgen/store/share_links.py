"""Links to decks: a tenant's own, and by their hashes for whoever follows one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deckgen.domain.share_links import ShareLink
from deckgen.store import audit
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class SharedDeck:
    """The deck that a link opens, unless it has expired or was revoked."""

    share_id: str
    tenant: str
    deck_id: str
    has_ended: bool


async def find(service: Pool, sha256: bytes) -> SharedDeck | None:
    """Returns what the link with this hash opens; None if there is none."""
    row = await queries().shared_deck(service, sha256=sha256)
    return row and SharedDeck(str(row["id"]), row["tenant_id"], row["deck_id"], row["has_ended"])


async def add(pool: Pool, deck_id: str, sha256: bytes, *, days: int) -> ShareLink | None:
    """Make a link that opens the deck for some days; None if there is no such deck."""
    async with pool.acquire() as connection:
        row = await queries().add_share_link(connection, deck_id=deck_id, sha256=sha256, days=days)
        if row is not None:
            await audit.record(connection, "share.created", "deck", deck_id, shareId=str(row["id"]))
    return row and _link(row)


async def listed(pool: Pool, deck_id: str) -> list[ShareLink]:
    """Returns the links to a deck, the latest first."""
    return [_link(row) async for row in queries().share_links_of_deck(pool, deck_id=deck_id)]


async def revoke(pool: Pool, deck_id: str, share_id: UUID) -> ShareLink | None:
    """End a link; None if the deck has no such link."""
    async with pool.acquire() as connection:
        row = await queries().revoke_share_link(connection, deck_id=deck_id, share_id=share_id)
        if row is not None:
            await audit.record(connection, "share.revoked", "deck", deck_id, shareId=str(share_id))
    return row and _link(row)


def _link(row: Any) -> ShareLink:
    times = {name: row[name] for name in ("created_at", "expires_at", "revoked_at")}
    return ShareLink(share_id=str(row["id"]), deck_id=row["deck_id"], **times)
