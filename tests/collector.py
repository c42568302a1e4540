"""A collector of OpenTelemetry that is strict: it reads OTLP as it is defined, and refuses the rest."""

import asyncio
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.patience import PATIENCE_SECONDS

PROTOBUF = "application/x-protobuf"


@dataclass(frozen=True)
class Told:
    """A span as it came: ids are hexadecimal, and `parent` is empty without one."""

    service: str
    name: str
    kind: int
    trace: str
    id: str
    parent: str
    attributes: dict[str, Any]
    failed: bool


@dataclass
class Collector:
    """`spans` holds what was accepted, `raw` every byte that came."""

    spans: list[Told] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    raw: bytes = b""
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/traces", self._receive, methods=["POST"]),
                Route("/{path:path}", self._unknown, methods=["GET", "POST"]),
            ]
        )

    async def until(self, enough: Callable[[list[Told]], bool]) -> list[Told]:
        """The spans, once they are enough."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._came:
            await self._came.wait_for(lambda: enough(self.spans))
        return self.spans

    async def _unknown(self, request: Request) -> Response:
        self.refused.append(request.url.path)
        return JSONResponse({}, 404)

    async def _receive(self, request: Request) -> Response:
        body = await request.body()
        try:
            assert request.headers["content-type"] == PROTOBUF
            if request.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            message = ExportTraceServiceRequest()
            message.ParseFromString(body)
            spans = list(_spans(message))
        except (AssertionError, DecodeError, KeyError) as error:
            self.refused.append(repr(error))
            return JSONResponse({}, 400)
        self.raw += body
        async with self._came:
            self.spans += spans
            self._came.notify_all()
        return Response(b"", media_type=PROTOBUF)


def _spans(message: ExportTraceServiceRequest) -> Iterator[Told]:
    assert message.resource_spans
    for of_resource in message.resource_spans:
        resource = _attributes(of_resource.resource.attributes)
        for scope in of_resource.scope_spans:
            assert scope.scope.name == "deckgen"
            for span in scope.spans:
                assert (len(span.trace_id), len(span.span_id)) == (16, 8)
                assert len(span.parent_span_id) in (0, 8)
                assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano
                assert not span.status.message
                assert not span.events
                yield Told(
                    service=resource["service.name"],
                    name=span.name,
                    kind=span.kind,
                    trace=span.trace_id.hex(),
                    id=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    attributes=_attributes(span.attributes),
                    failed=span.status.code == 2,
                )


def _attributes(pairs: Any) -> dict[str, Any]:
    found = {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}
    assert len(found) == len(pairs)
    return found
