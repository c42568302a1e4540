"""The rows of decks."""

from deckgen.domain.presentations import Presentation, PresentationStatus
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
        error_message=row["error_message"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        completed_at=row["completed_at"],
    )
