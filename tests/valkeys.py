"""Valkeys that a test may reconfigure, freeze and kill: alone, or replicated under Sentinel."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from deckgen.dev.processes import LOOPBACK, ended_with_parent, free_port, tail
from deckgen.dev.valkey import valkey_server
from deckgen.queue.pool import QUEUE_NAME
from tests.patience import PATIENCE_SECONDS

PASSWORD = "of-redis"
SENTINEL_PASSWORD = "of-sentinel"
MASTER = "decks"
DOWN_MILLISECONDS = 2000  # on a busy machine a master may well be silent for less


@dataclass
class Valkey:
    """A server that runs, or a sentinel."""

    port: int
    password: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """The settings of deckgen."""
        return {"REDIS_HOST": LOOPBACK, "REDIS_PORT": str(self.port), "REDIS_PASSWORD": self.password}

    def ask(self, *command: str | int) -> Any:
        with redis.Redis(LOOPBACK, self.port, password=self.password) as client:
            return client.execute_command(*command)

    def answers(self) -> bool:
        assert self.process.poll() is None, tail(self.log)
        with contextlib.suppress(redis.ConnectionError):
            return bool(self.ask("PING"))
        return False

    def refused(self, code: str) -> int:
        """How many commands were answered with this error."""
        return int(self.ask("INFO", "errorstats").get(f"errorstat_{code}", {"count": 0})["count"])

    def called(self, command: str) -> int:
        """How often it was asked for this."""
        return int(self.ask("INFO", "commandstats").get(f"cmdstat_{command}", {"calls": 0})["calls"])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)


@contextmanager
def valkey(folder: Path, *lines: str, sentinel: bool = False) -> Iterator[Valkey]:
    """A server with these lines in its configuration."""
    folder.mkdir()
    port, password = free_port(), SENTINEL_PASSWORD if sentinel else PASSWORD
    own = (f"bind {LOOPBACK}", f"port {port}", f"requirepass {password}", f"dir {folder}")
    (folder / "conf").write_text("\n".join(own + lines))
    command = [str(valkey_server()), str(folder / "conf"), *(["--sentinel"] if sentinel else [])]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*ended_with_parent(signal.SIGKILL), *command], stdout=log)
    server = Valkey(port, password, folder / "log", process)
    try:
        until(server.answers)
        yield server
    finally:
        server.kill()


def until(true: Callable[[], object]) -> None:
    """Look until it is true."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


@dataclass
class Replicated:
    """A master, its replica, and a sentinel that makes the replica master when the master is silent."""

    master: Valkey
    replica: Valkey
    sentinel: Valkey

    @property
    def environment(self) -> dict[str, str]:
        """The settings of deckgen; the first of the sentinels is dead."""
        return {
            "REDIS_SENTINELS": f"{LOOPBACK}:{free_port()},{LOOPBACK}:{self.sentinel.port}",
            "REDIS_SENTINEL_MASTER": MASTER,
            "REDIS_SENTINEL_PASSWORD": SENTINEL_PASSWORD,
            "REDIS_PASSWORD": PASSWORD,
        }

    def queued(self) -> int:
        """How many ids are in the queue at the master."""
        return int(self.master.ask("ZCARD", QUEUE_NAME))

    def lose_writes(self) -> None:
        """From now on nothing reaches the replica, which becomes the master in the end all the same."""
        self.replica.ask("CONFIG", "SET", "primaryauth", "wrong")
        self.master.ask("CLIENT", "KILL", "TYPE", "replica")
        until(lambda: self.replica.ask("INFO", "replication")["master_link_status"] == "down")

    def hand_over(self) -> None:
        """A fail-over that is asked for: the master lives, and is demoted."""
        self.sentinel.ask("SENTINEL", "FAILOVER", MASTER)

    def await_failover(self) -> None:
        """Until the sentinel tells clients of the replica as the master."""
        question = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
        until(lambda: int(self.sentinel.ask(*question)[1]) == self.replica.port)


@contextmanager
def replicated(folder: Path) -> Iterator[Replicated]:
    folder.mkdir(exist_ok=True)
    own = f"primaryauth {PASSWORD}"
    with (
        valkey(folder / "master", own, "repl-diskless-sync-delay 0") as master,
        valkey(folder / "replica", own, f"replicaof {LOOPBACK} {master.port}") as replica,
    ):
        until(lambda: replica.ask("INFO", "replication")["master_link_status"] == "up")
        watched = (
            f"sentinel monitor {MASTER} {LOOPBACK} {master.port} 1",
            f"sentinel auth-pass {MASTER} {PASSWORD}",
            f"sentinel down-after-milliseconds {MASTER} {DOWN_MILLISECONDS}",
            f"sentinel failover-timeout {MASTER} 3000",
        )
        with valkey(folder / "sentinel", *watched, sentinel=True) as sentinel:
            group = Replicated(master, replica, sentinel)
            until(lambda: any(map(_is_linked, sentinel.ask("SENTINEL", "REPLICAS", MASTER))))
            yield group


def _is_linked(replica: list[bytes]) -> bool:
    """Whether a sentinel, which at first knows of no replica, sees one that follows its master."""
    return b"master-link-status ok" in b" ".join(replica)
