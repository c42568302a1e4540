"""Spans for OpenTelemetry, sent by OTLP over HTTP: the extra `deckgen[otel]`.

Spans hold names, ids, codes and numbers, and no data: not even the messages of errors.
"""

import atexit
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as OpenSpan
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.trace.status import Status, StatusCode

from deckgen.domain.errors import DeckgenError
from deckgen.observability import tracing

FLUSH_SECONDS = 1.5  # the longest that a process waits for a collector at its end
PROPAGATOR = TraceContextTextMapPropagator()


class OpenTelemetry:
    """Records spans of one process and sends them, as the variables OTEL_* say.

    The provider is our own, so another one in the same process stays untouched.
    """

    def __init__(self, endpoint: str, process: str) -> None:
        known = {"service.name": f"deckgen-{process}", "service.version": version("deckgen")}
        resource = Resource.create(known).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
        self._tracer = self._provider.get_tracer("deckgen", version("deckgen"))
        _flush_at_exit(self._provider)

    @contextmanager
    def span(
        self, name: str, kind: str, parent: str | None, attributes: Mapping[str, Any]
    ) -> Iterator[tuple[tracing.Span, str]]:
        """Record a span for as long as the block runs; yields it with its traceparent."""
        carrier = {tracing.HEADER: parent} if parent else {}
        context = PROPAGATOR.extract(carrier, context=Context())
        span = self._tracer.start_span(
            name, context=context, kind=SpanKind[kind.upper()], attributes=dict(attributes)
        )
        recorded = _Recorded(span)
        try:
            yield recorded, _traceparent(span)
        except Exception as error:
            recorded.failed(error.code if isinstance(error, DeckgenError) else type(error).__name__)
            raise
        finally:
            span.end()


class _Recorded(tracing.Span):
    def __init__(self, span: OpenSpan) -> None:
        self._span = span

    def set(self, attributes: Mapping[str, Any]) -> None:
        self._span.set_attributes(dict(attributes))

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def failed(self, code: str) -> None:
        self._span.set_attribute("error.type", code)
        self._span.set_status(Status(StatusCode.ERROR))


def _flush_at_exit(provider: TracerProvider) -> None:
    """Send the last spans when the process ends, which waits no longer than FLUSH_SECONDS.

    The provider's own limit does not hold while a collector is silent, and a thread can't be started so
    late: it waits from now on.
    """
    ends, done = threading.Event(), threading.Event()

    def flush() -> None:
        ends.wait()
        provider.force_flush()
        done.set()

    def end() -> None:
        ends.set()
        done.wait(FLUSH_SECONDS)

    threading.Thread(target=flush, name="last spans", daemon=True).start()
    atexit.register(end)


def _traceparent(span: OpenSpan) -> str:
    of = span.get_span_context()
    return f"00-{of.trace_id:032x}-{of.span_id:016x}-{of.trace_flags:02x}"
