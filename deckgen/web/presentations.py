"""Decks: the JSON document, the PowerPoint file, the page."""

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from deckgen.domain.decks import Deck
from deckgen.domain.errors import Conflict
from deckgen.domain.model import content_hash
from deckgen.domain.presentations import Presentation, PresentationStatus
from deckgen.export.html import render_html
from deckgen.export.pptx import render_pptx
from deckgen.web.pages import templates
from deckgen.web.state import deck_id, state

RELOAD_SECONDS = "3"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# The page runs no script and loads nothing, whatever its data says.
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    )
}


async def presentation(request: Request) -> Response:
    """One deck: its status, the deck as JSON once it is completed, or the error message.

    While a model improves a deck, `draft` is the whole deck of the offline engine.
    """
    found = await _presentation(request)
    return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})


async def pptx(request: Request) -> Response:
    """The deck as an editable PowerPoint file, or its draft; 409 while there is neither yet."""
    found = await _presentation(request)
    deck = found.deck or found.draft
    if deck is None:
        raise Conflict(_not_yet(found), code="deck_not_completed")
    etag = f'"{content_hash(deck)}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    content = await asyncio.to_thread(render_pptx, Deck.model_validate(deck))
    disposition = f"attachment; filename*=UTF-8''{quote(found.deck_id)}.pptx"
    return Response(
        content, media_type=PPTX, headers={"Content-Disposition": disposition, "ETag": etag}
    )


async def verify(request: Request) -> Response:
    """Compute everything in the deck again from its table, and name what does not hold.

    The answer's `verified` says whether every check passed, and each check names its problems. 409
    while there is no deck yet.
    """
    verification = await state(request).decks.verify_presentation(deck_id(request))
    return JSONResponse(verification.to_json(), headers={"Cache-Control": "no-store"})


async def page(request: Request) -> Response:
    """The deck as a page to read and print; while it is made, its draft or a page that says so.

    Both load again by themselves.
    """
    found = await _presentation(request)
    if found.deck is None and found.draft is not None:
        html = await asyncio.to_thread(
            render_html, Deck.model_validate(found.draft), notice=_of_draft(found)
        )
        in_work = found.status is not PresentationStatus.ERROR
        reload = {"Refresh": RELOAD_SECONDS} if in_work else {}
        return HTMLResponse(html, headers=PAGE_HEADERS | reload)
    if found.deck is None:
        return templates.TemplateResponse(
            request,
            "waiting.html",
            {"presentation": found, "message": _not_yet(found)},
            headers=PAGE_HEADERS,
        )
    html = await asyncio.to_thread(render_html, Deck.model_validate(found.deck))
    return HTMLResponse(html, headers=PAGE_HEADERS)


async def versions(request: Request) -> Response:
    """The decks that a later one has taken the place of: their numbers and times."""
    found = await state(request).decks.get_versions(deck_id(request))
    return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})


async def version(request: Request) -> Response:
    """One of the former decks, as JSON."""
    number: int = request.path_params["number"]
    return JSONResponse(await state(request).decks.get_version(deck_id(request), number))


async def _presentation(request: Request) -> Presentation:
    return await state(request).decks.get_presentation(deck_id(request))


def _of_draft(presentation: Presentation) -> str:
    if presentation.status is PresentationStatus.ERROR:
        return f"This is a draft: the job ended before it was improved. {presentation.error_message}"
    return "This is a draft: a language model is finding better words for it just now."


def _not_yet(presentation: Presentation) -> str:
    if presentation.status is PresentationStatus.ERROR:
        return f"This deck could not be made. {presentation.error_message}"
    return "This deck is not ready yet."


async def root(request: Request) -> Response:
    """The way in for somebody who opens the server in a browser."""
    return RedirectResponse("/docs")
