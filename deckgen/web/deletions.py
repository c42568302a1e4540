"""Endpoints that delete a deck, a user or a tenant, and tell what went."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.deletions import Receipt, TenantDeletion
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.requests import parse
from deckgen.web.bodies import small_body
from deckgen.web.documents import PRIVATE
from deckgen.web.state import caller, deck_id, decks, state


async def delete_deck(request: Request) -> Response:
    """Delete a deck: its versions, its jobs with all that they wrote, and tables that only it needs.

    Its open job is cancelled first. The answer is the receipt. Files that other servers have rendered
    of it go within a minute.
    """
    receipt = await decks(request).deletions.deck(deck_id(request))
    await state(request).exports.forget(caller(request).tenant, receipt.id)
    return JSONResponse(receipt.to_json(), headers=PRIVATE)


async def delete_user(request: Request) -> Response:
    """Delete all that is a user's: decks, jobs, tables, keys. Their calls stay in the account, unnamed.

    The answer is the receipt as far as the deletion has come; it goes on by itself.
    """
    return await _accepted(request, await decks(request).deletions.user(request.path_params["user_id"]))


async def delete_tenant(request: Request) -> Response:
    """Delete all that is your tenant's, its keys first: `{"tenant": "acme"}` must name it.

    The answer is the receipt as far as the deletion has come; it goes on by itself. After it only a key
    of the operator's tenant can look at the receipt. The audit stays.
    """
    body = parse(TenantDeletion, await small_body(request))
    if body.tenant != caller(request).tenant:
        raise InvalidRequest.of(FieldError("tenant", "must be the id of the tenant of your key"))
    return await _accepted(request, await decks(request).deletions.tenant())


async def deletion(request: Request) -> Response:
    """Get the receipt of a deletion: what went, and since when nothing is left."""
    receipt = await decks(request).deletions.receipt(request.path_params["deletion_id"])
    return JSONResponse(receipt.to_json(), headers=PRIVATE)


async def _accepted(request: Request, receipt: Receipt) -> Response:
    await state(request).exports.forget_deleted(caller(request).tenant)
    headers = PRIVATE | {"Location": receipt.url}
    return JSONResponse(receipt.to_json(), status_code=202, headers=headers)
