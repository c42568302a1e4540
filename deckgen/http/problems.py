"""Problems: our errors as problem+json (RFC 9457), mapped in one place.

Members beside the standard ones: `code` (stable, for machines), `errors` (field and message of each
wrong field), `retryable` (true if the same request can succeed later) and, where an edit comes too
late, `difference`.
"""

import math
import re
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain import errors
from deckgen.domain.errors import DeckgenError
from deckgen.http.request_ids import request_id
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

STATUS_BY_CODE = {
    "invalid_json": 400,
    "invalid_multipart": 400,
    "invalid_last_event_id": 400,
    "body_incomplete": 400,
    "body_timeout": 408,
    "body_too_slow": 408,
    "loopback_only": 403,
    "unsupported_media_type": 415,
    "share_ended": 410,
}
STATUS: tuple[tuple[type[DeckgenError], int], ...] = (
    (errors.Unauthenticated, 401),
    (errors.NotAllowed, 403),
    (errors.TooLarge, 413),
    (errors.InvalidRequest, 422),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooManyJobs, 429),
    (errors.TooManyRequests, 429),
    (errors.Unavailable, 503),
    (errors.PermanentError, 422),
    (errors.RetryableError, 503),
)
TITLES = {
    400: "The request can't be read",
    401: "The request does not say who asks",
    403: "That is not allowed",
    404: "Not found",
    405: "Method not allowed",
    408: "The request took too long",
    409: "The request contradicts what is stored",
    410: "No longer there",
    413: "The request is too large",
    415: "This content type is not accepted",
    421: "This server does not answer for that host",
    422: "The request can't be used",
    429: "Too many requests",
    431: "The request's headers are too large",
    500: "Something went wrong on our side",
    503: "Not available just now",
}


# The path of a link is a secret that opens a deck.
LINK = re.compile("^(/share/)[^/]+")
PAGES = "/docs/errors/"  # of the API, one for each code
NO_PAGE = "about:blank"
BUG = "Something unexpected went wrong. Try again later."


class Problem(JSONResponse):
    media_type = "application/problem+json"


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    root: str | None = "",
    headers: dict[str, str] | None = None,
    **members: Any,
) -> Problem:
    """Returns a problem; `root` is where deckgen's API is mounted, of which its page is a part.

    It is None where there is no API, and so no page.
    """
    kind = NO_PAGE if root is None else f"{root}{PAGES}{code}"
    body: dict[str, Any] = {"type": kind, "title": TITLES.get(status, "Error"), "status": status}
    return Problem(body | {"code": code, "detail": detail} | members, status, headers)


def from_error(error: DeckgenError, root: str | None = "") -> Problem:
    """Returns the problem that says what `error` says."""
    status = STATUS_BY_CODE.get(error.code) or next(
        (number for kind, number in STATUS if isinstance(error, kind)), 500
    )
    members: dict[str, Any] = {"retryable": status in (408, 429, 500, 503)}
    if isinstance(error, errors.InvalidRequest) and error.errors:
        members["errors"] = [{"field": wrong.field, "message": wrong.message} for wrong in error.errors]
    if isinstance(error, errors.Conflict):
        members |= error.members
    wait = error.retry_after
    headers = {"Retry-After": str(math.ceil(wait))} if wait is not None else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, error.code, error.message, root=root, headers=headers, **members)


async def on_deckgen_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DeckgenError)
    return from_error(error, _root(request))


async def on_error_elsewhere(request: Request, error: Exception) -> Response:
    """Answer an error in an application of somebody else's, which has no pages of deckgen's."""
    assert isinstance(error, DeckgenError)
    return from_error(error, None)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer an error of Starlette's own: an unknown path or a wrong method."""
    assert isinstance(error, HTTPException)
    code = {404: "path_not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    detail = f"{request.method} {request.url.path}: {error.detail}. See /docs for all paths."
    headers = dict(error.headers or {})
    return problem(error.status_code, code, detail, root=_root(request), headers=headers)


async def on_bug(request: Request, error: Exception) -> Response:
    """Answer any other error: the log gets the traceback, and the client none of it."""
    path = LINK.sub(r"\1…", request.url.path)
    log.error("request.bug", method=request.method, path=path, exc_info=error)
    answer = from_error(DeckgenError(BUG), _root(request))
    answer.headers.update(request_id(request))
    return answer


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root


Handler = Callable[[Request, Exception], Any]
# For an application of somebody else's that calls deckgen: what it raises is answered as here.
error_handlers: dict[Any, Handler] = {DeckgenError: on_error_elsewhere}
HANDLERS: dict[Any, Handler] = {
    DeckgenError: on_deckgen_error,
    HTTPException: on_http_exception,
    Exception: on_bug,
}
