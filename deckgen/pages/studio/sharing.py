"""Links by which whoever has one reads a deck: made with their end, listed, revoked."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.requests import parse
from deckgen.domain.share_links import DEFAULT_DAYS, NewShareLink
from deckgen.pages.shell import page, root
from deckgen.pages.studio.deck_opened import fields, opened
from deckgen.web.state import deck_id, decks

DAYS = (1, 7, DEFAULT_DAYS, 90, 365)


async def show(request: Request) -> Response:
    """Show the links to a deck, and a form that makes another."""
    return await _shown(request)


async def create(request: Request) -> Response:
    """Make a link. This answer alone shows it, as it is kept nowhere."""
    days = (await fields(request)).get("days", "")
    wanted = parse(NewShareLink, {"expiresInDays": int(days) if days.isdecimal() else days})
    created = await decks(request).shares.create(deck_id(request), wanted)
    base = str(request.base_url).rstrip("/")
    return await _shown(request, f"{base}{created.url}")


async def revoke(request: Request) -> Response:
    """End a link at once."""
    name = deck_id(request)
    await fields(request)
    await decks(request).shares.revoke(name, request.path_params["share_id"])
    return RedirectResponse(f"{root(request)}/decks/{name}/share", 303)


async def _shown(request: Request, url: str = "") -> Response:
    listed = await decks(request).shares.listed(deck_id(request))
    return page(
        request,
        "studio/sharing.html",
        opened=await opened(request),
        links=listed.links,
        url=url,
        days=DAYS,
        default=DEFAULT_DAYS,
    )
