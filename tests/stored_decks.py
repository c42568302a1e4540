"""Decks in the database, as a worker would have completed them."""

import gzip
import hashlib

from deckgen.domain.decks import Deck
from deckgen.export.pptx.templates.reading import read
from deckgen.store import templates
from deckgen.store.pool import Pool
from deckgen.store.templates import NewTemplate
from tests.databases import OwnDatabase
from tests.templates import TEMPLATES


async def complete(database: OwnDatabase, deck: Deck, deck_id: str = "d", user_id: str = "u") -> None:
    """The deck becomes that of the presentation."""
    await database.execute(
        "INSERT INTO presentations (id, user_id, status, final_deck_json, completed_at) "
        "VALUES ($1, $3, 'completed', $2, now()) "
        "ON CONFLICT (tenant_id, id) DO UPDATE SET final_deck_json = $2, draft_deck_json = NULL, "
        "error_message = NULL, status = 'completed', completed_at = now()",
        deck_id,
        deck.to_json(),
        user_id,
    )


async def complete_with_table(database: OwnDatabase, deck: Deck, upload: bytes) -> None:
    """The same, with the upload that it was made of; the only deck of the database."""
    await complete(database, deck)
    sha256 = hashlib.sha256(upload).hexdigest()
    await database.execute(
        "INSERT INTO datasets (sha256, bytes, gzip) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        *(sha256, len(upload), gzip.compress(upload)),
    )
    await database.execute("UPDATE presentations SET dataset_sha256 = $1", sha256)


async def add_template(database: Pool, name: str) -> None:
    """A first version of a template, made of python-pptx's."""
    content = TEMPLATES["default"]()
    found = read(content, name)
    await templates.add(database, NewTemplate(name, "0" * 64, "1" * 64, found.base, found.reading))
