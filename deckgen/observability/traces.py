"""Exceptions as logs and Sentry may show them: their kinds and places, and hardly any of their words.

A message may quote a cell, a column's name, a parameter of a statement or a password. So only messages
that hold none of these are shown; the frames say the rest.
"""

import traceback
from collections.abc import Iterator

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from structlog.typing import ExcInfo

from deckgen.domain.errors import DeckgenError
from deckgen.domain.visible import visible

# The messages of these name addresses only.
CONNECTION_ERRORS = (ConnectionError, TimeoutError, RedisConnectionError, RedisTimeoutError)
# Messages of these classes of SQLSTATE name users, databases, tables and limits; others may quote
# values.
SAFE_SQLSTATES = ("08", "28", "3D", "42", "53", "57")


def describe(error: BaseException) -> str:
    """Returns what may be shown of an exception beside its class; empty if nothing may."""
    if isinstance(error, DeckgenError):
        return error.code
    if isinstance(error, CONNECTION_ERRORS):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    sqlstate = str(getattr(error, "sqlstate", None) or "")
    return f"{sqlstate} {error}" if sqlstate.startswith(SAFE_SQLSTATES) else sqlstate


def format_trace(exc_info: ExcInfo) -> str:
    """Returns the trace as Python prints it, with what led to it, but without messages and notes."""
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
    # It is one line, so that a message is never taken for a line of the log.
    yield visible(f"{kind}: {describe(error)}".removesuffix(": "))
    for part in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield "\nIt holds:\n"
        yield from _parts(part, seen)
