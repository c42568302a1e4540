"""Decks in the database, as a worker would have completed them."""

from deckgen.domain.decks import Deck
from tests.databases import OwnDatabase


async def complete(database: OwnDatabase, deck: Deck, deck_id: str = "d", user_id: str = "u") -> None:
    """The deck becomes that of the presentation."""
    await database.execute(
        "INSERT INTO presentations (id, user_id, status, final_deck_json, completed_at) "
        "VALUES ($1, $3, 'completed', $2, now()) "
        "ON CONFLICT (tenant_id, id) DO UPDATE SET final_deck_json = $2, draft_deck_json = NULL, "
        "error_message = NULL, status = 'completed', completed_at = now()",
        deck_id,
        deck.to_json(),
        user_id,
    )
