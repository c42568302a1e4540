"""Bounds for every query to DuckDB: time, memory, rows.

DuckDB has no time limit of its own for a statement. A connection can be interrupted from another
thread, so one thread per open table looks several times a second whether a query is overdue.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

import duckdb

from deckgen.domain.errors import UnreadableData

MEMORY_BYTES = 1_000_000_000
LOADING = 4  # reading a table takes many queries, which together may take so many times as long
LOOK_SECONDS = 0.1
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": f"{MEMORY_BYTES}B",
    "temp_directory": "",  # nothing is written to disk: a query that needs more memory fails
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


@dataclass(frozen=True)
class QueryLimits:
    """The limits, in seconds, for one query and for all queries over one open table."""

    query: float = 30.0
    table: float = 110.0


_limits = ContextVar("limits", default=QueryLimits())  # noqa: B039 - it is frozen


@contextlib.contextmanager
def within(query: float, table: float) -> Iterator[None]:
    """Open tables with these limits within the block, in this thread.

    The limits are the operator's, and no input of a step: they decide whether there is a result,
    never which.
    """
    token = _limits.set(QueryLimits(query, table))
    try:
        yield
    finally:
        _limits.reset(token)


def current() -> tuple[float, float]:
    """Returns the limits, in seconds, of one query and of all over a table."""
    now = _limits.get()
    return now.query, now.table


class Guard:
    """A guard of one connection: a query that takes too long or too much memory raises UnreadableData.

    `began` is the time at which opening the table began, by the monotonic clock; now by default.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, began: float | None = None) -> None:
        self._con, self._limits = con, _limits.get()
        self._closes_at = (began or time.monotonic()) + self._limits.table
        self._overdue_at: float | None = None
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._watch, name="query-guard", daemon=True)

    def __enter__(self) -> "Guard":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    @contextlib.contextmanager
    def bounded(self, times: int = 1) -> Iterator[None]:
        """Bound one query and the fetching of its rows, at `times` the limit."""
        now = time.monotonic()
        if now > self._closes_at:
            raise _overdue(self._limits.table)
        with self._lock:
            self._overdue_at = min(now + times * self._limits.query, self._closes_at)
        try:
            yield
        except duckdb.InterruptException:
            raise _overdue(min(times * self._limits.query, self._limits.table)) from None
        except duckdb.OutOfMemoryException:
            raise out_of_memory() from None
        finally:
            with self._lock:
                self._overdue_at = None

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            with self._lock:
                # It interrupts repeatedly, because one between two queries of a block has no effect.
                if self._overdue_at is not None and time.monotonic() > self._overdue_at:
                    self._con.interrupt()


def out_of_memory() -> UnreadableData:
    return UnreadableData(
        "The table does not fit into memory. Upload fewer rows or columns.", code="out_of_memory"
    )


def _overdue(seconds: float) -> UnreadableData:
    return UnreadableData(
        f"Queries over the table took longer than {seconds:g} s. Upload fewer rows or columns, or ask "
        "the operator to raise QUERY_TIMEOUT_SECONDS and STEP_TIMEOUT_SECONDS.",
        code="query_timeout",
    )
