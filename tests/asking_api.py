"""Questions about the table of a stored deck, for the tests of the API."""

from typing import Any

import httpx
from pydantic import HttpUrl

from deckgen.config.settings import Settings
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import sample_deck
from tests.stored_decks import complete_with_table

ASK = "/api/presentations/d/ask"
WHICH = "Which region has the highest revenue?"
TABLE = "region,revenue\n" + "north,1000\nsouth,1500\nsouth,1200\nwest,900\n" * 20


def before(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"orchestrator_url": HttpUrl(url)})


def asking_at(url: str) -> httpx.AsyncClient:
    return patient(url)


async def asked(url: str, question: Any = WHICH, **fields: Any) -> httpx.Response:
    async with asking_at(url) as client:
        return await client.post(ASK, json={"question": question, **fields})


def deck(**brief: Any) -> Deck:
    """One with a table; its own question is another than those that are asked."""
    return sample_deck().model_copy(update={"brief": Brief(business_context="Why?", **brief)})


async def store(database: OwnDatabase, upload: str = TABLE, **brief: Any) -> None:
    await complete_with_table(database, deck(**brief), upload.encode())
