"""The command `deckgen keys`, which needs the database and no API: it makes the first key."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from deckgen.cli.database import in_database
from deckgen.dev.screen import Screen
from deckgen.domain.access import LOCAL_TENANT, Caller, Scope
from deckgen.domain.errors import NotFound
from deckgen.domain.visible import visible

if TYPE_CHECKING:
    from deckgen.domain.api_keys import CreatedKey, Key
    from deckgen.store.pool import Database, Pool

app = typer.Typer(no_args_is_help=True, help="The keys with which programs ask the API.")

Tenant = Annotated[str, typer.Option(help="The tenant whose keys these are")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the key is for")],
    scope: Annotated[
        list[Scope] | None,
        typer.Option(help="What it may do; may be repeated. By default decks:read and decks:write"),
    ] = None,
    admin: Annotated[bool, typer.Option("--admin", help="All scopes")] = False,
    user: Annotated[str | None, typer.Option(help="The only user for whom it may act")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days after which it expires")] = None,
    tenant: Tenant = LOCAL_TENANT,
) -> None:
    """Create a key and print it, once: only its hash is kept."""
    from deckgen.domain.api_keys import NewKey
    from deckgen.domain.requests import parse

    scopes = list(Scope) if admin else scope
    wanted = parse(
        NewKey,
        {"name": name, "userId": user, "expiresInDays": days} | ({"scopes": scopes} if scopes else {}),
    )

    async def add(database: "Database") -> "CreatedKey":
        from deckgen.store import api_keys

        return await api_keys.add(_of(database, tenant), wanted)

    created = in_database(add)
    typer.echo(created.key)
    Screen(stderr=True).print(
        f"This is the only time that the key is shown. Programs send it as Authorization: Bearer; the "
        f"command deckgen takes it from DECKGEN_API_KEY. Scopes: {', '.join(created.scopes)}.",
        highlight=False,
        soft_wrap=True,
    )


@app.command(name="list")
def list_keys(tenant: Tenant = LOCAL_TENANT) -> None:
    """List a tenant's keys, the latest first."""

    async def listed(database: "Database") -> "list[Key]":
        from deckgen.store import api_keys

        return await api_keys.listed(_of(database, tenant))

    screen = Screen(highlight=False)
    keys = in_database(listed)
    if not keys:
        screen.print(f"The tenant {tenant} has no keys.")
        return
    table = Table("key", "name", "scopes", "user", "last used", "state", box=None, pad_edge=False)
    for key in keys:
        table.add_row(*(Text(visible(cell)) for cell in _row(key)))
    screen.print(table)


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="KEY", help="The key's id, from the list")],
    tenant: Tenant = LOCAL_TENANT,
) -> None:
    """Revoke a key: within 5 s nobody gets in with it."""

    async def end(database: "Database") -> "Key | None":
        from deckgen.store import api_keys

        return await api_keys.revoke(_of(database, tenant), key_id)

    if in_database(end) is None:
        raise NotFound(f"The tenant {tenant} has no key {key_id!r}.", code="key_not_found")
    Screen(stderr=True).print(f"The key {key_id} is revoked.", highlight=False, soft_wrap=True)


def _of(database: "Database", tenant: str) -> "Pool":
    return database.acting_for(Caller(tenant))


def _row(key: "Key") -> tuple[str, ...]:
    used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
    return key.key_id, key.name, " ".join(key.scopes), key.user_id or "any", used, _state(key)


def _state(key: "Key") -> str:
    if key.revoked_at:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    return f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "in use"
