"""The keys that sign decks: all public ones, and the private one if it is kept here."""

from typing import Any

from deckgen.domain.errors import Conflict
from deckgen.domain.signing_keys import JsonWebKey, JsonWebKeySet, PrivateKey, PublicKey
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def current(pool: Pool) -> PrivateKey:
    """Returns the key that is kept here; the first who asks makes it."""
    while (seed := await queries().private_key(pool)) is None:
        await keep(pool, PrivateKey.generate())
    return PrivateKey(seed)


async def kept(pool: Pool) -> PrivateKey | None:
    """Returns the key that is kept here, if one is."""
    seed = await queries().private_key(pool)
    return PrivateKey(seed) if seed is not None else None


async def keep(pool: Pool, key: PrivateKey) -> None:
    """Sign with `key` from now on, unless there is one already."""
    await queries().keep_private_key(pool, private_key=key.seed, **_public(key.public))


async def register(pool: Pool, key: PublicKey) -> None:
    """List a key whose private part is kept elsewhere; it takes the place of all others."""
    async with pool.acquire() as connection:
        await queries().lock_signing_keys(connection)
        await queries().retire_other_keys(connection, key_id=key.key_id)
        await queries().add_public_key(connection, **_public(key))


async def rotate(pool: Pool, *, force: bool = False) -> PublicKey:
    """Make a new key, with which every worker signs from its next deck on; all others are retired.

    Conflict if workers sign with a key of their own, unless `force` says that none does any more.
    """
    key = PrivateKey.generate()
    async with pool.acquire() as connection:
        await queries().lock_signing_keys(connection)
        if await queries().keys_kept_elsewhere(connection) and not force:
            raise Conflict(
                "Workers sign with a DECK_SIGNING_KEY. Give them another one; if none of them has it "
                "any more, add --force."
            )
        await queries().retire_other_keys(connection, key_id=key.public.key_id)
        await queries().keep_private_key(connection, private_key=key.seed, **_public(key.public))
    return key.public


async def public_keys(pool: Pool) -> JsonWebKeySet:
    """Returns every key that ever signed here, the latest first."""
    rows = queries().signing_keys(pool)
    return JsonWebKeySet(keys=[_jwk(PublicKey(row["public_key"]), row) async for row in rows])


def _jwk(key: PublicKey, row: Any) -> JsonWebKey:
    return JsonWebKey(
        kid=key.key_id, x=key.encoded, created_at=row["created_at"], retired_at=row["retired_at"]
    )


def _public(key: PublicKey) -> dict[str, str | bytes]:
    return {"key_id": key.key_id, "public_key": key.raw}
