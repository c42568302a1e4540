"""The errors of a Redis that does not serve, and the sentences that people read about them."""

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

# redis-py raises these when the server is away.
REDIS_AWAY: tuple[type[Exception], ...] = (RedisError, OSError, TimeoutError)
# A server that refuses work for now answers so: it was demoted, has lost its master or its replicas, is
# full, can't save, is busy with a script, gives us too few rights, or does not serve our slot of a
# cluster.
REFUSALS = (ReadOnlyError, OutOfMemoryError, NoPermissionError)
REFUSES = re.compile(
    r"\b(READONLY|UNBLOCKED|MASTERDOWN|NOREPLICAS|OOM|MISCONF|BUSY|NOPERM"
    r"|MOVED|ASK|TRYAGAIN|CLUSTERDOWN)\b"
)
TELL_SECONDS = 60.0  # between two lines in the log about servers that are away

log = get_logger(__name__)

UNREACHABLE = "Redis can't be reached."
# People are told the first sentence that fits; none holds an address or a secret.
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (WrongServerError, "Redis is not the server that the settings describe; the log says why."),
    (OutOfMemoryError, "Redis is full and takes no writes."),
    (ReadOnlyError, "Redis is a replica and takes no writes."),
    (NoPermissionError, "Redis gives the user in REDIS_USERNAME too few rights."),
    (AuthenticationError, "Redis does not accept REDIS_USERNAME or REDIS_PASSWORD."),
    (BusyLoadingError, "Redis is still loading its data."),
    (ResponseError, "Redis refuses to work; its log says why."),
)


def reason(error: BaseException | None) -> str:
    """Returns a sentence that says why Redis does not serve."""
    while error is not None:
        for kind, sentence in REASONS:
            if isinstance(error, kind):
                return sentence
        error = error.__cause__
    return UNREACHABLE


class DistrustError(WrongServerError):
    """The server can't be trusted: the message says why. It was sent nothing."""

    code = "redis_not_trusted"


class AwayLog:
    """Logs why there is no server, once a minute rather than with each try; not before `earliest`."""

    def __init__(self, earliest: float = 0.0) -> None:
        self._next = earliest

    def away(self, address: str, error: Exception) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + TELL_SECONDS
            log.warning("redis.away", server=address, reason=str(error) or type(error).__name__)
