"""Who has signed in on the pages, by the hashes of their sessions' tokens."""

from deckgen.domain.access import Caller
from deckgen.domain.api_keys import caller_of
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def find(service: Pool, sha256: bytes) -> Caller | None:
    """Returns whose key a session was begun with; None once one of both has ended."""
    row = await queries().session_of_hash(service, sha256=sha256)
    return row and caller_of(row["id"], row["tenant_id"], row["scopes"], row["user_id"])


async def begin(pool: Pool, sha256: bytes, key_id: str, *, hours: int) -> None:
    """Begin a session of one of the pool's tenant's keys."""
    await queries().begin_session(pool, sha256=sha256, key_id=key_id, hours=hours)


async def end(service: Pool, sha256: bytes) -> None:
    """Let nobody in by this session from now on."""
    await queries().end_session(service, sha256=sha256)
