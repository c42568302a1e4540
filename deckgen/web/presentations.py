"""Decks: the JSON document, the PowerPoint file, the page."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from deckgen.domain.errors import Conflict, NotFound
from deckgen.domain.presentations import PresentationStatus, PresentationSummary
from deckgen.export.exports import Export, Kind
from deckgen.http.etags import is_known, tagged
from deckgen.web.exports import Replaced
from deckgen.web.pages import templates
from deckgen.web.state import deck_id, state, version_number

ATTEMPTS = 3  # of an answer, while each time another deck takes the place of the one that is read
RELOAD_SECONDS = "3"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# The page runs no script and loads nothing, whatever its data says.
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    )
}

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
        name: Export(found.deck_id, sha256, Kind.JSON)
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


@anew_if_replaced
async def pptx(request: Request) -> Response:
    """The deck as an editable PowerPoint file, or its draft; 409 while there is neither yet.

    With an ETag: 304 if the client has it.
    """
    found = await _summary(request)
    if found.shown_sha256 is None:
        raise Conflict(_not_yet(found), code="deck_not_completed")
    disposition = f"attachment; filename*=UTF-8''{quote(found.deck_id)}.pptx"
    export = Export(found.deck_id, found.shown_sha256, Kind.PPTX)
    return await _exported(request, found, export, PPTX, {"Content-Disposition": disposition})


async def verify(request: Request) -> Response:
    """Compute everything in the deck again from its table, and name what does not hold.

    The answer's `verified` is true if all of it holds, false if something does not, and null if
    something could not be proved; each check names what, and why. `signature` says whether the deck is
    as it was signed, and by a key of this instance. 409 while there is no deck yet.
    """
    verification = await state(request).decks.verify_presentation(deck_id(request))
    return JSONResponse(verification.to_json(), headers={"Cache-Control": "no-store"})


@anew_if_replaced
async def page(request: Request) -> Response:
    """The deck as a page to read and print; while it is made, its draft or a page that says so.

    Both load again by themselves. With an ETag: 304 if the client has it.
    """
    found = await _summary(request)
    if found.shown_sha256 is None:
        return templates.TemplateResponse(
            request,
            "waiting.html",
            {"presentation": found, "message": _not_yet(found)},
            headers=PAGE_HEADERS,
        )
    headers, notice = PAGE_HEADERS, ""
    if found.deck_sha256 is None:
        notice = _of_draft(found)
        if found.status is not PresentationStatus.ERROR:
            headers = headers | {"Refresh": RELOAD_SECONDS}
    export = Export(found.deck_id, found.shown_sha256, Kind.PAGE, notice)
    return await _exported(request, found, export, "text/html", headers)


async def versions(request: Request) -> Response:
    """The decks that a later one has taken the place of: their numbers and times."""
    found = await state(request).decks.get_versions(deck_id(request))
    return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})


async def version(request: Request) -> Response:
    """One of the former decks, as JSON."""
    number = version_number(request)
    return JSONResponse(await state(request).decks.get_version(deck_id(request), number))


async def _exported(
    request: Request,
    found: PresentationSummary,
    export: Export,
    media_type: str,
    headers: dict[str, str],
) -> Response:
    headers = headers | tagged(export.key)
    if is_known(request, export.key):
        return Response(status_code=304, headers=headers)
    content = await state(request).exports.get(export, found)
    return Response(content, media_type=media_type, headers=headers)


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
