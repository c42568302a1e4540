"""The cookie of who has signed in, and the way to the sign-in and back."""

from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.access import Caller
from deckgen.pages.shell import root
from deckgen.web.state import state

COOKIE = "deckgen_session"
SIGN_IN = "/sign-in"


async def signed_in(request: Request) -> Caller | None:
    """Returns who has signed in with a key; None for others, who may have another way in."""
    token = request.cookies.get(COOKIE, "")
    if not token or "authorization" in request.headers or not asks(request):
        return None
    caller = await state(request).decks.sessions.find(token)
    if caller is not None:
        request.scope.setdefault("state", {})["session"] = token
        structlog.contextvars.bind_contextvars(caller=caller.name, tenant=caller.tenant)
    return caller


def asks(request: Request) -> bool:
    """True if people sign in with a key here, and are not known by something else."""
    return state(request).callers.asks_for_key(request)


async def begin(request: Request, caller: Caller, answer: Response) -> None:
    """Begin a session of who came with a key, and let the answer set its cookie."""
    hours = state(request).settings.session_hours
    token = await state(request).decks.acting_for(caller).sessions.begin(hours=hours)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=hours * 3600,
        path=root(request) or "/",
        httponly=True,
        samesite="lax",
        secure=_came_by_https(request),
    )


async def end(request: Request, answer: Response) -> None:
    """End the session of a request, if it has one."""
    if token := request.cookies.get(COOKIE):
        await state(request).decks.sessions.end(token)
    answer.delete_cookie(COOKIE, path=root(request) or "/", httponly=True, samesite="lax")


def led_to_sign_in(request: Request) -> Response:
    """Returns the way to the sign-in, which leads back to here."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{root(request)}{SIGN_IN}?next={quote(here, safe='')}", 303)


def is_own_path(path: str) -> bool:
    """True for a path of this server, to which a sign-in may lead, and of no other site."""
    return (
        path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    )


def _came_by_https(request: Request) -> bool:
    """The browser says in Origin how it came, even if a proxy in between speaks plain HTTP with us."""
    return "https" in (request.url.scheme, request.headers.get("origin", "").partition(":")[0])
