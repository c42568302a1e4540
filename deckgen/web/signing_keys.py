"""The public keys of the instance."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.web.state import state

CACHE = "public, max-age=300"


async def signing_keys(request: Request) -> Response:
    """Get the public keys of the decks that were signed here, as a JSON Web Key Set (RFC 7517).

    A key that another one has replaced stays in the set, with `retiredAt`: its signatures stay valid.
    """
    keys = await state(request).decks.get_signing_keys()
    return JSONResponse(keys.to_json(), headers={"Cache-Control": CACHE})
