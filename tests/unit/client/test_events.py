"""How both clients follow the events of a job, over as many connections as it takes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from deckgen.client.awaited import AsyncClient
from deckgen.client.http import Client
from deckgen.domain.errors import NotFound, TooManyRequests, Unavailable
from deckgen.domain.event_data import AttemptStarted, JobEvent, JobFailed, NoData, StepCompleted

URL = "http://localhost"
Follow = Callable[[httpx.MockTransport, float], list[JobEvent]]


def sync(transport: httpx.MockTransport, patience: float) -> list[JobEvent]:
    with Client(URL, transport=transport, patience=patience) as client:
        return [*client.events("j1")]


def awaited(transport: httpx.MockTransport, patience: float) -> list[JobEvent]:
    async def follow() -> list[JobEvent]:
        async with AsyncClient(URL, transport=transport, patience=patience) as client:
            return [event async for event in client.events("j1")]

    return asyncio.run(follow())


@pytest.fixture(params=[sync, awaited])
def follow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Follow:
    """Each of the clients, which try again at once."""
    monkeypatch.setattr("deckgen.client.streams.FIRST_PAUSE", 0.0)
    made: Follow = request.param
    return made


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A stream that is sent in pieces, and may be cut off after them."""

    def __init__(self, text: str, *, is_cut: bool = False) -> None:
        self._text = text
        self._is_cut = is_cut

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, len(self._text), 7):
            yield self._text[first : first + 7].encode()
        if self._is_cut:
            raise httpx.ReadError("cut off")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def sent(number: int, kind: str, *, name: str | None = None, **data: Any) -> str:
    """An event as the API sends it; under a former name it has no id."""
    told = {"number": number, "kind": kind, "data": data, "createdAt": "2026-01-01T00:00:00Z"}
    head = f"event: {name}" if name else f"id: {number}\r\nevent: {kind}"
    return f"{head}\r\ndata: {json.dumps(told)}\r\n\r\n"


class Server:
    """Gives its answers in turn, and notes after which event each was asked for."""

    def __init__(self, *answers: httpx.Response | Stream) -> None:
        self.after: list[str | None] = []
        self._answers = iter(answers)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.after.append(request.headers.get("Last-Event-ID"))
        answer = next(self._answers)
        return httpx.Response(200, stream=answer) if isinstance(answer, Stream) else answer


def test_a_stream_that_is_cut_off_is_gone_on_with(follow: Follow) -> None:
    """Each event is told once and with its type, on however many connections."""
    half = sent(3, "draft.ready")[:30]
    server = Server(
        Stream(
            sent(1, "job.accepted") + ": ping\r\n\r\n" + sent(2, "job.started", attempt=1) + half,
            is_cut=True,
        ),
        httpx.Response(503, json={"detail": "The server stops.", "code": "service_stopping"}),
        Stream(sent(3, "draft.ready", name="draft_ready") + sent(3, "draft.ready")),
        Stream(sent(4, "step.completed", step="profile", seconds=0.4) + sent(5, "job.completed")),
    )
    events = follow(server.transport, 5.0)
    assert [event.number for event in events] == [1, 2, 3, 4, 5]
    assert events[1].data == AttemptStarted(attempt=1)
    assert events[3].data == StepCompleted(step="profile", seconds=0.4)
    assert server.after == [None, "2", "2", "3"]


def test_an_end_that_was_heard(follow: Follow) -> None:
    """If only the connection's end is missing, the server says that there is no more."""
    server = Server(Stream(sent(1, "job.cancelled"), is_cut=True), httpx.Response(204))
    assert [event.data for event in follow(server.transport, 5.0)] == [NoData()]
    assert server.after == [None, "1"]


def test_a_job_that_was_retried(follow: Follow) -> None:
    """Its first end is one of its events, and not the last one."""
    failed = sent(1, "job.failed", code="queue_full", message="No.")
    server = Server(Stream(failed + sent(2, "job.redriven") + sent(3, "job.completed")))
    events = follow(server.transport, 5.0)
    assert events[0].data == JobFailed(code="queue_full", message="No.")
    assert [event.is_terminal for event in events] == [True, False, True]


def test_what_a_later_version_tells(follow: Follow) -> None:
    """An event of an unknown kind is told as JSON, and unknown members are left out."""
    server = Server(Stream(sent(1, "job.paused", by="ann") + sent(2, "job.completed", mood="good")))
    events = follow(server.transport, 5.0)
    assert events[0].kind == "job.paused"
    assert events[0].data == {"by": "ann"}
    assert events[1].is_terminal


def test_a_server_that_stays_away(follow: Follow) -> None:
    """It is waited for as long as the client has patience, and one that never answered not at all."""
    away = httpx.Response(503, json={"detail": "The server stops.", "code": "service_stopping"})
    server = Server(Stream(sent(1, "job.accepted"), is_cut=True), away)
    with pytest.raises(Unavailable):
        follow(server.transport, 0.0)
    never = Server(away)
    with pytest.raises(Unavailable, match="The server stops"):
        follow(never.transport, 5.0)


@pytest.mark.parametrize(
    ("status", "kind"), [(404, NotFound), (429, TooManyRequests)], ids=["unknown", "too many"]
)
def test_a_stream_that_is_refused(follow: Follow, status: int, kind: type[Exception]) -> None:
    """The error is that of any other request."""
    server = Server(httpx.Response(status, json={"detail": "No.", "code": "x"}))
    with pytest.raises(kind, match="No"):
        follow(server.transport, 5.0)
