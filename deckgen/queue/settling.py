"""The settling of answered calls to a model: a worker brings them into the account.

The orchestrator writes them down in Redis, since the worker that asked for one may be gone by then.
"""

from collections.abc import Mapping

import orjson
from redis.asyncio import Redis

from deckgen.domain.model_calls import Call
from deckgen.domain.steps import read_key
from deckgen.observability.logs import get_logger
from deckgen.redis.unsettled_calls import UNSETTLED
from deckgen.store import accounts
from deckgen.store.accounts import PaidCall
from deckgen.store.pool import Pool

log = get_logger(__name__)

CALLS_AT_ONCE = 1000  # at a time


async def settle(redis: Redis, database: Pool) -> None:
    """Bring the calls that were written down into the account, and drop those of removed jobs."""
    keys_and_calls = await redis.hrandfield(UNSETTLED, CALLS_AT_ONCE, withvalues=True)
    if keys_and_calls:
        written = dict(zip(keys_and_calls[::2], keys_and_calls[1::2], strict=True))
        await accounts.add(database, _read(written))
        await redis.hdel(UNSETTLED, *written)  # type: ignore[misc]


def _read(written: Mapping[bytes, bytes]) -> list[PaidCall]:
    """Returns the calls that can be read: one that can't must not hold the others up for ever."""
    calls = []
    for key, call in written.items():
        try:
            calls.append(_paid(key.decode(), call))
        except ValueError:
            log.exception("calls.unreadable", key=repr(key[:200]))
    return calls


def _paid(key: str, call: bytes) -> PaidCall:
    job_id, step, part = read_key(key)
    return PaidCall(job_id, key, step, part, Call.model_validate(orjson.loads(call)))
