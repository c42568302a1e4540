"""The command by which an assistant on this machine uses a running deckgen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer

from deckgen.cli.options import LOCAL, ApiKey, Url


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `app`."""
    app.command()(mcp)


def mcp(url: Url = LOCAL, api_key: ApiKey = None) -> None:
    """Serve the tools of deckgen to an assistant by MCP, over standard input and output."""
    import httpx

    from deckgen.web.mcp_tools import server

    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}

    @asynccontextmanager
    async def connect(_: object) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=None) as http:  # noqa: S113 - the API has limits
            yield http

    server(connect, reads_files=True).run("stdio")
