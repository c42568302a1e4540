"""Calls to a model that were answered are brought into the account by whichever worker finds them.

The orchestrator writes them down in Redis, since who asked for one may be gone before its answer.
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

MOST = 1000  # at a time


async def settle(redis: Redis, database: Pool) -> None:
    """Bring the calls that were written down into the account; those of removed jobs are forgotten."""
    found = await redis.hrandfield(UNSETTLED, MOST, withvalues=True)
    if found:
        written = dict(zip(found[::2], found[1::2], strict=True))
        await accounts.add(database, _read(written))
        await redis.hdel(UNSETTLED, *written)  # type: ignore[misc]


def _read(written: Mapping[bytes, bytes]) -> list[PaidCall]:
    """Those that can be read: nothing else must hold the others up for ever."""
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
