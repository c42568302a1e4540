"""Sign in with a key, and sign out."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.errors import Unauthenticated
from deckgen.pages import forms, held, sessions
from deckgen.pages.shell import page, root
from deckgen.web.state import state

TEMPLATE = "sign_in/sign_in.html"


async def show(request: Request) -> Response:
    """Ask for a key; who is known already is led on."""
    onward = _own(request.query_params.get("next", ""))
    if not sessions.asks(request) or await sessions.signed_in(request):
        return RedirectResponse(onward or f"{root(request)}/", 303)
    return page(request, TEMPLATE, error="", next=onward, held="", has_file=False, is_over=False)


async def sign_in(request: Request) -> Response:
    """Begin a session, and lead to where somebody was, or send again what they had sent."""
    given = await forms.fields(request)
    was_held, onward = held.decoded(given.get("held", "")), _own(given.get("next", ""))
    try:
        caller = await state(request).callers.owner(given.get("key", "").strip())
    except Unauthenticated as error:
        return page(
            request,
            TEMPLATE,
            status=401,
            error=error.code,
            next=onward,
            held=given.get("held", "") if was_held else "",
            has_file=bool(was_held and was_held.has_file),
            is_over=was_held is not None,
        )
    answer: Response
    if was_held is None:
        answer = RedirectResponse(onward or f"{root(request)}/", 303)
    else:
        answer = page(request, "sign_in/again.html", held=was_held, lost_file=held.LOST_FILE)
    await sessions.begin(request, caller, answer)
    return answer


async def sign_out(request: Request) -> Response:
    """End the session."""
    answer = RedirectResponse(f"{root(request)}{sessions.SIGN_IN}", 303)
    await sessions.end(request, answer)
    return answer


def _own(path: str) -> str:
    return path if sessions.is_own_path(path) else ""
