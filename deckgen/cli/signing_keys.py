"""The command `deckgen signing-keys`, each of whose commands imports what it needs, as in app.py."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from deckgen.cli.database import in_database
from deckgen.domain.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from deckgen.domain.signing_keys import JsonWebKey, JsonWebKeySet, PublicKey
    from deckgen.store.pool import Database

app = typer.Typer(no_args_is_help=True, help="The keys with which decks are signed.")


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

    async def listed(database: "Database") -> "JsonWebKeySet":
        return await signing_keys.public_keys(database.service)

    for key in in_database(listed).keys:
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

    async def rotated(database: "Database") -> "PublicKey":
        return await signing_keys.rotate(database.service, force=force)

    key = in_database(rotated)
    Console(stderr=True).print(f"Decks are now signed with the key {key.key_id}.", highlight=False)


def _times(key: "JsonWebKey") -> str:
    since = f"since {key.created_at:%Y-%m-%d %H:%M}"
    return f"{since}, retired {key.retired_at:%Y-%m-%d %H:%M}" if key.retired_at else since
