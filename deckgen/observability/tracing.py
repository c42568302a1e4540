"""The trace that a request belongs to (W3C Trace Context), and the spans that are added to it.

Without OpenTelemetry nothing is recorded: the caller's `traceparent` goes along with the job as it
came, so that the services before and behind deckgen belong to one trace all the same.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from structlog.contextvars import bound_contextvars

from deckgen.config.settings import Settings
from deckgen.observability.logs import get_logger

HEADER = "traceparent"
TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")

_current: ContextVar[str | None] = ContextVar(HEADER, default=None)


class Span:
    """A piece of work; this one is of a process that records nothing."""

    def set(self, attributes: Mapping[str, Any]) -> None:
        """Add what is known by now: ids, codes and numbers, and never data."""

    def rename(self, name: str) -> None:
        """Call it something else."""

    def failed(self, code: str) -> None:
        """Mark it as failed, by the code of an error."""


class Recorder(Protocol):
    """What records spans."""

    def span(
        self, name: str, kind: str, parent: str | None, attributes: Mapping[str, Any]
    ) -> AbstractContextManager[tuple[Span, str]]:
        """Record a span for as long as the block runs; yields it with its traceparent."""


log = get_logger(__name__)
_recorders: list[Recorder] = []  # of this process: one, or none
NOT_RECORDED = Span()


def record_with(recorder: Recorder) -> None:
    """Have the spans of this process recorded."""
    _recorders[:] = [recorder]


def start(settings: Settings, process: str) -> None:
    """Record what this process does, if the settings name a collector."""
    url = settings.traces_url
    if url is None:
        return
    # It is imported late, as most processes send no traces.
    try:
        from deckgen.observability.opentelemetry import OpenTelemetry
    except ModuleNotFoundError:
        log.warning("traces.not_installed", install="pip install 'deckgen[otel]'")
        return
    record_with(OpenTelemetry(url, process))


def is_recording() -> bool:
    """True if spans are recorded, so that there is a trace even where a caller began none."""
    return bool(_recorders)


def current() -> str | None:
    """Returns the traceparent of what is done just now."""
    return _current.get()


def headers() -> dict[str, str]:
    """Returns the header by which another service goes on with the trace; none without one."""
    traceparent = current()
    return {HEADER: traceparent} if traceparent else {}


def accepted(traceparent: str | None) -> str | None:
    """Returns a caller's traceparent; None if it is none."""
    return traceparent if traceparent and TRACEPARENT.fullmatch(traceparent) else None


@contextmanager
def continuing(traceparent: str | None) -> Iterator[None]:
    """Go on with a trace in the block, and name it in the log."""
    token = _current.set(traceparent)
    try:
        if traceparent is None:
            yield
        else:
            with bound_contextvars(traceId=traceparent.split("-")[1]):
                yield
    finally:
        _current.reset(token)


@contextmanager
def span(name: str, kind: str = "internal", **attributes: Any) -> Iterator[Span]:
    """Record what the block does; an error that leaves it marks the span.

    `kind` is OpenTelemetry's: server, client, consumer or internal. A double underscore in the name of
    an attribute stands for a dot.
    """
    if not _recorders:
        yield NOT_RECORDED
        return
    dotted = {each.replace("__", "."): value for each, value in attributes.items()}
    with (
        _recorders[0].span(name, kind, current(), dotted) as (recorded, traceparent),
        continuing(traceparent),
    ):
        yield recorded
