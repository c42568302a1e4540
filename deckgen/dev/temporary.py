"""A whole deckgen for one deck, in which nothing waits for what it does not need.

The servers and the processes, which import their modules meanwhile, start at the same time. The
orchestrator goes on as soon as there is a Valkey, the others when the database has its tables.
"""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deckgen.bounded.folders import own_folder
from deckgen.dev import early, servers
from deckgen.dev.postgres import Postgres
from deckgen.dev.servers import StartingServers
from deckgen.dev.valkey import Valkey

if TYPE_CHECKING:
    from deckgen.dev.stack import Stack

Processes = dict[str, subprocess.Popen[bytes]]


@contextmanager
def deckgen() -> Iterator["Stack"]:
    """Run a deckgen on free ports with its own servers, and leave nothing behind."""
    with servers.starting_in_temporary_folder() as starting, own_folder() as logs:
        processes: Processes = {}
        try:
            for name in early.LOADED:
                processes[name] = early.start(name, logs / f"{name}.log", starting.descriptors)
            # It is imported late, because that takes as long as a Valkey's start.
            from deckgen.dev.stack import Stack

            # Its database has no keys, whatever the caller's own deckgen asks for.
            alone = {"AUTH": "off", "EXPORT_CACHE_DIR": str(logs / "exports")}
            stack = Stack(alone, logs, starting.descriptors)
            stack.processes = processes
            _continue(stack, starting)
            stack.wait_ready()
            yield stack
        finally:
            _stop(processes)


def _continue(stack: "Stack", starting: StartingServers) -> None:
    """Give each process its settings as soon as the servers that it needs are ready."""
    from deckgen.config.settings import overriding

    stack.environment |= starting.environment(Valkey.name)
    early.tell(stack.processes["orchestrator"], overriding(stack.environment))
    # It is imported now, because PostgreSQL takes longer to start.
    from deckgen.dev.new_database import prepare

    stack.environment |= starting.environment(Postgres.name)
    asyncio.run(prepare(stack.environment["DATABASE_URL"]))
    for name in ("api", "worker"):
        early.tell(stack.processes[name], overriding(stack.environment))


def _stop(processes: Processes) -> None:
    from deckgen.config.settings import Settings
    from deckgen.dev.stack import stop_all

    stop_all(processes, Settings.model_fields["drain_seconds"].default)
