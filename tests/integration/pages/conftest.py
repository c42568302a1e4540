"""A deckgen where people sign in with a key, and browsers to ask it with."""

from collections.abc import AsyncIterator

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.people import AS_BROWSER
from tests.serving import serving
from tests.serving_decks import serving_deck


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


@pytest.fixture
async def deck_url(settings: Settings, database: OwnDatabase) -> AsyncIterator[str]:
    """The pages before an orchestrator, with a deck and its table."""
    async with serving_deck(settings, database) as address:
        yield address


@pytest.fixture
async def reader(deck_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before them."""
    async with patient(deck_url, headers=AS_BROWSER | {"Origin": deck_url}) as client:
        yield client
