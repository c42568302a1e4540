"""The public keys of the instance."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.web.state import state

CACHE = "public, max-age=300"


async def signing_keys(request: Request) -> Response:
    """The public keys of decks that were signed here, as a JSON Web Key Set (RFC 7517).

    A key that another took the place of stays in it, with `retiredAt`: what it has signed is valid.
    """
    found = await state(request).decks.get_signing_keys()
    return JSONResponse(found.to_json(), headers={"Cache-Control": CACHE})
