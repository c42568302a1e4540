"""Decks: what is told of one, its forms, its former versions, its proof."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import wraps
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from deckgen.domain.errors import Conflict, NotFound
from deckgen.domain.presentations import PresentationStatus, PresentationSummary
from deckgen.export.exports import Export
from deckgen.export.format import Format, Use
from deckgen.export.formats import document
from deckgen.http.etags import is_known, tagged
from deckgen.web.exports import Replaced
from deckgen.web.pages import templates
from deckgen.web.state import deck_id, state, version_number

ATTEMPTS = 3  # of an answer, while each time another deck takes the place of the one that is read
RELOAD_SECONDS = "3"

Endpoint = Callable[[Request], Awaitable[Response]]


def anew_if_replaced(endpoint: Endpoint) -> Endpoint:
    """Begin again where another deck took the place of the one that the answer was to be about."""

    @wraps(endpoint)
    async def begun_anew(request: Request) -> Response:
        for _ in range(ATTEMPTS - 1):
            with suppress(Replaced):
                return await endpoint(request)
        return await endpoint(request)

    return begun_anew


@anew_if_replaced
async def presentation(request: Request) -> Response:
    """One deck: its status, the deck as JSON once it is completed, or the error message.

    While a model improves a deck, `draft` is the whole deck of the offline engine. With an ETag: 304 if
    the client has it.
    """
    found = await _summary(request)
    body = found.without_documents.to_json()
    documents = {
        name: Export(found.deck_id, sha256, document.FORMAT)
        for name, sha256 in (("deck", found.deck_sha256), ("draft", found.draft_sha256))
        if sha256
    }
    keys = {name: export.key for name, export in documents.items()}
    tag = hashlib.sha256(orjson.dumps(body | keys)).hexdigest()
    if is_known(request, tag):
        return Response(status_code=304, headers=tagged(tag))
    for name, export in documents.items():
        body[name] = orjson.Fragment(await state(request).exports.get(export, found))
    return Response(orjson.dumps(body), media_type="application/json", headers=tagged(tag))


def form(of: Format) -> Endpoint:
    """Returns the endpoint that serves the deck in one of its forms, or its draft while that is all."""

    async def endpoint(request: Request) -> Response:
        found = await _summary(request)
        if found.shown_sha256 is None:
            if of.use is Use.PAGE:
                return _waiting(request, found, of.headers)
            raise Conflict(_not_yet(found), code="deck_not_completed")
        served = _page if of.use is Use.PAGE else _download
        return await served(request, found, of)

    endpoint.__doc__ = of.description
    return anew_if_replaced(endpoint)


async def verify(request: Request) -> Response:
    """Compute everything in the deck again from its table, and name what does not hold.

    The answer's `verified` is true if all of it holds, false if something does not, and null if
    something could not be proved; each check names what, and why. `signature` says whether the deck is
    as it was signed, and by a key of this instance. 409 while there is no deck yet.
    """
    verification = await state(request).decks.verify_presentation(deck_id(request))
    return JSONResponse(verification.to_json(), headers={"Cache-Control": "no-store"})


async def versions(request: Request) -> Response:
    """The decks that a later one has taken the place of: their numbers and times."""
    found = await state(request).decks.get_versions(deck_id(request))
    return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})


async def version(request: Request) -> Response:
    """One of the former decks, as JSON."""
    number = version_number(request)
    return JSONResponse(await state(request).decks.get_version(deck_id(request), number))


async def _download(request: Request, found: PresentationSummary, of: Format) -> Response:
    assert found.shown_sha256 is not None
    disposition = f"attachment; filename*=UTF-8''{quote(found.deck_id)}{of.ending}"
    export = Export(found.deck_id, found.shown_sha256, of)
    return await _exported(request, found, export, {"Content-Disposition": disposition})


async def _page(request: Request, found: PresentationSummary, of: Format) -> Response:
    assert found.shown_sha256 is not None
    notice, headers = "", {}
    if found.deck_sha256 is None:
        notice = _of_draft(found)
        if found.status is not PresentationStatus.ERROR:
            headers["Refresh"] = RELOAD_SECONDS
    export = Export(found.deck_id, found.shown_sha256, of, notice)
    return await _exported(request, found, export, headers)


def _waiting(request: Request, found: PresentationSummary, headers: Mapping[str, str]) -> Response:
    context = {"presentation": found, "message": _not_yet(found)}
    return templates.TemplateResponse(request, "waiting.html", context, headers=headers)


async def _exported(
    request: Request, found: PresentationSummary, export: Export, headers: dict[str, str]
) -> Response:
    headers = {**export.format.headers, **headers, **tagged(export.key)}
    if is_known(request, export.key):
        return Response(status_code=304, headers=headers)
    content = await state(request).exports.get(export, found)
    return Response(content, media_type=export.format.media_type, headers=headers)


async def _summary(request: Request) -> PresentationSummary:
    try:
        return await state(request).decks.get_summary(deck_id(request))
    except NotFound:  # also a deck that there was
        await state(request).exports.forget(deck_id(request))
        raise


def _of_draft(presentation: PresentationSummary) -> str:
    if presentation.status is PresentationStatus.ERROR:
        return f"This is a draft: the job ended before it was improved. {presentation.error_message}"
    return "This is a draft: a language model is finding better words for it just now."


def _not_yet(presentation: PresentationSummary) -> str:
    if presentation.status is PresentationStatus.ERROR:
        return f"This deck could not be made. {presentation.error_message}"
    return "This deck is not ready yet."


async def root(request: Request) -> Response:
    """The way in for somebody who opens the server in a browser."""
    return RedirectResponse("/docs")
