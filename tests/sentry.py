"""A Sentry that is strict: it reads envelopes as its protocol says, and refuses what is malformed."""

import asyncio
import gzip
import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.patience import PATIENCE_SECONDS

KEY = "5ba5eba11fab1e5ca1ab1e0ddba11f00"
PROJECT = "42"
LEVELS = ("fatal", "error", "warning", "info", "debug")


@dataclass
class Sentry:
    """`events` holds what was accepted, `raw` every byte that came, headers too, uncompressed."""

    events: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    raw: bytes = b""
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    def app(self) -> Starlette:
        return Starlette(
            routes=[Route("/api/{project}/envelope/", self._receive, methods=["POST"])],
        )

    async def until(self, count: int) -> list[dict[str, Any]]:
        """The events, once there are so many."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._came:
            await self._came.wait_for(lambda: len(self.events) >= count)
        return self.events

    async def _receive(self, request: Request) -> Response:
        body = await request.body()
        try:
            self._check_head(request)
            match request.headers.get("content-encoding", "identity"):
                case "gzip":
                    body = gzip.decompress(body)
                case other:
                    assert other == "identity", other
            events = [check_event(json.loads(item)) for item in event_items(body)]
        except (AssertionError, ValueError, KeyError) as error:
            self.refused.append(repr(error))
            return JSONResponse({"detail": repr(error)}, 400)
        self.raw += b"".join(name + value for name, value in request.headers.raw) + body
        self.events += events
        async with self._came:
            self._came.notify_all()
        return JSONResponse({"id": events[0]["event_id"]} if events else {})

    def _check_head(self, request: Request) -> None:
        assert request.path_params["project"] == PROJECT
        assert request.headers["content-type"] == "application/x-sentry-envelope"
        scheme, _, rest = request.headers["x-sentry-auth"].partition(" ")
        auth = dict(pair.strip().split("=", 1) for pair in rest.split(","))
        assert (scheme, auth["sentry_key"], auth["sentry_version"]) == ("Sentry", KEY, "7")
        assert auth["sentry_client"]


def dsn(url: str) -> str:
    """The DSN of the project at a Sentry with this address."""
    return f"{url.replace('://', f'://{KEY}@')}/{PROJECT}"


def event_items(body: bytes) -> list[bytes]:
    """The payloads of the items of type event; each of them has to say how long it is."""
    head, _, rest = body.partition(b"\n")
    assert re.fullmatch(r"[0-9a-f]{32}", json.loads(head)["event_id"])
    assert json.loads(head)["sent_at"]
    events = []
    while rest:
        head, _, rest = rest.partition(b"\n")
        item = json.loads(head)
        payload, end = rest[: item["length"]], rest[item["length"] :]
        assert len(payload) == item["length"]
        assert end[:1] in (b"", b"\n")
        rest = end[1:]
        if item["type"] == "event":
            events.append(payload)
    assert len(events) <= 1, "an envelope has one event at most"
    return events


def check_event(event: dict[str, Any]) -> dict[str, Any]:
    """AssertionError or KeyError unless it is an event as the protocol describes it."""
    assert re.fullmatch(r"[0-9a-f]{32}", event["event_id"])
    assert isinstance(event["timestamp"], str | float)
    assert event["platform"] == "python"
    assert event["level"] in LEVELS
    assert event["sdk"]["name"]
    assert all(isinstance(value, str) and len(value) <= 200 for value in event["tags"].values())
    for exception in event["exception"]["values"]:
        assert exception["type"]
        for frame in exception.get("stacktrace", {"frames": []})["frames"]:
            assert frame["filename"]
            assert frame["lineno"] > 0
    for one in event.get("breadcrumbs", {"values": []})["values"]:
        assert one["timestamp"]
        assert one["level"] in LEVELS
    return event
