"""TLS in front of a server that has none: the Valkey of the wheel is built without."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from deckgen.dev.processes import LOOPBACK

TLS_CLIENT = b"\x16"  # the first byte of a handshake; no command of Redis begins with it


@dataclass
class Front:
    """Listens at `port` for a server: who begins a handshake gets TLS, others are let through.

    So a sentinel, which has no TLS either, can watch the server at the address that it tells clients.
    `secret` and `plain` are what clients have sent, decrypted or as it came.
    """

    target: int
    context: ssl.SSLContext
    listener: socket.socket = field(default_factory=socket.socket)
    secret: bytearray = field(default_factory=bytearray)
    plain: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.listener.setblocking(False)
        self.listener.bind((LOOPBACK, 0))
        self.listener.listen()

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    async def serve(self) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            while True:
                client, _ = await loop.sock_accept(self.listener)
                tasks.create_task(self._quietly(client))

    async def _quietly(self, client: socket.socket) -> None:
        """A connection that fails is the client's to tell of."""
        with suppress(OSError):
            await self._pass_on(client)

    async def _pass_on(self, client: socket.socket) -> None:
        with _closing_unless_done(client):
            tls = await _first_byte(client) == TLS_CLIENT
            from_client, to_client = await _streams(client, self.context if tls else None)
        with _closing_unless_done(to_client):
            from_server, to_server = await asyncio.open_connection(LOOPBACK, self.target)
        sent = self.secret if tls else self.plain
        await asyncio.gather(_copy(from_client, to_server, sent), _copy(from_server, to_client))


@contextmanager
def _closing_unless_done(one: socket.socket | asyncio.StreamWriter) -> Iterator[None]:
    """Leave nothing open where the front ends, or its server is away, in the middle."""
    try:
        yield
    except BaseException:
        one.close()
        raise


async def _first_byte(client: socket.socket) -> bytes:
    loop, readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(client, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(client)
    return client.recv(1, socket.MSG_PEEK)


async def _streams(
    client: socket.socket, context: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await loop.connect_accepted_socket(lambda: protocol, client, ssl=context)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


async def _copy(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, seen: bytearray | None = None
) -> None:
    """To the end of either; then the other side hears of it."""
    try:
        while data := await source.read(65536):
            if seen is not None:
                seen += data
            target.write(data)
            await target.drain()
    except OSError:
        return  # either side is gone
    finally:
        target.close()


@contextmanager
def tls_front(target: int, authority: trustme.CA, host: str = LOOPBACK) -> Iterator[Front]:
    """A front for the port `target`, with a certificate for this host, signed by the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    front = Front(target, context)
    loop = asyncio.new_event_loop()
    serving = loop.create_task(front.serve())
    thread = threading.Thread(target=_run, args=(loop, serving))
    thread.start()
    try:
        yield front
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join()
        front.listener.close()


def _run(loop: asyncio.AbstractEventLoop, serving: "asyncio.Task[None]") -> None:
    loop.run_until_complete(asyncio.gather(serving, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def write_ca(authority: trustme.CA, folder: Path) -> str:
    """The file for REDIS_TLS_CA."""
    file = folder / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return str(file)
