"""What a browser may do with a page, and the proof that a change comes from one of our own pages."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Send

from deckgen.domain.errors import NotAllowed

READING = ("GET", "HEAD", "OPTIONS")
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
PROOFS = ("origin", "sec-fetch-site")  # of which the doors refuse every foreign one


def with_headers(send: Send) -> Send:
    """Returns what sends an answer with the headers of pages, as far as it has none of its own."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending


def require_own_page(request: Request) -> None:
    """Raise NotAllowed for a change that no page of ours is proved to ask for.

    The doors refuse what a foreign page asks for. Here is refused as well who says nothing of where
    they come from.
    """
    if request.method in READING or any(name in request.headers for name in PROOFS):
        return
    raise NotAllowed(
        "A page is changed from a page of this server: the request has neither Origin nor "
        "Sec-Fetch-Site. Programs use the API with a key.",
        code="origin_missing",
    )
