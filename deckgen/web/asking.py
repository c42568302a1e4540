"""The endpoint of questions about the table of a deck."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.asking import AskRequest
from deckgen.domain.requests import parse
from deckgen.web.bodies import small_body
from deckgen.web.documents import PRIVATE
from deckgen.web.state import caller, deck_id, decks, state


async def ask(request: Request) -> Response:
    """Ask about the table of a deck: the answer is computed at once, and every number has its SQL.

    The body has one question, or a few in one text: `{"question": "Which region brings most sales?"}`.
    Each ends as answered, answered in part, as one that the table lacks something for, or as one that
    is not done, with the reason. There is no job and no model, and nothing is kept. 409 while there is
    no completed deck, or if it was made from a brief alone. 429 while too many questions and previews
    are in flight.
    """
    name = deck_id(request)
    body = parse(AskRequest, await small_body(request))
    with state(request).previews.one_more(caller(request)):
        replies = await decks(request).ask(
            name, body.question, locale=body.locale, language=body.language
        )
    return JSONResponse(replies.to_json(), headers=PRIVATE)
