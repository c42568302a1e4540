"""Editing a slide by hand: words are typed, numbers are chips that stay references."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from deckgen.domain.comparing import SlideDifference
from deckgen.domain.editing import Edit, EditRequest
from deckgen.domain.errors import Conflict, FieldError, InvalidRequest
from deckgen.domain.requests import parse
from deckgen.pages.shell import page, root
from deckgen.pages.studio import deck_asking
from deckgen.pages.studio.deck_opened import fields, opened
from deckgen.pages.studio.editing_texts import Editors, editors_of
from deckgen.pages.studio.editing_words import said_of
from deckgen.web.documents import PRIVATE
from deckgen.web.state import caller, deck_id, decks, state


async def show(request: Request) -> Response:
    """Show the texts of a slide, to be changed."""
    return await _shown(request, {})


async def save(request: Request) -> Response:
    """Save what was changed as the next version; what can't be saved comes back as it was written."""
    sent = await fields(request)
    edit, base = _edit(request, sent), sent.get("base", "")
    wanted = edit | {"baseVersion": int(base) if base.isdecimal() else 0}
    try:
        with state(request).previews.one_more(caller(request)):
            await decks(request).edits.save(deck_id(request), parse(EditRequest, wanted))
    except InvalidRequest as error:
        errors = error.errors or (FieldError("", error.message),)
        return await _shown(request, edit, status=422, base=base, errors=errors)
    except Conflict as error:
        if error.code not in ("deck_changed", "deck_in_work"):
            raise
        difference = error.members.get("difference", {})
        base = str(difference.get("after", base))  # to be saved again on the new version
        theirs = [SlideDifference.model_validate(each) for each in difference.get("slides", [])]
        return await _shown(request, edit, status=409, base=base, code=error.code, theirs=theirs)
    slide = request.path_params["slide_id"]
    return RedirectResponse(f"{root(request)}/decks/{deck_id(request)}?slide={slide}", 303)


async def check(request: Request) -> Response:
    """Say what the checks find in what has been written so far."""
    edit = parse(Edit, _edit(request, await fields(request)))
    with state(request).previews.one_more(caller(request)):
        found = await decks(request).edits.check(deck_id(request), edit)
    return JSONResponse(said_of(request, found), headers=PRIVATE)


async def ask(request: Request) -> Response:
    """Compute a number that is asked for in words: each of its facts may become a chip."""
    sent = await fields(request)
    replies = await deck_asking.asked(request, sent.get("question", ""))
    answers = [
        {
            "text": reply.text,
            "reason": reply.reason,
            "facts": [fact.to_json() for fact in reply.facts],
        }
        for reply in replies.answers
    ]
    return JSONResponse({"answers": answers}, headers=PRIVATE)


def _edit(request: Request, sent: dict[str, str]) -> dict[str, Any]:
    """Returns the edit in the form's hidden field, of the slide of the path alone."""
    try:
        given = json.loads(sent.get("edit") or "{}")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise InvalidRequest(
            "The form does not hold an edit. Load the page again.", code="invalid_request"
        )
    slide = given.get("slide")
    slide = slide if isinstance(slide, dict) else {}
    return {
        "slides": [slide | {"id": request.path_params["slide_id"]}],
        "asked": given.get("asked") or [],
    }


async def _shown(
    request: Request,
    edit: dict[str, Any],
    *,
    status: int = 200,
    base: str = "",
    errors: tuple[FieldError, ...] = (),
    code: str = "",
    theirs: list[SlideDifference] | None = None,
) -> Response:
    deck = await opened(request)
    if not deck.version:
        raise Conflict("Only a completed deck can be edited.", code="deck_not_completed")
    slide = deck.slide(request.path_params["slide_id"])
    editors: Editors = editors_of(deck, slide, edit)
    return page(
        request,
        "studio/editing.html",
        status=status,
        opened=deck,
        slide=slide,
        editors=editors,
        base=base or deck.version,
        errors=errors,
        code=code,
        theirs=theirs or [],
    )
