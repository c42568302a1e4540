"""What a connection may cost before there is a request, and after there is an answer."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from deckgen.http.limits import ServerLimits
from tests.serving import serving

SMALL = ServerLimits(header_bytes=2_000, keep_alive_seconds=30, connections=3, pipelined_requests=5)
QUICK = ServerLimits(header_seconds=0.3, response_seconds=1, keep_alive_seconds=30)
PATIENT = 20.0  # seconds for what is to happen by itself
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
LAST = b"Connection: close\r\n\r\n"
CHUNKED = b"POST /read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
MUCH = 1_000_000  # more than one read takes
LARGE = 30_000_000  # more than the system's own buffers hold

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class App:
    """An application that tells of the requests that have come to it and gone."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self.go_on = asyncio.Event()

    def __call__(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.answer, methods=["GET", "POST"]),
                Route("/read", self.read, methods=["POST"]),
                Route("/wait", self.wait),
                Route("/large", self.large),
            ]
        )

    async def answer(self, request: Request) -> Response:
        return PlainTextResponse("ok")

    async def read(self, request: Request) -> Response:
        try:
            body = await request.body()
        finally:
            self.gone.set()
        return JSONResponse([body.decode(), request.headers.get("x-late")])

    async def wait(self, request: Request) -> Response:
        await self.go_on.wait()
        return PlainTextResponse("waited")

    async def large(self, request: Request) -> Response:
        return PlainTextResponse("x" * LARGE)


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
async def url(app: App) -> AsyncIterator[str]:
    async with serving(app(), limits=SMALL) as address:
        yield address


@pytest.fixture
async def quick_url(app: App) -> AsyncIterator[str]:
    """Of a server with little patience."""
    async with serving(app(), limits=QUICK) as address:
        yield address


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def everything(url: str, *sent: bytes) -> bytes:
    """What the server says until it closes."""
    async with connected(url) as (reader, writer):
        writer.write(b"".join(sent))
        return await until_closed(reader)


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(PATIENT):
        return await reader.read()


def refusal(answer: bytes) -> tuple[int, str]:
    """Status and code of an answer that is one problem, after which the connection is closed."""
    head, body = answer.split(b"\r\n\r\n")
    assert b"\r\ncontent-type: application/problem+json" in head
    assert b"\r\nconnection: close" in head
    told = json.loads(body)
    assert told["status"] == int(head.split()[1])
    return told["status"], told["code"]


@pytest.mark.parametrize(
    "sent",
    [
        GET + b"X: " + b"a" * 3_000,
        GET + b"X: " + b"a" * 3_000 + b"\r\n\r\n",
        GET + b"a:\r\n" * 100,
        GET + b"a:\r\n" * 100 + b"\r\n",
        b"GET /" + b"a" * 3_000,
        b"GET /" + b"a" * 3_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        GET + b"\r\n" + GET + b"X: " + b"a" * MUCH,
    ],
    ids=["endless", "long", "endlessly many", "many", "endless url", "long url", "second"],
)
async def test_headers_have_a_size(url: str, sent: bytes) -> None:
    """A line or headers that are too long, whether complete or not, are refused with 431."""
    answers = (await everything(url, sent)).partition(b"\r\n\r\nok")
    assert refusal(answers[2] or answers[0]) == (431, "header_too_large")


async def test_headers_that_fit(url: str) -> None:
    """What is just below the limit is answered."""
    answer = await everything(url, GET, b"X: ", b"a" * 1_500, b"\r\n", LAST)
    assert answer.startswith(b"HTTP/1.1 200")


async def test_the_size_is_a_setting(quick_url: str) -> None:
    """The same headers are answered where the limit is higher."""
    answer = await everything(quick_url, GET, b"X: ", b"a" * 3_000, b"\r\n", LAST)
    assert answer.startswith(b"HTTP/1.1 200")


async def test_headers_have_a_time(quick_url: str) -> None:
    """Headers that come byte by byte are refused with 408, although no silence is long."""
    async with connected(quick_url) as (reader, writer):
        writer.write(GET + b"X: ")
        dripping = asyncio.create_task(drip(writer, b"y"))
        answer = await until_closed(reader)
        dripping.cancel()
    assert refusal(answer) == (408, "header_timeout")


async def drip(writer: asyncio.StreamWriter, data: bytes) -> None:
    while True:
        writer.write(data)
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("first", [b"", b"\r\n"], ids=["nothing", "blank lines"])
async def test_a_connection_without_a_request_is_closed(quick_url: str, first: bytes) -> None:
    """A client that connects and asks for nothing is let go without a word."""
    assert await everything(quick_url, first) == b""


async def test_a_slow_start_is_no_slow_answer(quick_url: str, app: App) -> None:
    """Once the headers are complete, an answer may take longer than they may."""
    async with connected(quick_url) as (reader, writer):
        writer.write(GET.replace(b"/", b"/wait", 1) + LAST)
        await asyncio.sleep(2 * QUICK.header_seconds)
        app.go_on.set()
        assert (await until_closed(reader)).endswith(b"waited")


