"""A deckgen where people sign in with a key, and browsers to ask it with."""

from collections.abc import AsyncIterator

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.people import AS_BROWSER
from tests.serving import serving


@pytest.fixture
async def person(api_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on the server's own machine, where nobody signs in."""
    async with patient(api_url, headers=AS_BROWSER | {"Origin": api_url}) as client:
        yield client


@pytest.fixture
async def keyed_url(settings: Settings, decks: AsyncOrchestrator) -> AsyncIterator[str]:
    """A server that asks for keys."""
    async with serving(create_app(settings.model_copy(update={"auth": "keys"}))) as url:
        yield url


@pytest.fixture
async def stranger(keyed_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser there that has not signed in."""
    async with patient(keyed_url, headers=AS_BROWSER | {"Origin": keyed_url}) as client:
        yield client
