"""Endpoints of edits by hand, and of the comparison of two versions."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.editing import Edit, EditRequest
from deckgen.domain.requests import parse
from deckgen.http import bodies
from deckgen.web.documents import PRIVATE
from deckgen.web.state import caller, deck_id, decks, state, version_number

MAX_BYTES = 1_000_000  # of an edit of a whole deck, with the answers that it takes facts from


async def edit(request: Request) -> Response:
    """Save an edit by hand as the next version of the deck.

    `slides` has the new texts of slides, `order` the ids of all slides in their new order. Numbers are
    references to facts of the deck, such as `{{f3}}`, or to facts of an answer to a question, named in
    `asked`, which is computed again here. What a person wrote is marked as theirs. 422 for a number
    that is no reference, or a sentence that the facts refute: the code and `errors` say which. 409
    `deck_changed` if somebody has changed the deck since `baseVersion`, with the `difference`, and
    `deck_in_work` while a job is at work on it: nothing is overwritten.
    """
    name = deck_id(request)
    body = parse(EditRequest, await _body(request))
    with state(request).previews.one_more(caller(request)):
        saved = await decks(request).edits.save(name, body)
    return JSONResponse(saved.to_json(), headers=PRIVATE)


async def check_edit(request: Request) -> Response:
    """Check an edit as it is written: what is found in each sentence that it changes.

    Nothing is changed, and nothing is computed: facts of `asked` are taken as the client has them, from
    `answer`. An error would be refused when it is saved; a warning stays as the person's own words.
    """
    name = deck_id(request)
    body = parse(Edit, await _body(request))
    with state(request).previews.one_more(caller(request)):
        found = await decks(request).edits.check(name, body)
    return JSONResponse(found.to_json(), headers=PRIVATE)


async def compare(request: Request) -> Response:
    """Compare two versions of a deck: slides that came, went, moved or changed, and other numbers.

    Both are numbers of versions; that of the present deck is `current` among the versions.
    """
    numbers = version_number(request), version_number(request, "other")
    found = await decks(request).edits.compare(deck_id(request), *numbers)
    return JSONResponse(found.to_json(), headers=PRIVATE)


async def _body(request: Request) -> Any:
    timeout = state(request).settings.body_timeout_seconds
    return await bodies.read_json(bodies.bounded(request, max_bytes=MAX_BYTES, timeout=timeout))
