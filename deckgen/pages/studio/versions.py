"""The versions of a deck, and two of them side by side."""

import re

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.comparing import DeckComparison
from deckgen.domain.presentations import DeckVersion
from deckgen.pages.shell import page
from deckgen.pages.studio.deck_opened import Opened, opened
from deckgen.web.state import decks


async def show(request: Request) -> Response:
    """List who changed the deck when and how; with two numbers, show what differs between them."""
    deck = await opened(request)
    numbers = [each.number for each in reversed(_all(deck))]
    before, after = (_number(request, name) for name in ("before", "after"))
    found: DeckComparison | None = None
    if before and after:
        found = await decks(request).edits.compare(deck.deck_id, before, after)
    elif len(numbers) > 1:
        after, before = numbers[:2]
    return page(
        request,
        "studio/versions.html",
        opened=deck,
        versions=_all(deck)[::-1],
        before=before,
        after=after,
        found=found,
    )


def _all(deck: Opened) -> list[DeckVersion]:
    return [*deck.versions.versions, *([deck.current] if deck.current else [])]


def _number(request: Request, name: str) -> int:
    """Returns the number of a version that is asked for; 0 for none."""
    asked = request.query_params.get(name, "")
    return int(asked) if re.fullmatch("[0-9]{1,9}", asked) else 0
