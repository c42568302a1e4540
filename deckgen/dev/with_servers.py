"""`python -m deckgen.dev.with_servers -- COMMAND...`: run COMMAND with a migrated database and Redis.

Servers that are configured (DATABASE_URL, REDIS_HOST or REDIS_SENTINELS) are used, the others are
embedded. COMMAND replaces this process, so signals reach it as if it had been called directly.
"""

import asyncio
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from deckgen.config.settings import SettingsError, load_settings, overriding
from deckgen.dev.keeper import SERVERS
from deckgen.dev.servers import DATA_DIR, RunningServers, using
from deckgen.domain.errors import DeckgenError
from deckgen.store.migrate import MigrationError, migrate


def missing_servers() -> list[str]:
    """Returns the names of the embedded servers that are needed because no other is configured."""
    configured = load_settings().model_fields_set
    return [
        name
        for name, server in SERVERS.items()
        if configured.isdisjoint(variable.lower() for variable in server.variables)
    ]


@contextmanager
def migrated(data_dir: Path = DATA_DIR, only: Collection[str] = SERVERS) -> Iterator[RunningServers]:
    """Run the missing servers, and bring the database, embedded or not, up to date."""
    with using(data_dir, [name for name in missing_servers() if name in only]) as servers:
        url = servers.environment.get("DATABASE_URL") or load_settings().database_url.get_secret_value()
        migrate_now(url)
        yield servers


def migrate_now(database_url: str) -> None:
    """Bring the database up to date, and print each migration on stderr."""
    for name in asyncio.run(migrate(database_url)):
        sys.stderr.write(f"Applied migration {name}.\n")


def main(command: list[str]) -> None:
    """Run the command in place of this process; it ends by SystemExit if that can't be done."""
    if not missing_servers():
        _execute(command, {})
    with migrated() as servers:
        for descriptor in servers.descriptors:
            os.set_inheritable(descriptor, True)
        _execute(command, servers.environment)


def _execute(command: list[str], environment: dict[str, str]) -> None:
    """Run a program of this Python's environment, activated or not, or any other."""
    search = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    try:
        # The arguments of this program are the command, which needs no shell.
        os.execvpe(command[0], command, {**os.environ, **overriding(environment), "PATH": search})  # noqa: S606 - the caller names it
    except OSError as error:
        sys.exit(f"Can't run {command[0]}: {error.strerror}.")


if __name__ == "__main__":
    arguments = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not arguments:
        sys.exit("Usage: python -m deckgen.dev.with_servers -- COMMAND...")
    try:
        main(arguments)
    except (DeckgenError, SettingsError, MigrationError) as error:
        sys.exit(str(error))
