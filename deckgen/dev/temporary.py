"""A whole deckgen for one deck, in which nothing waits for what it does not need.

The servers start while modules are imported, by the orchestrator and by this process. The orchestrator
goes on as soon as there is a Valkey; API and worker are forked when the database has its tables.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deckgen.bounded.folders import own_folder
from deckgen.dev import early, servers
from deckgen.dev.postgres import Postgres
from deckgen.dev.processes import Running
from deckgen.dev.servers import StartingServers
from deckgen.dev.valkey import Valkey

if TYPE_CHECKING:
    from deckgen.dev.stack import Stack


@contextmanager
def deckgen() -> Iterator["Stack"]:
    """Run a deckgen on free ports with its own servers, and leave nothing behind."""
    with servers.starting_in_temporary_folder() as starting, own_folder() as logs:
        processes: dict[str, Running] = {}
        try:
            processes["orchestrator"] = orchestrator = early.start(
                logs / "orchestrator.log", starting.descriptors
            )
            # It is imported late, because that takes as long as a Valkey's start.
            from deckgen.config.settings import overriding
            from deckgen.dev.stack import Stack

            # Its database has no keys, whatever the caller's own deckgen asks for.
            alone = {"AUTH": "off", "EXPORT_CACHE_DIR": str(logs / "exports")}
            stack = Stack(alone, logs, starting.descriptors)
            stack.processes = processes
            stack.environment |= starting.environment(Valkey.name)
            early.tell(orchestrator, overriding(stack.environment))
            _fork(stack, starting)
            stack.wait_ready()
            yield stack
        finally:
            _stop(processes)


def _fork(stack: "Stack", starting: StartingServers) -> None:
    """Have API and worker begin as soon as there is a database for them."""
    # They are imported now, because PostgreSQL takes longer to start than Valkey.
    from deckgen.config.settings import overriding
    from deckgen.dev import forked
    from deckgen.dev.new_database import prepare

    forked.load()
    stack.environment |= starting.environment(Postgres.name)
    asyncio.run(prepare(stack.environment["DATABASE_URL"]))
    for name in forked.PROGRAMS:
        stack.processes[name] = forked.Forked(name, overriding(stack.environment), stack.log(name))


def _stop(processes: Mapping[str, Running]) -> None:
    from deckgen.config.settings import Settings
    from deckgen.dev.stack import stop_all

    stop_all(processes, Settings.model_fields["drain_seconds"].default)
