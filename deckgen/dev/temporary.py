"""A whole deckgen for one deck, in which nothing waits for what it does not need.

Everything is begun at once: the servers, and the processes, which load what they are made of. The
orchestrator goes on as soon as there is a Valkey, the others when the database has its tables.
"""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deckgen.dev import early, servers
from deckgen.dev.postgres import Postgres
from deckgen.dev.processes import temporary_folder
from deckgen.dev.servers import Starting
from deckgen.dev.valkey import Valkey

if TYPE_CHECKING:
    from deckgen.dev.stack import Stack

Processes = dict[str, subprocess.Popen[bytes]]


@contextmanager
def deckgen() -> Iterator["Stack"]:
    """On free ports, with servers of its own; of all of it nothing is left afterwards."""
    with servers.starting_in_temporary_folder() as starting, temporary_folder() as logs:
        processes: Processes = {}
        try:
            for name in early.LOADED:
                processes[name] = early.start(name, logs / f"{name}.log", starting.descriptors)
            # Imported late: it takes as long as a Valkey's start.
            from deckgen.dev.stack import Stack

            stack = Stack({"EXPORT_CACHE_DIR": str(logs / "exports")}, logs, starting.descriptors)
            stack.processes = processes
            _go_on(stack, starting)
            stack.wait_ready()
            yield stack
        finally:
            _stop(processes)


def _go_on(stack: "Stack", starting: Starting) -> None:
    """Tell each process its settings as soon as the servers that it needs are there."""
    from deckgen.config.settings import overriding

    stack.environment |= starting.environment(Valkey.name)
    early.tell(stack.processes["orchestrator"], overriding(stack.environment))
    stack.environment |= starting.environment(Postgres.name)
    asyncio.run(_prepare(stack.environment["DATABASE_URL"]))
    for name in ("api", "worker"):
        early.tell(stack.processes[name], overriding(stack.environment))


async def _prepare(database_url: str) -> None:
    """The tables, and the user's own key: nobody could ever know one that goes with the database."""
    # Imported late: nothing of it is needed while the servers start.
    from deckgen.dev.user_key import own_key
    from deckgen.store import pool as store
    from deckgen.store import signing_keys
    from deckgen.store.migrate import migrate

    await migrate(database_url)
    key = own_key()
    if key is None:
        return
    pool = await store.create_pool(database_url)
    await signing_keys.keep(pool, key)
    await pool.close()


def _stop(processes: Processes) -> None:
    from deckgen.config.settings import Settings
    from deckgen.dev.stack import stop_all

    stop_all(processes, Settings.model_fields["drain_seconds"].default)
