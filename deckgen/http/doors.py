"""The doors: no foreign page in a user's browser gets in, whatever it posts or is called."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckgen.domain.net.hosts import ServedHosts, host_name
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.templates import TEMPLATE
from deckgen.http.observing import METRICS_PATH
from deckgen.http.problems import Problem, problem

PROBES = ("/healthz", "/readyz")
BY_ADDRESS = (*PROBES, METRICS_PATH)  # are asked for so, and say themselves who may ask
READING = ("GET", "HEAD", "OPTIONS")
ACCEPTED = ("application/json", "multipart/form-data", PRESENTATION, TEMPLATE)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Doors:
    """Refuses unknown hosts, changes that a foreign page asks for, and bodies that any page may post.

    Without `hosts` any host is served, and no change is accepted from a browser.
    """

    def __init__(self, app: ASGIApp, hosts: ServedHosts | None) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._of_host(scope["path"], headers)
        if refusal is None and scope["method"] not in READING:
            refusal = self._of_origin(headers)
            if refusal is None and not _is_accepted(headers):
                refusal, receive = await _of_content(headers, receive)
        await (refusal or self._app)(scope, receive, send)

    def _of_host(self, path: str, headers: Headers) -> Problem | None:
        if path in BY_ADDRESS:
            return None
        host_headers = headers.getlist("host")
        name = host_name(host_headers[0]) if len(host_headers) == 1 else None
        if name is None:
            return problem(
                400, "host_invalid", "Send exactly one Host header, with a name or an address."
            )
        if self._hosts is None or self._hosts.serves(name):
            return None
        return problem(
            421,
            "host_not_allowed",
            f"This server does not answer for the host {name}. Its operator can allow it: set "
            f"ALLOWED_HOSTS={name} for the API (several names with commas, *.example.com for all names "
            "of a domain, * for every name). By default only localhost and loopback addresses are "
            "allowed.",
        )

    def _of_origin(self, headers: Headers) -> Problem | None:
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        if self._hosts is None:
            foreign = bool(sites or origins)
        else:
            host = headers.get("host", "")
            foreign = not all(site in ("same-origin", "none") for site in sites)
            foreign = foreign or not all(_is_of(origin, host) for origin in origins)
        if not foreign:
            return None
        return problem(
            403,
            "foreign_origin",
            "A page of another origin may not change anything here. Send the request from a page of "
            "this server, or from a program that sends neither Origin nor Sec-Fetch-Site. A proxy in "
            "between must pass the Host header on unchanged.",
        )


def _is_of(origin: str, host: str) -> bool:
    """True if `origin` is the server that is asked; the origin `null` is no server's."""
    scheme, _, place = origin.lower().partition("://")
    port = DEFAULT_PORTS.get(scheme)
    return port is not None and place.removesuffix(port) == host.lower().removesuffix(port)


def _is_accepted(headers: Headers) -> bool:
    kinds = headers.getlist("content-type")
    return len(kinds) == 1 and _media_type(kinds[0]) in ACCEPTED


async def _of_content(headers: Headers, receive: Receive) -> tuple[Problem | None, Receive]:
    """Returns the refusal of a body of another type, if there is one, and what receives the rest."""
    if "transfer-encoding" in headers:
        first = await receive()
        while first.get("more_body") and not first.get("body"):
            first = await receive()
        is_empty, receive = not first.get("body"), _replaying(first, receive)
    else:
        is_empty = headers.get("content-length", "0").strip("0") == ""
    return None if is_empty else _unsupported(headers), receive


def _replaying(message: Message, receive: Receive) -> Receive:
    messages = [message]

    async def replaying() -> Message:
        return messages.pop() if messages else await receive()

    return replaying


def _unsupported(headers: Headers) -> Problem:
    return problem(
        415,
        "unsupported_media_type",
        f"The content type {_media_type(headers.get('content-type', '')) or '(none)'} is not accepted. "
        "Send application/json, or multipart/form-data with the table (CSV, XLSX or Parquet) as the "
        "file csvData; a PowerPoint file that is verified, or a template, has the type of such files.",
    )


def _media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()
