"""What Redis says when it does not serve, and how that is told."""

import re
import time

from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from deckgen.observability.logs import get_logger
from deckgen.redis.cluster import WrongServerError

# What redis-py raises when the server is away.
REDIS_AWAY: tuple[type[Exception], ...] = (RedisError, OSError, TimeoutError)
# Answers of a server that refuses work for now: it was demoted, has lost its master or its replicas, is
# full, can't save, is busy with a script, gives us too few rights, or is a node that does not serve our
# slot of a cluster.
REFUSALS = (ReadOnlyError, OutOfMemoryError, NoPermissionError)
REFUSES = re.compile(
    r"\b(READONLY|UNBLOCKED|MASTERDOWN|NOREPLICAS|OOM|MISCONF|BUSY|NOPERM"
    r"|MOVED|ASK|TRYAGAIN|CLUSTERDOWN)\b"
)
TELL_SECONDS = 60.0  # between two lines in the log about servers that are away

log = get_logger(__name__)

UNREACHABLE = "Redis can't be reached."
# What a person is told of an error, the first that fits; no address and no secret is in it.
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (WrongServerError, "Redis is not what the settings say: the log says why."),
    (OutOfMemoryError, "Redis is full: it takes no writes."),
    (ReadOnlyError, "Redis takes no writes: it is a replica."),
    (NoPermissionError, "Redis gives the user in REDIS_USERNAME too few rights."),
    (AuthenticationError, "Redis refuses REDIS_USERNAME or REDIS_PASSWORD."),
    (BusyLoadingError, "Redis loads its data."),
    (ResponseError, "Redis refuses to work: its log says why."),
)


def reason(error: BaseException | None) -> str:
    """Why Redis does not serve, in a sentence."""
    while error is not None:
        for kind, why in REASONS:
            if isinstance(error, kind):
                return why
        error = error.__cause__
    return UNREACHABLE


class DistrustError(WrongServerError):
    """There is a server, but not one to be trusted: the message says why, and it was told nothing."""

    code = "redis_not_trusted"


class Told:
    """Says why there is no server to work with, and not with each try; not before `earliest`."""

    def __init__(self, earliest: float = 0.0) -> None:
        self._next = earliest

    def away(self, address: str, error: Exception) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + TELL_SECONDS
            log.warning("redis.away", server=address, reason=str(error) or type(error).__name__)
