"""Bounds for everything that DuckDB is asked: time, memory, rows.

DuckDB has no time limit of its own for a statement. A connection can be interrupted from another
thread, so one thread per open table looks several times a second whether a query is overdue.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar

import duckdb

from deckgen.domain.errors import UnreadableData

MEMORY_LIMIT = "1GB"
QUERY_SECONDS = 30.0
LOADING = 4  # reading a table takes many queries: together they may take this many times as long
LOOK_SECONDS = 0.1
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": MEMORY_LIMIT,
    "temp_directory": "",  # nothing is written to disk: a query that needs more memory fails
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}

_query_seconds = ContextVar("query_seconds", default=QUERY_SECONDS)


@contextlib.contextmanager
def query_timeout(seconds: float) -> Iterator[None]:
    """Within the block, in this thread, tables are opened with this limit for each query.

    It is the operator's and no part of what the steps depend on: it decides whether there is a result,
    never which.
    """
    token = _query_seconds.set(seconds)
    try:
        yield
    finally:
        _query_seconds.reset(token)


class Guard:
    """Watches one connection: what takes too long or too much memory becomes UnreadableData."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con, self._seconds = con, _query_seconds.get()
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
        """For one query and the fetching of its rows; it may take `times` as long as the limit."""
        seconds = self._seconds * times
        with self._lock:
            self._overdue_at = time.monotonic() + seconds
        try:
            yield
        except duckdb.InterruptException:
            raise UnreadableData(
                f"A query over the table took longer than {seconds:g} s. Upload fewer rows or columns, "
                "or have QUERY_TIMEOUT_SECONDS raised.",
                code="query_timeout",
            ) from None
        except duckdb.OutOfMemoryException:
            raise UnreadableData(
                "The table does not fit into memory. Upload fewer rows or columns.",
                code="out_of_memory",
            ) from None
        finally:
            with self._lock:
                self._overdue_at = None

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            with self._lock:
                # Again and again: an interruption between two queries of a block is forgotten.
                if self._overdue_at is not None and time.monotonic() > self._overdue_at:
                    self._con.interrupt()
