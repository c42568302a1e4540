"""Two tenants with the same ids, and every row of one of them."""

from typing import Any

from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.pool import Connection, Pool

ACME, BETA = "acme", "beta"
DECK, USER, KEY = "deck-1", "user-1", "key-1"
BRIEF = {"businessContext": "How are sales of Quixotry?"}
CSV = "region,sales\nNorth,10\nSouth,20\n"
OF_TENANTS = """
SELECT relname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE attname = 'tenant_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""


async def submit(decks: AsyncOrchestrator, deck: str = DECK, **options: Any) -> str:
    return (await decks.enqueue_presentation_generation(deck, USER, BRIEF, CSV, **options)).job_id


async def tables(database: "Pool | Connection") -> list[str]:
    """Those with rows of tenants."""
    return [row["relname"] for row in await database.fetch(OF_TENANTS)]


async def rows_of(database: "Pool | Connection", tenant: str) -> list[tuple[str, str]]:
    """Every row of a tenant, as text, with its table."""
    each = "SELECT '{0}' AS name, t::text AS row FROM {0} t WHERE tenant_id = $1"
    union = " UNION ALL ".join(each.format(table) for table in await tables(database))
    return sorted((row["name"], row["row"]) for row in await database.fetch(union, tenant))
