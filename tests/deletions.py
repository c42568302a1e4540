"""Decks with a cell and names that are found in every table they stand in, and the search for them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.stand_in import StandIn
from tests.work import work

ANN, DECK = "ann-7f3a", "deck-of-ann"
CELL = "Quixotry"  # of the table, in results of steps and in decks; in the brief as well
BRIEF = {"businessContext": f"How are sales of {CELL}?"}
CSV = f"region,sales\n{CELL},10\nSouth,20\n"
# What tells that something was deleted, and stays.
TELLING = ("audit_log", "deletions")
TABLES = (
    "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
A_CALL = """
INSERT INTO model_calls (tenant_id, job_id, key, deck_id, user_id, step, part, model, tokens_in,
                         tokens_cached, tokens_out, cost, seconds)
SELECT tenant_id, id, 'k', deck_id, user_id, 'slide', 's1', 'm', 9, 0, 1, 0.5, 1 FROM jobs WHERE id = $1
"""


def quoting(stand_in: StandIn) -> None:
    """From now on results of steps quote the table."""
    made = {"result": {"made": CELL}}
    stand_in.results |= {step: lambda _: made for step in (Step.FACTS, Step.DRAFT, Step.ASSEMBLE)}


async def submit(
    decks: AsyncOrchestrator, deck: str, user: str, csv: str | None = CSV, **options: Any
) -> str:
    one = await decks.enqueue_presentation_generation(deck, user, BRIEF, csv, **options)
    return one.job_id


async def complete(
    decks: AsyncOrchestrator, runtime: Runtime, deck: str, user: str, csv: str = CSV, **options: Any
) -> str:
    """A completed deck with a former version, calls to a model and an Idempotency-Key; its last job."""
    for number in (1, 2):
        job_id = await submit(decks, deck, user, csv, idempotency_key=f"{deck}-{number}", **options)
        await work(runtime, job_id)
        await runtime.database.service.execute(A_CALL, UUID(job_id))
        await runtime.database.service.execute(
            "UPDATE presentations SET final_deck_json = final_deck_json || '{\"former\": true}' "
            "WHERE id = $1",
            deck,
        )
    return job_id


async def traces(database: OwnDatabase, *words: str, but: str = "") -> set[str]:
    """The tables in which one of the words stands, in any column, but for those that tell of it.

    Rows of the tenant `but` do not count.
    """
    names = [row["relname"] for row in await database.fetch(TABLES) if row["relname"] not in TELLING]
    each = (
        "SELECT '{0}' AS name FROM {0} t WHERE t::text LIKE ANY($1) "
        "AND to_jsonb(t)->>'tenant_id' IS DISTINCT FROM $2"
    )
    union = " UNION ALL ".join(each.format(name) for name in names)
    rows = await database.fetch(union, [f"%{word}%" for word in words], but)
    return {row["name"] for row in rows}


async def rows(
    database: OwnDatabase, tenant: str, without: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Every row of a tenant, as text, that has none of the words and does not tell of a deletion."""
    names = await database.fetch(
        "SELECT relname::text FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
        "WHERE attname = 'tenant_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    each = "SELECT '{0}' AS name, t::text AS row FROM {0} t WHERE tenant_id = $1"
    of = [row["relname"] for row in names if row["relname"] not in (*TELLING, "job_counts")]
    found = await database.fetch(" UNION ALL ".join(each.format(name) for name in of), tenant)
    return sorted(
        (row["name"], row["row"]) for row in found if not any(word in row["row"] for word in without)
    )


def names_of(what: str) -> tuple[str, ...]:
    """What may stand nowhere any more: what was paid for a deck stays in its user's name."""
    return (DECK, CELL) if what == "deck" else (DECK, CELL, ANN)
