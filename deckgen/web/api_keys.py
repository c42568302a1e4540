"""Endpoints of the tenant's keys."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.api_keys import NewKey
from deckgen.domain.requests import parse
from deckgen.web.bodies import small_body
from deckgen.web.documents import PRIVATE
from deckgen.web.state import decks


async def create_key(request: Request) -> Response:
    """Create a key of the tenant: `{"name": "shop", "scopes": ["decks:read"]}`.

    The answer is the only one that holds the key itself: keep it where your other secrets are.
    """
    wanted = parse(NewKey, await small_body(request))
    created = await decks(request).keys.create(wanted)
    return JSONResponse(created.to_json(), status_code=201, headers=PRIVATE)


async def list_keys(request: Request) -> Response:
    """List the tenant's keys with scopes, expiry and last use, the latest first."""
    return JSONResponse((await decks(request).keys.listed()).to_json(), headers=PRIVATE)


async def revoke_key(request: Request) -> Response:
    """Revoke a key: within 5 s no process lets anybody in with it."""
    revoked = await decks(request).keys.revoke(request.path_params["key_id"])
    return JSONResponse(revoked.to_json(), headers=PRIVATE)
