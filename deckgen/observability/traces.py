"""Exceptions as logs and Sentry may show them: their kinds and places, hardly any of their words.

A message may quote a cell, a column's name, a parameter of a statement or a password. So only what is
known to hold none of these is told; the frames say the rest.
"""

import traceback
from collections.abc import Iterator

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from structlog.typing import ExcInfo

from deckgen.domain.errors import DeckgenError
from deckgen.domain.visible import visible

# These name addresses.
OF_CONNECTIONS = (ConnectionError, TimeoutError, RedisConnectionError, RedisTimeoutError)
# Classes of SQLSTATE that name users, databases, tables, limits; others may quote values.
OF_SERVERS = ("08", "28", "3D", "42", "53", "57")


def describe(error: BaseException) -> str:
    """What may be told of an exception beside its class; empty if nothing may."""
    if isinstance(error, DeckgenError):
        return error.code
    if isinstance(error, OF_CONNECTIONS):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    sqlstate = str(getattr(error, "sqlstate", None) or "")
    return f"{sqlstate} {error}" if sqlstate.startswith(OF_SERVERS) else sqlstate


def format_trace(exc_info: ExcInfo) -> str:
    """As Python prints it, with what led to it, but without messages and notes."""
    return "\n".join(_parts(exc_info[1], set()))


def _parts(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        yield from _parts(earlier, seen)
        yield "\nThis led to:\n"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    # On one line, so that a message is never taken for a line of the log.
    yield visible(f"{kind}: {describe(error)}".removesuffix(": "))
    for part in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield "\nIt holds:\n"
        yield from _parts(part, seen)
