"""The shell around every page: layout, navigation, and who has signed in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from deckgen.domain.access import Caller, Scope
from deckgen.pages import static
from deckgen.pages.language import language_of

VARY = "Accept, Accept-Language, Cookie"
# Every text is escaped; a template that names what it was not given fails.
environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Link:
    """An entry of the navigation: the key of its words, where it leads, and if that is where we are."""

    key: str
    path: str
    is_current: bool


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Returns a page, or a part of one, in the browser's language.

    A template knows `t` (words by their keys), `language`, `path` (a URL of this server, wherever it is
    mounted), `static` (the URL of a file), `caller` (None before the sign-in), and what it is given.
    """
    language = language_of(request)
    known = {
        "t": language.says,
        "language": language,
        "path": lambda inner: f"{root(request)}{inner}",
        "static": lambda name: f"{root(request)}{static.path_of(name)}",
        "caller": caller_of(request),
        "who": who(caller_of(request)),
        "navigation": navigation(request),
        "has_session": bool(request.scope.get("state", {}).get("session")),
    }
    content = environment.get_template(template).render(**known, **context)
    return HTMLResponse(content, status, headers={"Vary": VARY})


def root(request: Request) -> str:
    """Returns where deckgen is mounted: "" if nowhere."""
    mounted: str = request.scope.get("root_path", "")
    return mounted


def caller_of(request: Request) -> Caller | None:
    """Returns who makes the request, if that is known yet."""
    known: Caller | None = request.scope.get("state", {}).get("caller")
    return known


def who(caller: Caller | None) -> str:
    """Returns the name of who has signed in: a user, or the id of a key; "" on this machine."""
    return caller.user_id or caller.name.partition(":")[2] if caller else ""


def navigation(request: Request) -> list[Link]:
    """Returns where a caller may go from here."""
    caller = caller_of(request)
    scopes = caller.scopes if caller else frozenset()
    console = "/console" if Scope.JOBS in scopes else "/console/webhooks"
    places = [
        ("nav.start", "/", Scope.WRITE in scopes),
        ("nav.decks", "/decks", Scope.READ in scopes),
        ("nav.console", console, bool({Scope.JOBS, Scope.TENANT} & scopes)),
        ("nav.docs", "/docs", True),
    ]
    here = request.url.path.removeprefix(root(request))
    return [
        Link(key, path, here == path or (path != "/" and here.startswith(f"{path}/")))
        for key, path, may in places
        if may
    ]
