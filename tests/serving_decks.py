"""An API before an orchestrator, with a deck that has its table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from deckgen.config.settings import Settings
from deckgen.orchestrator import app as orchestrator
from deckgen.web.app import create_app
from tests.asking_api import before
from tests.databases import OwnDatabase
from tests.edited_decks import SALES, deck
from tests.serving import serving
from tests.stored_decks import complete_with_table


@asynccontextmanager
async def serving_deck(settings: Settings, database: OwnDatabase) -> AsyncIterator[str]:
    """Yields the API's address; the deck is `d`, of the table SALES."""
    await complete_with_table(database, deck(), SALES.encode())
    async with (
        serving(orchestrator.create_app(settings)) as behind,
        serving(create_app(before(settings, behind))) as address,
    ):
        yield address
