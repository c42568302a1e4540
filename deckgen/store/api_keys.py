"""The keys of the HTTP API: of a tenant, and by their hashes for whoever comes with one."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.access import Caller, Scope
from deckgen.domain.api_keys import PREFIX, CreatedKey, Key, NewKey, Secret, caller_of
from deckgen.store import audit
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class FoundKey:
    """A key that was presented, and who presents it; `use_is_to_be_kept` at most once a minute."""

    id: str
    caller: Caller
    is_revoked: bool
    has_expired: bool
    use_is_to_be_kept: bool


async def find(service: Pool, sha256: bytes) -> FoundKey | None:
    """Returns the key with this hash, of whichever tenant; None if there is none."""
    row = await queries().key_of_hash(service, sha256=sha256)
    if row is None:
        return None
    caller = caller_of(row["id"], row["tenant_id"], row["scopes"], row["user_id"])
    return FoundKey(row["id"], caller, row["is_revoked"], row["has_expired"], row["use_is_to_be_kept"])


async def keep_use(service: Pool, key_id: str) -> None:
    """Record that a key was used just now."""
    await queries().keep_use(service, id=key_id)


async def add(pool: Pool, wanted: NewKey) -> CreatedKey:
    """Make a key of the pool's tenant; the answer alone has the key itself."""
    secret = Secret.new()
    shown = {"name": wanted.name, "scopes": sorted(wanted.scopes)}
    async with pool.acquire() as connection:
        row = await queries().add_key(
            connection,
            id=secret.id,
            sha256=secret.sha256,
            **shown,
            user_id=wanted.user_id,
            expires_at=wanted.expires_at,
        )
        details = shown | {"userId": wanted.user_id}
        await audit.record(connection, "key.created", "key", secret.id, **details)
    return CreatedKey(**_fields(row), key=secret.text)


async def listed(pool: Pool) -> list[Key]:
    """Returns all keys of the pool's tenant, the latest first."""
    return [Key(**_fields(row)) async for row in queries().keys_of_tenant(pool)]


async def revoke(pool: Pool, key_id: str) -> Key | None:
    """Let nobody in with this key from now on; None if the tenant has no such key."""
    async with pool.acquire() as connection:
        row = await queries().revoke_key(connection, id=key_id)
        if row is not None:
            await audit.record(connection, "key.revoked", "key", key_id)
    return row and Key(**_fields(row))


async def any_usable(service: Pool) -> bool:
    """True if there is a key that lets somebody in."""
    return bool(await queries().has_usable_key(service))


def _fields(row: Any) -> dict[str, Any]:
    copied = ("name", "user_id", "created_at", "expires_at", "last_used_at", "revoked_at")
    scopes = [Scope(scope) for scope in row["scopes"]]
    ids = {"key_id": row["id"], "prefix": f"{PREFIX}{row['id']}", "scopes": scopes}
    return ids | {name: row[name] for name in copied}
