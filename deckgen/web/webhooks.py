"""Endpoints of the tenant's webhooks."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.documents import BaseDocument
from deckgen.domain.requests import parse
from deckgen.domain.webhook_endpoints import EndpointChange, NewEndpoint, RotateRequest
from deckgen.queue.webhook_endpoints import Webhooks
from deckgen.web.bodies import small_body
from deckgen.web.documents import PRIVATE
from deckgen.web.queries import fields
from deckgen.web.state import decks


async def create_endpoint(request: Request) -> Response:
    """Create an endpoint, to which the ends of all jobs are posted: `{"url": "https://…"}`.

    The answer is the only one that holds its secret, with which each post is signed.
    """
    wanted = parse(NewEndpoint, await small_body(request))
    return _answer(await _webhooks(request).create(wanted), 201)


async def list_endpoints(request: Request) -> Response:
    """List the tenant's endpoints, the latest first."""
    return _answer(await _webhooks(request).listed())


async def endpoint(request: Request) -> Response:
    """Get an endpoint."""
    return _answer(await _webhooks(request).get(_endpoint_id(request)))


async def change_endpoint(request: Request) -> Response:
    """Change an endpoint: `{"enabled": false}`.

    What is not given stays as it is. What was still to be sent to an endpoint that is disabled is given
    up; what is to be sent to one whose URL changes goes to the new one.
    """
    wanted = parse(EndpointChange, await small_body(request))
    return _answer(await _webhooks(request).change(_endpoint_id(request), wanted))


async def remove_endpoint(request: Request) -> Response:
    """Remove an endpoint with its part of the log; to keep that, disable it."""
    return _answer(await _webhooks(request).remove(_endpoint_id(request)))


async def rotate_endpoint(request: Request) -> Response:
    """Give an endpoint a new secret: the former one signs beside it for `overlapHours`.

    The answer is the only one that holds the new secret. A third one ends the first at once.
    """
    wanted = parse(RotateRequest, await _body_if_any(request))
    rotated = await _webhooks(request).rotate(_endpoint_id(request), wanted.overlap_hours)
    return _answer(rotated)


async def own_secret(request: Request) -> Response:
    """Tell since when the secret signs that is for the `webhookUrl` of requests; not the secret."""
    return _answer(await _webhooks(request).own_secret())


async def rotate_own_secret(request: Request) -> Response:
    """Get a new secret for the `webhookUrl` of requests: the former one signs for `overlapHours`."""
    wanted = parse(RotateRequest, await _body_if_any(request))
    return _answer(await _webhooks(request).rotate_own_secret(wanted.overlap_hours))


async def deliveries(request: Request) -> Response:
    """List what was sent to whom, the newest first: `?endpoint=…&status=given_up`.

    For the next page send the same filter with `cursor`, the `nextCursor` of this page.
    """
    return _answer(await _webhooks(request).deliveries(fields(request)))


async def redeliver(request: Request) -> Response:
    """Send an event again, also one that was delivered: it has the same `webhook-id`.

    It is tried as if it were new: at once, and then by the schedule.
    """
    delivery = await _webhooks(request).redeliver(request.path_params["delivery_id"])
    return _answer(delivery, 202)


def _webhooks(request: Request) -> Webhooks:
    return decks(request).webhooks


def _endpoint_id(request: Request) -> str:
    value: str = request.path_params["endpoint_id"]
    return value


async def _body_if_any(request: Request) -> Any:
    """Returns the body; an empty document without one."""
    is_chunked = "transfer-encoding" in request.headers
    has_body = is_chunked or request.headers.get("content-length", "0") != "0"
    return await small_body(request) if has_body else {}


def _answer(document: BaseDocument, status: int = 200) -> Response:
    return JSONResponse(document.to_json(), status_code=status, headers=PRIVATE)
