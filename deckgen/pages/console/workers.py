"""The workers that live: what each does, and for how long."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from deckgen.pages.console.frame import console_page
from deckgen.web.state import decks


async def show(request: Request) -> Response:
    """Show the workers; they are everybody's, so operators alone see them."""
    return console_page(request, "workers.html", "workers", **await _listed(request))


async def live(request: Request) -> Response:
    """Show their list alone, as the part of the page that is asked for again and again."""
    return console_page(request, "workers_live.html", "workers", **await _listed(request))


async def _listed(request: Request) -> dict[str, Any]:
    return {"workers": (await decks(request).get_workers()).workers}
