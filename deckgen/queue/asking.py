"""Questions about the table of a stored deck."""

from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.asking import AskRequest, Replies
from deckgen.domain.briefs import Brief
from deckgen.domain.errors import Conflict
from deckgen.domain.previews import TableRequest
from deckgen.domain.requests import parse
from deckgen.queue import previews
from deckgen.store.presentations import DeckWithData

# What a deck's brief says of its table holds for a question too; its words are the question's own.
KEPT = ("columns", "table", "locale")


async def ask(settings: Settings, deck_id: str, stored: DeckWithData, asked: AskRequest) -> Replies:
    """Returns the answers to a question; Conflict if the deck was made from a brief alone."""
    source = stored.deck["source"]
    if stored.gzip is None or source is None:
        raise Conflict(
            f"The deck {deck_id!r} was made from a brief alone, so there is nothing to compute. "
            "Request a deck with a table, and ask about that.",
            code="deck_has_no_table",
        )
    request = TableRequest(name=source["name"], context=_context(stored.deck["brief"], asked))
    return await previews.ask(settings, request, stored.gzip)


def _context(brief: dict[str, Any], asked: AskRequest) -> Brief:
    """Returns the question as a brief: what the deck's brief says of columns holds for it too."""
    kept = {name: brief[name] for name in KEPT if name in brief}
    return parse(Brief, kept | asked.context())
