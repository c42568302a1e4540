"""Compression of answers: JSON and pages, but no streams and nothing that is compressed already.

An answer that holds a secret beside words of a stranger could be guessed from its length (BREACH). None
does: only answers to GET are compressed, while keys, secrets and links are told once, in answers to
POST.
"""

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LEVEL, LEAST_BYTES = 5, 1_000  # a tenth larger than at 9, in half of the time


class Compression:
    """Compresses answers to GET, other than those with the `packed` media types."""

    def __init__(self, app: ASGIApp, packed: tuple[str, ...]) -> None:
        self._app = app
        excluded = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *packed)
        self._compressing = GZipMiddleware(app, LEAST_BYTES, LEVEL, exclude_content_types=excluded)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
        else:
            await self._compressing(scope, receive, send)
