"""Changes by sentence: a model words a slide anew, or an answer that was computed goes onto it."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.asking import Replies, Reply
from deckgen.domain.editing import EditRequest
from deckgen.domain.errors import Conflict, InvalidRequest
from deckgen.domain.job_kinds.revise import RevisionRequest
from deckgen.domain.requests import parse
from deckgen.pages.shell import page, root
from deckgen.pages.studio.deck import has_model
from deckgen.pages.studio.deck_opened import Opened, fields, opened
from deckgen.web.state import caller, deck_id, decks, state

FIRST_ASKED, LAST_ASKED = 9000, 9999  # ids of facts that people asked for


async def revise(request: Request) -> Response:
    """Have a model word a slide anew; the deck's page follows the job."""
    name = deck_id(request)
    sent = await fields(request)
    summary = await decks(request).get_summary(name)
    wanted = {
        "deckId": name,
        "userId": caller(request).user_id or summary.user_id,
        "slideId": request.path_params["slide_id"],
        "instruction": sent.get("sentence", ""),
    }
    await decks(request).submit(parse(RevisionRequest, wanted))
    return RedirectResponse(f"{root(request)}/decks/{name}", 303)


async def ask(request: Request) -> Response:
    """Answer a question about the deck's table, with the figure and its query."""
    sentence = request.query_params.get("sentence", "").strip()
    if not sentence:
        return await _shown(request, "")
    try:
        replies = await asked(request, sentence)
    except InvalidRequest as error:
        return await _shown(request, sentence, status=422, error=error.message)
    return await _shown(request, sentence, replies)


async def put(request: Request) -> Response:
    """Put an answer on the slide, as a bullet of a new version: its numbers are computed once more."""
    sent = await fields(request)
    sentence, number, base = (sent.get(name, "") for name in ("sentence", "answer", "base"))
    replies = await asked(request, sentence)
    deck = await opened(request)
    slide = deck.slide(request.path_params["slide_id"])
    if not (number.isdecimal() and int(number) < len(replies.answers)):
        return await _shown(request, sentence, replies, status=422)
    text, facts = as_asked(deck, replies.answers[int(number)])
    edit = {
        "baseVersion": int(base) if base.isdecimal() else 0,
        "slides": [{"id": slide.id, "bullets": [*slide.slide.points, text]}],
        "asked": [{"question": sentence, "facts": facts}],
    }
    try:
        with state(request).previews.one_more(caller(request)):
            await decks(request).edits.save(deck.deck_id, parse(EditRequest, edit))
    except InvalidRequest as error:
        return await _shown(request, sentence, replies, status=422, error=error.message)
    except Conflict as error:
        return await _shown(request, sentence, replies, status=409, error=error.message)
    return RedirectResponse(f"{root(request)}/decks/{deck.deck_id}?slide={slide.id}", 303)


async def asked(request: Request, sentence: str) -> Replies:
    """Returns the answers to a question, in the deck's language."""
    with state(request).previews.one_more(caller(request)):
        deck = await opened(request)
        return await decks(request).ask(deck.deck_id, sentence, language=deck.deck.language)


def as_asked(deck: Opened, reply: Reply) -> tuple[str, dict[str, str]]:
    """Returns the text of an answer with references for its numbers, and the ids that those have.

    An answer reads as it is shown, so each of its facts is found by what it shows, the longest first.
    """
    taken = {fact.id for fact in deck.deck.facts}
    free = (f"f{n}" for n in range(FIRST_ASKED, LAST_ASKED + 1) if f"f{n}" not in taken)
    shown: dict[str, str] = {}
    for fact in reply.facts:
        shown.setdefault(fact.display, fact.id)
    if not shown:
        return reply.text, {}
    longest = sorted(shown, key=len, reverse=True)
    either = "|".join(map(re.escape, longest))
    here: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        there = shown[found[0]]
        here[there] = here.get(there) or next(free)
        return f"{{{{{here[there]}}}}}"

    text = re.sub(rf"(?<![\w.,])(?:{either})(?!\w|[.,]\d)", named, reply.text)
    return text, {new: old for old, new in here.items()}


async def _shown(
    request: Request,
    sentence: str,
    replies: Replies | None = None,
    *,
    status: int = 200,
    error: str = "",
) -> Response:
    deck = await opened(request)
    return page(
        request,
        "studio/deck_asking.html",
        status=status,
        opened=deck,
        slide=deck.slide(request.path_params["slide_id"]),
        sentence=sentence,
        replies=replies,
        error=error,
        has_model=has_model(request),
    )
