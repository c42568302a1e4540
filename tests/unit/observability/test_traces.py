"""What of an exception may be shown."""

import asyncpg
import pytest

from deckgen.domain.errors import InvalidRequest
from deckgen.observability.traces import describe, format_trace

QUOTED = "rabiznaZ"[::-1]


def fail(error: BaseException) -> None:
    """Raise the error with all that can hold data."""
    try:
        int(QUOTED)
    except ValueError as first:
        first.add_note(QUOTED)
        raise error from first


@pytest.mark.parametrize(
    "error",
    [
        KeyError(QUOTED),
        ExceptionGroup(QUOTED, [ValueError(QUOTED)]),
        asyncpg.UniqueViolationError(QUOTED),
        asyncpg.DataError(QUOTED),
        InvalidRequest(QUOTED),
        FileNotFoundError(2, "No such file", QUOTED),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_message_is_shown(error: BaseException) -> None:
    """A trace names every class and the place, and quotes nothing: neither messages nor notes."""
    with pytest.raises(type(error)) as caught:
        fail(error)
    trace = format_trace((caught.type, caught.value, caught.tb))
    assert QUOTED not in trace
    assert type(error).__name__ in trace
    assert "ValueError" in trace
    assert "test_traces.py" in trace


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5432)"), "127.0.0.1"),
        (asyncpg.InvalidPasswordError('password authentication failed for user "deckgen"'), "deckgen"),
        (asyncpg.UndefinedTableError('relation "jobs" does not exist'), "jobs"),
        (asyncpg.UniqueViolationError("duplicate"), "23505"),
        (InvalidRequest("Words.", code="no_rows"), "no_rows"),
    ],
)
def test_what_an_operator_needs_is_shown(error: Exception, said: str) -> None:
    """Addresses, names of what a server lacks, codes."""
    assert said in describe(error)
