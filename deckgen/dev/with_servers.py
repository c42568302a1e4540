"""`python -m deckgen.dev.with_servers -- COMMAND...`: run COMMAND with a migrated database and Redis.

Servers that are configured (DATABASE_URL, REDIS_HOST or REDIS_SENTINELS) are used, the others are
embedded. COMMAND takes this process's place, so signals reach it as if it had been called directly.
"""

import asyncio
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from deckgen.config.settings import SettingsError, load_settings, overriding
from deckgen.dev.keeper import SERVERS
from deckgen.dev.servers import DATA_DIR, Use, using
from deckgen.domain.errors import DeckgenError
from deckgen.store.migrate import MigrationError, migrate


def missing_servers() -> list[str]:
    """The names of the embedded servers that are needed, because no other is configured."""
    configured = load_settings().model_fields_set
    return [
        name
        for name, server in SERVERS.items()
        if configured.isdisjoint(variable.lower() for variable in server.variables)
    ]


@contextmanager
def migrated(data_dir: Path = DATA_DIR, only: Collection[str] = SERVERS) -> Iterator[Use]:
    """Those servers that are missing; the database, embedded or not, is brought up to date."""
    with using(data_dir, [name for name in missing_servers() if name in only]) as use:
        url = use.environment.get("DATABASE_URL") or load_settings().database_url.get_secret_value()
        migrate_now(url)
        yield use


def migrate_now(database_url: str) -> None:
    for name in asyncio.run(migrate(database_url)):
        sys.stderr.write(f"Applied migration {name}.\n")


def main(command: list[str]) -> None:
    """Never returns, except by SystemExit with a sentence."""
    if not missing_servers():
        _execute(command, {})
    with migrated() as use:
        for descriptor in use.descriptors:
            os.set_inheritable(descriptor, True)
        _execute(command, use.environment)


def _execute(command: list[str], environment: dict[str, str]) -> None:
    """Programs of this Python's environment are found whether or not it is activated."""
    search = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    try:
        # No shell is wanted: the command is what this program was started with, word by word.
        os.execvpe(command[0], command, {**os.environ, **overriding(environment), "PATH": search})  # noqa: S606 - who calls names it
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