@pytest.mark.parametrize("method", [b"GET", b"POST"])
@pytest.mark.parametrize("rest", [b"Content-Length: 9999999", b"Transfer-Encoding: chunked"])
async def test_a_body_that_nobody_reads_has_a_time(quick_url: str, method: bytes, rest: bytes) -> None:
    """After its answer a request may finish its body, but not for ever."""
    async with connected(quick_url) as (reader, writer):
        writer.write(GET.replace(b"GET", method) + rest + b"\r\n\r\n")
        await reader.readuntil(b"\r\n\r\nok")
        dripping = asyncio.create_task(drip(writer, b"1\r\n1\r\n"))
        with contextlib.suppress(ConnectionResetError):
            assert await until_closed(reader) == b""
        dripping.cancel()


async def test_a_body_that_is_finished_keeps_the_connection(url: str) -> None:
    """A request whose body ends after its answer is followed by the next one."""
    async with connected(url) as (reader, writer):
        writer.write(GET.replace(b"GET", b"POST") + b"Content-Length: 4\r\n\r\n12")
        await reader.readuntil(b"ok")
        writer.write(b"34" + GET + LAST)
        assert (await until_closed(reader)).endswith(b"ok")


@pytest.mark.parametrize(
    "rest",
    [b"1;" + b"x" * MUCH, b"1\r\n{\r\n0\r\n" + b"X: y\r\n" * 100, b"1\r\n{\r\n0\r\nX: " + b"y" * MUCH],
    ids=["extension", "many trailers", "long trailer"],
)
async def test_what_surrounds_chunks_has_a_size(url: str, app: App, rest: bytes) -> None:
    """Names beside chunks and headers behind them are held to the size of headers."""
    with contextlib.suppress(ConnectionResetError):
        assert await everything(url, CHUNKED, rest) == b""
    async with asyncio.timeout(PATIENT):
        await app.gone.wait()


async def test_a_trailer_is_no_header(url: str) -> None:
    """What comes after a body can't change what the request was checked for."""
    rest = b"2\r\nhi\r\n0\r\nX-Late: 1\r\n\r\n"
    answer = await everything(url, CHUNKED.replace(b"\r\n\r\n", b"\r\n" + LAST), rest)
    assert answer.endswith(b'["hi",null]')


async def test_the_number_of_connections(url: str) -> None:
    """One more is told so at once, and there is room again when one has gone."""
    async with connected(url) as first, connected(url) as second:
        for reader, writer in (first, second):
            writer.write(GET + b"\r\n")
            await reader.readuntil(b"ok")
        async with connected(url) as third:
            third[1].write(GET + b"\r\n")
            await third[0].readuntil(b"ok")
            told = await everything(url)
            assert refusal(told) == (503, "too_many_connections")
            assert b"\r\nretry-after: " in told
        await until_closed(third[0])
        assert (await everything(url, GET, LAST)).endswith(b"ok")


async def test_pipelined_requests_are_answered(url: str) -> None:
    """As many requests as may wait are answered, in their order."""
    answer = await everything(url, (GET + b"\r\n") * 4, GET.replace(b"/", b"/none", 1), LAST)
    assert answer.count(b"ok") == 4
    assert b" 404 " in answer.rpartition(b"ok")[2]


async def test_more_pipelined_requests_are_dropped(url: str) -> None:
    """One connection can't make the server keep thousands of requests; the last answer closes it."""
    answer = await everything(url, (GET + b"\r\n") * 1_000)
    assert answer.count(b"ok") == SMALL.pipelined_requests + 1
    assert answer.count(b"connection: close") == 1


@pytest.mark.parametrize("behind", [b"", b"Connection: close\r\n"])
async def test_an_answer_that_nobody_reads_is_given_up(quick_url: str, behind: bytes) -> None:
    """A client that takes nothing of its answer is cut off."""
    async with connected(quick_url) as (reader, writer):
        writer.write(GET.replace(b"/", b"/large", 1) + behind + b"\r\n")
        await reader.readuntil(b"xxx")
        writer.transport.pause_reading()  # type: ignore[attr-defined] # a transport that reads
        await asyncio.sleep(2 * QUICK.response_seconds)
        writer.transport.resume_reading()  # type: ignore[attr-defined] # the same
        with pytest.raises(ConnectionResetError):
            await until_closed(reader)


async def test_an_answer_that_is_read_arrives(quick_url: str) -> None:
    """A client that reads gets all of it, however long that takes."""
    async with connected(quick_url) as (reader, writer):
        writer.write(GET.replace(b"/", b"/large", 1) + LAST)
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(10):
            async with asyncio.timeout(PATIENT):
                await reader.readexactly(LARGE // 10)
            await asyncio.sleep(QUICK.response_seconds / 5)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00",
        b"CONNECT x:1 HTTP/1.1\r\n\r\n",
        GET + b"Content-Length: -1\r\n\r\n",
        GET + b"Content-Length: " + b"9" * 500 + b"\r\n\r\n",
        GET + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /é HTTP/1.1\r\n\r\n".encode(),
    ],
)
async def test_what_is_no_http(url: str, sent: bytes) -> None:
    """What can't be read as HTTP/1.1 is answered with a problem."""
    assert refusal(await everything(url, sent)) == (400, "invalid_http")


@pytest.mark.parametrize("other", [b"websocket", b"h2c"])
async def test_another_protocol_is_not_taken(url: str, other: bytes) -> None:
    """An offer to go on in another protocol is passed over: the request is answered."""
    sent = GET + b"Connection: Upgrade\r\nUpgrade: " + other + b"\r\n\r\n" + b"\x00" * 100
    answer = await everything(url, sent)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"connection: close" in answer
