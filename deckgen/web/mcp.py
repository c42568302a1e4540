"""MCP at /mcp: streamable HTTP, each request by itself, so any API behind a balancer can answer it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from deckgen.observability import tracing
from deckgen.web.callers import PROXY_SECRET
from deckgen.web.state import state

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context, MCPServer
    from mcp.server.transport_security import TransportSecuritySettings

OF_THE_HOST = ("user", "auth", "session")  # what an application around this one knows of the caller
ESCAPED = 2  # a table as a string of JSON may be longer


class Endpoint:
    """Answers one message of MCP; its tools ask this very API, with the caller's own headers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # It is imported late and beside other requests, as most APIs serve no assistant.
        made = await asyncio.to_thread(_server)
        made.streamable_http_app(
            json_response=True,
            stateless_http=True,
            max_request_body_size=ESCAPED * state(Request(scope)).settings.max_csv_bytes,
            transport_security=_open(),
        )
        manager = made.session_manager  # of the app that was made just now, for this request alone
        async with manager.run():
            await manager.handle_request(scope, receive, send)


@cache
def _open() -> "TransportSecuritySettings":
    """Returns that the SDK admits every host: this server's door checks which ones are served."""
    from mcp.server.transport_security import TransportSecuritySettings

    return TransportSecuritySettings(enable_dns_rebinding_protection=False)


@cache
def _server() -> "MCPServer":
    from deckgen.web.mcp_tools import server

    return server(_same_api)


@asynccontextmanager
async def _same_api(context: "Context[Any, Any]") -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API that was asked, with what says who asks."""
    request = context.request_context.request
    assert isinstance(request, Request)
    app: ASGIApp = request.app
    known = {name: request.scope[name] for name in OF_THE_HOST if name in request.scope}

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, **known}, receive, send)

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(asked),
        base_url="http://localhost",
        headers=_who(request) | tracing.headers(),
        timeout=None,  # noqa: S113 - the API has its own limits
    ) as http:
        yield http


def _who(request: Request) -> dict[str, str]:
    settings = state(request).settings
    names = ["authorization", "cookie", PROXY_SECRET, settings.auth_proxy_header]
    if settings.auth_proxy_tenant_header:
        names.append(settings.auth_proxy_tenant_header)
    return {name: request.headers[name] for name in names if name in request.headers}
