"""Endpoints of decks: status and documents, forms, former versions, verification."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from functools import wraps
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.errors import Conflict, NotFound
from deckgen.domain.presentations import PresentationStatus, PresentationSummary
from deckgen.export.exports import Export
from deckgen.export.format import Format, Use
from deckgen.export.formats import document
from deckgen.http import bodies
from deckgen.http.etags import is_known, tagged
from deckgen.web.documents import PRIVATE
from deckgen.web.exports import Replaced
from deckgen.web.state import caller, deck_id, decks, state, version_number
from deckgen.web.themes import asked

ATTEMPTS = 3  # to answer, if another deck replaces the one that is read each time
RELOAD_SECONDS = "3"
MAX_PRESENTATION_BYTES = 50_000_000  # of a file that is verified

Endpoint = Callable[[Request], Awaitable[Response]]


def anew_if_replaced(endpoint: Endpoint) -> Endpoint:
    """Returns the endpoint, which begins again if another deck replaces the one that it reads."""

    @wraps(endpoint)
    async def begun_anew(request: Request) -> Response:
        for _ in range(ATTEMPTS - 1):
            with suppress(Replaced):
                return await endpoint(request)
        return await endpoint(request)

    return begun_anew


@anew_if_replaced
async def presentation(request: Request) -> Response:
    """Get one deck: its status, the deck as JSON once it is completed, or the error message.

    While a model improves a deck, `draft` is the whole deck of the offline engine. The answer has an
    ETag: 304 if the client has it.
    """
    summary = await summary_of(request)
    body = summary.without_documents.to_json()
    documents = {
        name: Export(caller(request).tenant, summary.deck_id, sha256, document.FORMAT)
        for name, sha256 in (("deck", summary.deck_sha256), ("draft", summary.draft_sha256))
        if sha256
    }
    keys = {name: export.key for name, export in documents.items()}
    tag = hashlib.sha256(orjson.dumps(body | keys)).hexdigest()
    if is_known(request, tag):
        return Response(status_code=304, headers=tagged(tag))
    for name, export in documents.items():
        body[name] = orjson.Fragment(await state(request).exports.get(export, summary))
    return Response(orjson.dumps(body), media_type="application/json", headers=tagged(tag))


def form(deck_format: Format) -> Endpoint:
    """Returns the endpoint that serves the deck in one of its forms, or its draft until then."""

    async def endpoint(request: Request) -> Response:
        summary = await summary_of(request)
        if summary.shown_sha256 is None:
            raise Conflict(_not_yet(summary), code="deck_not_completed")
        serve = _page if deck_format.use is Use.PAGE else _download
        return await serve(request, summary, deck_format)

    endpoint.__doc__ = deck_format.description
    return anew_if_replaced(endpoint)


async def verify(request: Request) -> Response:
    """Verify the deck: compute all of it again from its table, and list what does not hold.

    `verified` is true if everything holds, false if something does not, and null if something could not
    be proved; each check says what, and why. `signature` says if the deck is unchanged since it was
    signed, and if a key of this instance signed it. 409 while there is no completed deck.
    """
    verification = await decks(request).verify_presentation(deck_id(request))
    return JSONResponse(verification.to_json(), headers=PRIVATE)


async def verify_file(request: Request) -> Response:
    """Verify a PowerPoint file of the deck that people may have edited.

    The body is the file. The deck inside it is computed again from the table of the stored deck, as
    `verify` does. Then each number is named that was changed, added, moved to another meaning or left
    without its sentence, in texts, tables, charts and notes; fonts, colours, places and the order of
    slides may be others. 422 for a file that can't be read, is dangerous, or holds no proof.
    """
    timeout = state(request).settings.body_timeout_seconds
    bounded = bodies.bounded(request, max_bytes=MAX_PRESENTATION_BYTES, timeout=timeout)
    content = await bodies.read_bytes(bounded)
    verification = await decks(request).verify_presentation_file(deck_id(request), content)
    return JSONResponse(verification.to_json(), headers=PRIVATE)


async def versions(request: Request) -> Response:
    """List the decks that a later one has replaced, and the present one, `current`.

    Each has its number, its time, who made it, and how: made, revised by a sentence, or edited by hand.
    """
    former_decks = await decks(request).get_versions(deck_id(request))
    return JSONResponse(former_decks.to_json(), headers=PRIVATE)


async def version(request: Request) -> Response:
    """Get one of the former decks, or the present one by its number, as JSON."""
    number = version_number(request)
    return JSONResponse(await decks(request).get_version(deck_id(request), number))


async def _download(request: Request, summary: PresentationSummary, deck_format: Format) -> Response:
    assert summary.shown_sha256 is not None
    disposition = f"attachment; filename*=UTF-8''{quote(summary.deck_id)}{deck_format.ending}"
    tenant, worn = caller(request).tenant, asdict(await asked(request, summary))
    export = Export(tenant, summary.deck_id, summary.shown_sha256, deck_format, **worn)
    return await _exported(request, summary, export, {"Content-Disposition": disposition})


async def _page(request: Request, summary: PresentationSummary, deck_format: Format) -> Response:
    assert summary.shown_sha256 is not None
    notice, headers = "", {}
    if summary.deck_sha256 is None:
        notice = _of_draft(summary)
        if summary.status is not PresentationStatus.ERROR:
            headers["Refresh"] = RELOAD_SECONDS
    tenant, worn = caller(request).tenant, asdict(await asked(request, summary))
    export = Export(tenant, summary.deck_id, summary.shown_sha256, deck_format, notice, **worn)
    return await _exported(request, summary, export, headers)


async def _exported(
    request: Request, summary: PresentationSummary, export: Export, headers: dict[str, str]
) -> Response:
    headers = {**export.format.headers, **headers, **tagged(export.key)}
    if is_known(request, export.key):
        return Response(status_code=304, headers=headers)
    content = await state(request).exports.get(export, summary)
    return Response(content, media_type=export.format.media_type, headers=headers)


async def summary_of(request: Request) -> PresentationSummary:
    """Returns the deck of the path without its documents; one that was deleted leaves no files."""
    try:
        return await decks(request).get_summary(deck_id(request))
    except NotFound:  # the deck may have been deleted
        await state(request).exports.forget(caller(request).tenant, deck_id(request))
        raise


def _of_draft(presentation: PresentationSummary) -> str:
    if presentation.status is PresentationStatus.ERROR:
        return f"This is a draft: the job ended before it was improved. {presentation.error_message}"
    return "This is a draft: a language model is finding better words for it just now."


def _not_yet(presentation: PresentationSummary) -> str:
    if presentation.status is PresentationStatus.ERROR:
        return f"This deck could not be made. {presentation.error_message}"
    return "This deck is not ready yet."
