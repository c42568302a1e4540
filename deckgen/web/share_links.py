"""Endpoints of links to decks, and the routes behind them."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Send
from starlette.types import Scope as ASGIScope

from deckgen.domain.access import Caller, Scope
from deckgen.domain.requests import parse
from deckgen.domain.share_links import NewShareLink
from deckgen.http.local import require_loopback
from deckgen.web.bodies import small_body
from deckgen.web.documents import PRIVATE
from deckgen.web.routing import OPEN, admitted, telling
from deckgen.web.state import deck_id, decks, state

# The address opens the deck, so browsers and search engines are to keep it to themselves.
SECRET_ADDRESS = [(b"referrer-policy", b"no-referrer"), (b"x-robots-tag", b"noindex")]


class SharedRoute(Route):
    """A route that lets in whoever has a link to a deck, for that deck alone.

    Its endpoint is one that serves the deck whose id stands in the path elsewhere.
    """

    needs = OPEN

    async def handle(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if state(request).settings.auth_is_off:
            require_loopback(request)
        shared = await state(request).decks.shares.find(scope["path_params"]["token"])
        name = f"share:{shared.share_id}"
        caller = Caller(shared.tenant, name=name, scopes=frozenset({Scope.READ}))
        scope["path_params"] = {"deck_id": shared.deck_id}
        with admitted(request, caller, receive, telling(send, SECRET_ADDRESS)) as (receive, send):
            await super().handle(scope, receive, send)


def shared(endpoint: Callable[..., Any], ending: str, name: str) -> SharedRoute:
    """Returns the route by which a link leads to one form of its deck."""
    return SharedRoute(f"/share/{{token}}{ending}", endpoint, name=name)


async def create_share(request: Request) -> Response:
    """Create a link by which whoever has it reads this deck: `{"expiresInDays": 7}`.

    The answer is the only one that holds the link. It opens the deck's page, and with `.pptx` behind it
    the file; the deck is read as it stands then.
    """
    wanted = parse(NewShareLink, await small_body(request))
    created = await decks(request).shares.create(deck_id(request), wanted)
    return JSONResponse(created.to_json(), status_code=201, headers=PRIVATE)


async def list_shares(request: Request) -> Response:
    """List the links to this deck, the latest first."""
    links = await decks(request).shares.listed(deck_id(request))
    return JSONResponse(links.to_json(), headers=PRIVATE)


async def revoke_share(request: Request) -> Response:
    """Revoke a link: it opens nothing from now on."""
    link = await decks(request).shares.revoke(deck_id(request), request.path_params["share_id"])
    return JSONResponse(link.to_json(), headers=PRIVATE)
