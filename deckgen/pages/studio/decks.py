"""The list of somebody's decks."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.documents import is_id
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.presentations import ListedDeck
from deckgen.pages.shell import page
from deckgen.web.state import decks

SHOWN, SEARCHED = 50, 200


async def show(request: Request) -> Response:
    """Show the newest decks, or those whose question has the words that are looked for."""
    words = request.query_params.get("q", "").strip()
    try:
        listed = await (_found(request, words) if words else _latest(request))
    except InvalidRequest:  # no word at all
        listed = []
    more = listed[SHOWN - 1].deck_id if len(listed) > SHOWN and not words else ""
    return page(request, "studio/decks.html", decks=listed[:SHOWN], q=words, more=more)


async def _latest(request: Request) -> list[ListedDeck]:
    """Returns one deck more than is shown, from the one on after which a page was asked for."""
    after = request.query_params.get("after", "")
    last = await decks(request).deck_list.of_ids([after]) if is_id(after) else []
    before = (last[0].created_at, last[0].deck_id) if last else None
    return await decks(request).deck_list.latest(SHOWN + 1, before)


async def _found(request: Request, words: str) -> list[ListedDeck]:
    """Returns decks by the words of their jobs, and by their own ids."""
    found = await decks(request).find_jobs({"q": words, "limit": SEARCHED})
    ids = {job.deck_id for job in found.jobs} | ({words} if is_id(words) else set())
    return await decks(request).deck_list.of_ids(sorted(ids))
