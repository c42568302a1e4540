"""What is seen of each request: it is counted by its route, and is a part of its caller's trace."""

import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckgen.observability import metrics, tracing

METRICS_PATH = "/metrics"
UNTRACED = ("/healthz", "/readyz", METRICS_PATH)  # asked for all the time, and about nothing


class Observed:
    """Counts requests, and goes on with the trace that their header names."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        parent = tracing.accepted(Headers(scope=scope).get(tracing.HEADER))
        if scope["path"] in UNTRACED or not (parent or tracing.is_recording()):
            await self._count(scope, receive, send)
            return
        with tracing.continuing(parent):
            await self._trace(scope, receive, send)

    async def _trace(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = metrics.one_of(scope["method"], metrics.METHODS)
        with tracing.span(method, "server", http__request__method=method) as span:
            try:
                status = await self._count(scope, receive, send)
            finally:
                span.rename(f"{method} {_route(scope)}")
                span.set({"http.route": _route(scope)})
            span.set({"http.response.status_code": status})
            if status >= 500:
                span.failed(str(status))

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Returns the status of the answer; 0 if there is none, as the client had left."""
        began, status = time.monotonic(), 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            status = status or 500  # which is answered further out
            raise
        finally:
            route, method = _route(scope), metrics.one_of(scope["method"], metrics.METHODS)
            metrics.http_requests.labels(route, method, str(status or metrics.NONE)).inc()
            if not getattr(scope.get("route"), "streams", False):
                metrics.http_seconds.labels(route, method).observe(time.monotonic() - began)
        return status


def _route(scope: Scope) -> str:
    """Returns the template of the route; paths that lead to none are all the same."""
    path: str = getattr(scope.get("route"), "path", metrics.OTHER)
    return path
