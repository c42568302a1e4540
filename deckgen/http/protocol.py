"""uvicorn's HTTP protocol with limits.

They bound what a client sends before there is a request, the time that it takes, the number of clients,
and answers that nobody reads. uvicorn keeps whatever a client sends until the headers are complete, for
as long as it takes.
"""

import asyncio
import socket
import struct
from asyncio import TimerHandle
from http import HTTPStatus
from typing import ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from deckgen.http.limits import ServerLimits
from deckgen.http.problems import Problem, problem
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

LINGER_SECONDS = 2.0  # for a client to read a refusal before the connection is reset
LINGERING = 100  # connections beyond the limit that get a refusal; more are just closed
OF_A_HEADER = 100  # bytes of memory that a header takes beside its name and value
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER of no seconds
BODILESS = ("GET", "HEAD")

MALFORMED = problem(400, "invalid_http", "This is not HTTP/1.1. Check what the client sends.")


class LimitedProtocol(HttpToolsProtocol):
    """One connection: what exceeds a limit is refused with a problem, and the connection is closed.

    There is no problem while another answer is under way.
    """

    limits: ClassVar[ServerLimits] = ServerLimits()

    def connection_made(  # type: ignore[override] # uvicorn is as narrow: it serves streams alone
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self._refused = False
        self._because: Problem | None = None
        self._unparsed = self._head_bytes = self._unwanted = 0
        self._begun = self._has_head = False  # the message that is being received
        self._deadline: TimerHandle | None = None  # the client has to go on until then
        self._unread: TimerHandle | None = None
        transport.set_write_buffer_limits(high=1, low=0)  # so data that is not taken is noticed
        beyond = len(self.connections) - self.limits.connections
        if beyond > LINGERING:
            transport.abort()
        elif beyond > 0:
            self._refuse(_too_many_connections())
        else:
            self._expect_more()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        self._stop_watching()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._unparsed += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # The request is answered as if it offered no other protocol; what follows can't be read.
            self._refused, self.cycle.keep_alive = True, False
        except httptools.HttpParserError:
            self._refuse(self._because or MALFORMED)
        else:
            if self._unparsed > self.limits.header_bytes:
                self._refuse(self._too_long())

    # The parser calls these. An exception in here comes out of feed_data as an HttpParserError.

    def on_message_begin(self) -> None:
        self._unset_keepalive_if_required()
        self._begun, self._has_head, self._head_bytes = True, False, 0
        if self._deadline is None and not self._is_answering():
            self._expect_more()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count_head(len(name) + len(value) + OF_A_HEADER)
        if not self._has_head:  # fields after a chunked body are no headers of the request
            super().on_header(name, value)

    def _count_head(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > self.limits.header_bytes:
            self._because = self._too_long()
            raise ValueError

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= self.limits.pipelined_requests:
            raise ValueError
        self._has_head, self._unparsed, self._unwanted = True, 0, 0
        self._expect_nothing()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unparsed = 0
        if self.scope["method"] not in BODILESS:
            super().on_body(body)
            return
        self._unwanted += len(body)
        if self._unwanted > self.limits.header_bytes:
            raise ValueError

    def on_message_complete(self) -> None:
        self._begun, self._unparsed = False, 0
        super().on_message_complete()
        if not self._is_answering():
            self._expect_nothing()
            self._keep_alive()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self.pipeline:
            self.flow.pause_reading()
        if self._begun and not self._is_answering():
            self._unset_keepalive_if_required()
            self._expect_more()

    # Time.

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _keep_alive(self) -> None:
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def _expect_more(self) -> None:
        """Start the clock for the headers, or for the rest of an answered request's body."""
        self._expect_nothing()
        self._deadline = self.loop.call_later(self.limits.header_seconds, self._took_too_long)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _took_too_long(self) -> None:
        if self._begun and not self._has_head:
            self._refuse(self._too_slow())
        else:
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        self._stop_watching()
        super().resume_writing()

    def _watch_reader(self) -> None:
        left = self.transport.get_write_buffer_size()
        seconds = self.limits.response_seconds
        self._unread = self.loop.call_later(seconds, self._check_reader, left)

    def _check_reader(self, before: int) -> None:
        """Drop a client that takes what is sent more slowly than the lowest rate."""
        taken = before - self.transport.get_write_buffer_size()
        if taken < self.limits.bytes_a_second * self.limits.response_seconds:
            self._reset()
        else:
            self._watch_reader()

    def _reset(self) -> None:
        """Close and drop what is not sent yet: the system would keep its megabytes for minutes."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.transport.abort()

    def _stop_watching(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    # The end.

    def _refuse(self, refusal: Problem) -> None:
        """Send the refusal, unless an answer is under way, and close when the client has read it."""
        self._refused = True
        self._expect_nothing()
        self._unset_keepalive_if_required()
        log.debug("connection.refused", status=refusal.status_code)
        if self.pipeline:  # earlier requests are answered, and the last answer closes
            self.cycle.keep_alive = False
        elif self._is_answering():
            self.transport.close()
        else:
            self._answer(refusal)

    def _answer(self, refusal: Problem) -> None:
        self.transport.write(_raw(refusal))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._deadline = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _too_long(self) -> Problem:
        max_bytes = self.limits.header_bytes
        return problem(
            431,
            "header_too_large",
            f"The request's line and headers have more than {max_bytes} bytes, with {OF_A_HEADER} more "
            "for each header. Send fewer or shorter headers.",
        )

    def _too_slow(self) -> Problem:
        seconds = self.limits.header_seconds
        return problem(
            408,
            "header_timeout",
            f"The headers were not complete after {seconds:g} s. Send the request again.",
            retryable=True,
        )


def limited(limits: ServerLimits) -> type[asyncio.Protocol]:
    """Returns the protocol with these limits, for uvicorn's `http`."""
    return type("LimitedProtocol", (LimitedProtocol,), {"limits": limits})


def _too_many_connections() -> Problem:
    return problem(
        503,
        "too_many_connections",
        "The server has no free connection just now. Try again later.",
        headers={"Retry-After": "5"},
        retryable=True,
    )


def _raw(answer: Problem) -> bytes:
    """Returns the answer as bytes of HTTP, after which the connection is closed."""
    status = HTTPStatus(answer.status_code)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join([*lines, b"connection: close", b"", bytes(answer.body)])
