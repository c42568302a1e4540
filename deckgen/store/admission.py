"""What is asked of a request before it becomes a job."""

from deckgen.store.pool import Connection
from deckgen.store.queries import queries


async def request_of_key(connection: Connection, user_id: str, key: str) -> tuple[str, str] | None:
    """(job id, hash of the request) that the key was used for.

    Others who use it wait here until the transaction of this connection has ended.
    """
    await queries().lock_key(connection, user_id=user_id, key=key)
    row = await queries().request_of_key(connection, user_id=user_id, key=key)
    return row and (str(row["job_id"]), row["request_sha256"])


async def keep_key(
    connection: Connection, user_id: str, key: str, request_sha256: str, job_id: str
) -> None:
    await queries().keep_key(
        connection, user_id=user_id, key=key, request_sha256=request_sha256, job_id=job_id
    )


async def queued_of_user(connection: Connection, user_id: str, *, most: int) -> int:
    """How many jobs of a user wait, counted no further than `most`."""
    return int(await queries().queued_of_user(connection, user_id=user_id, most=most))


async def queued(connection: Connection) -> int:
    """How many jobs wait."""
    return int(await queries().queued(connection))
