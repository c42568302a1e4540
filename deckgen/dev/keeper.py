"""`python -m deckgen.dev.keeper SERVER HOME SPEED START_LOCK`: keeps one embedded server running.

It starts the server, says so on stdout, and stops it when the last user is gone. A user holds a shared
lock on `in-use.lock`, so the keeper waits for the exclusive one: however users end, it gets it then.
A server that dies meanwhile is started again at the same port.
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
from deckgen.dev.embedded import STOP_SECONDS, Access, Server
from deckgen.dev.postgres import Postgres
from deckgen.dev.processes import end_leftover, free_port, stop
from deckgen.dev.valkey import Valkey
from deckgen.domain.errors import DeckgenError, Unavailable

SERVERS: dict[str, type[Server]] = {Postgres.name: Postgres, Valkey.name: Valkey}
READY = "ready"
RESTART_SECONDS = 60.0


@dataclass(frozen=True)
class Record:
    """What outlives a keeper, in `server.json`."""

    port: int
    password: str
    pid: int


def read_record(home: Path) -> Record | None:
    try:
        return Record(**json.loads((home / "server.json").read_text()))
    except FileNotFoundError:
        return None


def write_record(home: Path, record: Record) -> None:
    """Readable by the owner only, and never half-written."""
    new = home / "server.json.new"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(record), file)
    new.rename(home / "server.json")


class Keeper:
    def __init__(self, server: Server) -> None:
        self.server, self.home = server, server.home
        self.log = os.open(server.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.process = self._start()

    def keep(self) -> None:
        """Return when the last user is gone or the keeper is told to end, and the server is stopped."""
        signal.signal(signal.SIGTERM, lambda *_: self.events.put("terminated"))
        in_use = locks.open_lock(self.home / "in-use.lock")
        self._watch("unused", lambda: locks.lock_exclusive(in_use))
        self._watch("died", self.process.wait)
        while self.events.get() == "died":
            self.process = self._restart()
            self._watch("died", self.process.wait)
        stop(self.process, self.server.stop_signal, STOP_SECONDS)

    def _watch(self, event: str, blocking: Callable[[], object]) -> None:
        """Servers are started by the main thread only: they end with the thread that started them."""

        def wait() -> None:
            blocking()
            self.events.put(event)

        threading.Thread(target=wait, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        """At the port of last time if that is free, else at another one."""
        with self._alone() as (lock, record):
            password = record.password if record else secrets.token_hex(16)
            try:
                return self._start_at(free_port(record.port if record else None), password, lock)
            except Unavailable:
                # Somebody else may have taken the port just now.
                return self._start_at(free_port(), password, lock)

    def _restart(self) -> subprocess.Popen[bytes]:
        """At the port that its users know, and again if it is killed in the middle of its start."""
        for attempt in stamina.retry_context(
            on=Unavailable, attempts=None, timeout=RESTART_SECONDS, wait_max=1.0
        ):
            with attempt, self._alone() as (lock, record):
                assert record is not None, "it was started before"
                return self._start_at(record.port, record.password, lock)
        raise AssertionError("stamina ends only with a result or an error")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[tuple[int, Record | None]]:
        """All processes of the server hold `server.lock`: when it is free, none is left."""
        lock = locks.open_lock(self.home / "server.lock")
        try:
            record = read_record(self.home)
            self._await_end_of_former(lock, record)
            yield lock, record
        finally:
            os.close(lock)

    def _start_at(self, port: int, password: str, lock: int) -> subprocess.Popen[bytes]:
        # Before the first start, because the password becomes part of the data.
        write_record(self.home, Record(port, password, pid=0))
        process = self.server.start(Access(port, password), self.log, lock)
        write_record(self.home, Record(port, password, process.pid))
        return process

    def _await_end_of_former(self, lock: int, record: Record | None) -> None:
        """A killed keeper's server ends by itself where the kernel sees to it, elsewhere here."""
        if locks.try_exclusive(lock, 3):
            return
        if record:
            end_leftover(record.pid, str(self.server.data), self.server.stop_signal)
        if not locks.try_exclusive(lock, STOP_SECONDS):
            raise Unavailable(
                f"Another {self.server.name} still uses {self.server.data}: end it first."
            )


def main(name: str, home: str, speed: str, start_lock: str) -> int:
    """Exit code 0 after a keeping, 1 if the server could not be started (the sentence is on stdout)."""
    if os.fork():  # nobody's child: who started it neither waits for it nor is told of its end
        os._exit(0)
    try:
        # Let go of before the process ends, when the kernel releases locks in an order of its own: who
        # gets in-use.lock then must not take this keeper for alive.
        with locks.exclusive(Path(home) / "keeper.lock"):
            keeper = Keeper(SERVERS[name](Path(home), fast=speed == "fast"))
            _report(READY)
            os.close(int(start_lock))
            keeper.keep()
    except DeckgenError as error:
        _report(error.message)
        sys.stderr.write(f"{error.message}\n")  # for keeper.log: later than the start nobody listens
        return 1
    return 0


def _report(answer: str) -> None:
    """Tell who started the keeper; it may be gone, and then nothing holds the keeper either."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(answer)
        sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
