"""People in front of pages: what their browsers send, and what they read."""

import re
from html import unescape
from typing import Any

import httpx

AS_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
HELD = re.compile(r'name="held" value="([^"]*)"')


def form(**fields: str) -> dict[str, Any]:
    """What a form of a page posts, as options of a request."""
    return {"files": {name: (None, value) for name, value in fields.items()}}


async def sign_in(browser: httpx.AsyncClient, key: str, **fields: str) -> httpx.Response:
    return await browser.post("/sign-in", **form(key=key, **fields))


def held_in(answer: httpx.Response) -> str:
    """What a sign-in page holds of the request that it answers."""
    found = HELD.search(answer.text)
    assert found
    return unescape(found[1])
