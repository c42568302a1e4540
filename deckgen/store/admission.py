"""What is asked of a request before it becomes a job."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Standing:
    """A deck's job that is not over yet, and how many jobs of its user and of all users wait."""

    open_job: str | None
    of_user: int
    of_all: int


async def standing(connection: Connection, deck_id: str, user_id: str, *, most: int) -> Standing:
    """How things are for a new request; the user's jobs are counted no further than `most`."""
    row = await queries().standing(connection, deck_id=deck_id, user_id=user_id, most=most)
    return Standing(row["open_job"] and str(row["open_job"]), row["of_user"], row["of_all"])
