"""What is done to a fleet and its servers while it works: each fault once, by its name."""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import asyncpg
import redis

from deckgen.dev.keeper import read_record
from deckgen.store.away import AWAY
from tests.faults.fleet import Fleet

AWAY_SECONDS = 2.5  # longer than a lease
FROZEN_SECONDS = 4.0  # longer than a step may take


def connect(fleet: Fleet) -> redis.Redis:
    environment = fleet.environment
    return redis.Redis(
        environment["REDIS_HOST"],
        int(environment["REDIS_PORT"]),
        db=int(environment["REDIS_DB"]),
        password=environment["REDIS_PASSWORD"],
    )


class Faults:
    """`servers` is the folder of the embedded servers, whose keepers start them again."""

    def __init__(self, fleet: Fleet, servers: Path, seed: int) -> None:
        self._fleet, self._servers = fleet, servers
        self._random = random.Random(seed)
        self.by_name: dict[str, Callable[[], None]] = {
            "kill a worker": lambda: fleet.kill(self._worker()),
            "deploy a worker": lambda: fleet.roll(self._worker()),
            "freeze a worker": self._freeze,
            "kill an API": lambda: fleet.kill(self._random.choice([*fleet.ports])),
            "empty Redis": self._flush,
            "kill Redis": partial(self._stop_server, "valkey", signal.SIGKILL),
            "fill Redis": self._fill,
            "stop PostgreSQL": partial(self._stop_server, "postgres", signal.SIGQUIT),
            "PostgreSQL read-only": self._read_only,
            "stall PostgreSQL": self._stall,
            "kill the orchestrator": lambda: fleet.kill("orchestrator"),
            "no orchestrator": lambda: fleet.away("orchestrator", AWAY_SECONDS),
            "freeze the orchestrator": lambda: fleet.freeze("orchestrator", FROZEN_SECONDS),
            "delay the orchestrator": lambda: fleet.befall("slow", AWAY_SECONDS),
            "a proxy in its place": lambda: fleet.befall("proxy", AWAY_SECONDS),
            "an orchestrator of another release": lambda: fleet.befall("release", AWAY_SECONDS),
        }

    def one(self, name: str = "") -> None:
        """The fault of this name, or any."""
        chosen = name or self._random.choice([*self.by_name])
        self.by_name[chosen]()
        self._fleet.faults[chosen] += 1
        time.sleep(self._random.uniform(0.1, 0.4))

    def _worker(self) -> str:
        return self._random.choice(self._fleet.workers)

    def _freeze(self) -> None:
        """For twice the lease: others have its jobs when it wakes up."""
        lease = float(self._fleet.environment["LEASE_SECONDS"])
        self._fleet.freeze(self._worker(), 2 * lease)

    def _flush(self) -> None:
        with connect(self._fleet) as client, contextlib.suppress(redis.RedisError):
            client.execute_command("FLUSHDB")

    def _fill(self) -> None:
        with connect(self._fleet) as client, contextlib.suppress(redis.RedisError):
            client.config_set("maxmemory", 1)
            time.sleep(AWAY_SECONDS)
            client.config_set("maxmemory", 0)

    def _read_only(self) -> None:
        """As after a fail-over, or with a full disk of a managed server."""
        for value in ("on", "off"):
            self._ask(
                f"ALTER SYSTEM SET default_transaction_read_only = {value}", "SELECT pg_reload_conf()"
            )
            time.sleep(AWAY_SECONDS)

    def _stall(self) -> None:
        """Nobody is refused, and nobody is answered."""
        self._ask(f"BEGIN; LOCK TABLE jobs, workers; SELECT pg_sleep({AWAY_SECONDS}); COMMIT")

    def _ask(self, *statements: str) -> None:
        async def ask() -> None:
            writing = {"default_transaction_read_only": "off"}
            url = self._fleet.environment["DATABASE_URL"]
            connection = await asyncpg.connect(url, server_settings=writing)
            for statement in statements:
                await connection.execute(statement)
            await connection.close()

        with contextlib.suppress(*AWAY):
            asyncio.run(ask())

    def _stop_server(self, name: str, number: signal.Signals) -> None:
        """At once, with nothing brought to an end: SIGQUIT is PostgreSQL's immediate shutdown."""
        record = read_record(self._servers / name)
        assert record is not None
        if record.pid:  # otherwise it is only starting
            os.kill(record.pid, number)
