"""`python -m deckgen.dev.keeper SERVER HOME SPEED START_LOCK`: keep one embedded server running.

The keeper starts the server, says so on stdout, and stops it when the last user is gone. A user holds a
shared lock on `in-use.lock`, and the keeper waits for the exclusive lock: it gets that however users
end. A server that dies meanwhile is started again at the same port.
"""

import contextlib
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import stamina

from deckgen.dev import locks
from deckgen.dev.embedded import STOP_SECONDS, Access, EmbeddedServer
from deckgen.dev.postgres import Postgres
from deckgen.dev.processes import end_leftover, free_port, stop
from deckgen.dev.valkey import Valkey
from deckgen.domain.errors import DeckgenError, Unavailable

SERVERS: dict[str, type[EmbeddedServer]] = {Postgres.name: Postgres, Valkey.name: Valkey}
READY = "ready"
RESTART_SECONDS = 60.0


@dataclass(frozen=True)
class Record:
    """The content of `server.json`, which outlives a keeper."""

    port: int
    password: str
    pid: int


def read_record(home: Path) -> Record | None:
    """Returns the record in `home`, or None if no server was ever started there."""
    try:
        return Record(**json.loads((home / "server.json").read_text()))
    except FileNotFoundError:
        return None


def write_record(home: Path, record: Record) -> None:
    """Write a file that only its owner can read and that is never seen half-written."""
    new = home / "server.json.new"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(record), file)
    new.rename(home / "server.json")


class Keeper:
    """A server that is started, watched and stopped."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.server, self.home = server, server.home
        self.log = os.open(server.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.process = self._start()

    def keep(self) -> None:
        """Wait until the last user is gone or SIGTERM comes, then stop the server."""
        signal.signal(signal.SIGTERM, lambda *_: self.events.put("terminated"))
        in_use = locks.open_lock(self.home / "in-use.lock")
        self._watch("unused", lambda: locks.lock_exclusive(in_use))
        self._watch("died", self.process.wait)
        while self.events.get() == "died":
            self.process = self._restart()
            self._watch("died", self.process.wait)
        stop(self.process, self.server.stop_signal, STOP_SECONDS)

    def _watch(self, event: str, blocking: Callable[[], object]) -> None:
        """Put the event in the queue when a blocking call returns.

        Only the main thread starts servers, because they end with the thread that started them.
        """

        def wait() -> None:
            blocking()
            self.events.put(event)

        threading.Thread(target=wait, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the server at the port of last time if that is free, else at another."""
        with self._server_lock() as (lock, record):
            password = record.password if record else secrets.token_hex(16)
            try:
                return self._start_at(free_port(record.port if record else None), password, lock)
            except Unavailable:
                # Another program may have taken the port in this moment.
                return self._start_at(free_port(), password, lock)

    def _restart(self) -> subprocess.Popen[bytes]:
        """Start the server at the port that its users know, again if it is killed while it starts."""
        for attempt in stamina.retry_context(
            on=Unavailable, attempts=None, timeout=RESTART_SECONDS, wait_max=1.0
        ):
            with attempt, self._server_lock() as (lock, record):
                assert record is not None, "it was started before"
                return self._start_at(record.port, record.password, lock)
        raise AssertionError("stamina ends only with a result or an error")

    @contextlib.contextmanager
    def _server_lock(self) -> Iterator[tuple[int, Record | None]]:
        """Hold `server.lock`, free once no process of the server is left; yields it and the record."""
        lock = locks.open_lock(self.home / "server.lock")
        try:
            record = read_record(self.home)
            self._end_leftovers(lock, record)
            yield lock, record
        finally:
            os.close(lock)

    def _start_at(self, port: int, password: str, lock: int) -> subprocess.Popen[bytes]:
        # The record is written before the first start, because the password becomes part of the data.
        write_record(self.home, Record(port, password, pid=0))
        process = self.server.start(Access(port, password), self.log, lock)
        write_record(self.home, Record(port, password, process.pid))
        return process

    def _end_leftovers(self, lock: int, record: Record | None) -> None:
        """Wait for a killed keeper's server, and end it where the kernel does not."""
        if locks.try_exclusive(lock, 3):
            return
        if record:
            end_leftover(record.pid, str(self.server.data), self.server.stop_signal)
        if not locks.try_exclusive(lock, STOP_SECONDS):
            raise Unavailable(
                f"Another {self.server.name} is still using {self.server.data}: end it first."
            )


def main(name: str, home: str, speed: str, start_lock: str) -> int:
    """Returns the exit code: 0 after keeping, or 1 if the server did not start, as stdout says."""
    if os.fork():  # its starter neither waits for it nor learns of its end
        os._exit(0)
    try:
        # The lock is released before the process ends, when the kernel would release all of them in any
        # order: whoever gets in-use.lock then must not take this keeper for alive.
        with locks.exclusive(Path(home) / "keeper.lock"):
            keeper = Keeper(SERVERS[name](Path(home), fast=speed == "fast"))
            _report(READY)
            os.close(int(start_lock))
            keeper.keep()
    except DeckgenError as error:
        _report(error.message)
        sys.stderr.write(f"{error.message}\n")  # for keeper.log, as nobody listens after the start
        return 1
    return 0


def _report(answer: str) -> None:
    """Tell the process that started the keeper, if it is still there."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(answer)
        sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
