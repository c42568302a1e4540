"""The rows of decks."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.presentations import DeckVersion, Presentation, PresentationStatus
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def get(pool: Pool, deck_id: str) -> Presentation | None:
    row = await queries().presentation(pool, deck_id=deck_id)
    if row is None:
        return None
    return Presentation(
        deck_id=row["id"],
        user_id=row["user_id"],
        status=PresentationStatus(row["status"]),
        job_id=row["job_id"] and str(row["job_id"]),
        deck=row["final_deck_json"],
        draft=row["draft_deck_json"],
        error_message=row["error_message"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        completed_at=row["completed_at"],
    )


async def versions(pool: Pool, deck_id: str) -> list[DeckVersion]:
    """The former decks of a presentation, the oldest first."""
    rows = queries().deck_versions(pool, deck_id=deck_id)
    return [DeckVersion(**dict(row)) async for row in rows]


async def version(pool: Pool, deck_id: str, number: int) -> dict[str, Any] | None:
    """One of the former decks; None if there is no such one."""
    found: dict[str, Any] | None = await queries().deck_version(pool, deck_id=deck_id, number=number)
    return found


@dataclass(frozen=True)
class DeckWithData:
    """`gzip` is the compressed table of the deck; None if it was made of a brief alone."""

    deck: dict[str, Any]
    gzip: bytes | None


async def get_with_data(pool: Pool, deck_id: str) -> DeckWithData | None:
    """The last completed deck and its table, read at one moment; None if there is no such deck."""
    row = await queries().deck_with_data(pool, deck_id=deck_id)
    return DeckWithData(row["deck"], row["gzip"]) if row and row["deck"] is not None else None
