"""The command `deckgen keys`, each of whose commands imports what it needs, as in app.py."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console

from deckgen.domain.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from deckgen.domain.signing_keys import JsonWebKey
    from deckgen.store.pool import Pool

app = typer.Typer(no_args_is_help=True, help="The keys with which decks are signed.")

T = TypeVar("T")


@app.command()
def show() -> None:
    """Print the public key with which `deckgen generate` signs here, for `deckgen verify --key`."""
    from deckgen.dev.user_key import own_key

    key = own_key()
    if key is None:
        raise Unavailable("There is no key, and your home folder can't hold one.")
    typer.echo(key.public.encoded)


@app.command(name="list")
def list_keys() -> None:
    """List the keys that have signed decks of this database, the latest first."""
    from deckgen.store import signing_keys

    for key in _in_database(signing_keys.public_keys).keys:
        typer.echo(f"{key.kid}  {key.x}  {_times(key)}")


@app.command()
def rotate(
    force: Annotated[
        bool, typer.Option("--force", help="No worker has a DECK_SIGNING_KEY any more")
    ] = False,
) -> None:
    """Sign with a new key from the next deck on; signatures of earlier keys stay valid."""
    from deckgen.config.settings import load_settings
    from deckgen.store import signing_keys

    if load_settings().deck_signing_key is not None:
        raise Conflict("DECK_SIGNING_KEY is set: give the workers another one instead.")
    key = _in_database(partial(signing_keys.rotate, force=force))
    Console(stderr=True).print(f"Decks are now signed with the key {key.key_id}.", highlight=False)


def _times(key: "JsonWebKey") -> str:
    since = f"since {key.created_at:%Y-%m-%d %H:%M}"
    return f"{since}, retired {key.retired_at:%Y-%m-%d %H:%M}" if key.retired_at else since


def _in_database(work: Callable[["Pool"], Awaitable[T]]) -> T:
    """Returns the result of work with DATABASE_URL or the embedded database; neither is migrated."""
    from deckgen.config.settings import load_settings
    from deckgen.dev.postgres import Postgres
    from deckgen.dev.servers import DATA_DIR, using
    from deckgen.dev.with_servers import missing_servers

    missing = [name for name in missing_servers() if name == Postgres.name]
    with using(DATA_DIR, missing) as servers:
        url = servers.environment.get("DATABASE_URL") or load_settings().database_url.get_secret_value()
        return asyncio.run(_connected(url, work))


async def _connected(url: str, work: Callable[["Pool"], Awaitable[T]]) -> T:
    from deckgen.store import away
    from deckgen.store.pool import open_database

    database = await open_database(url)
    try:
        async with away.database():
            return await work(database.service)
    finally:
        await database.close()
