"""The proof of a deck: what was checked when it was made, and all of it computed again."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.decks import Verification
from deckgen.pages.language import language_of
from deckgen.pages.shell import page
from deckgen.pages.studio.deck_opened import opened
from deckgen.web.state import deck_id, decks


async def show(request: Request) -> Response:
    """Show what is proved, and offer to compute all of it again."""
    return await _shown(request, None)


async def prove(request: Request) -> Response:
    """Compute all of a deck again from its table, and show what holds; nothing is changed."""
    return await _shown(request, await decks(request).verify_presentation(deck_id(request)))


async def _shown(request: Request, found: Verification | None) -> Response:
    language = language_of(request)

    def named(check: str) -> str:
        key = f"checked.{check}"
        return language.says(key) if language.knows(key) else check.replace("_", " ")

    deck = await opened(request)
    return page(request, "studio/deck_proof.html", opened=deck, found=found, named=named)
