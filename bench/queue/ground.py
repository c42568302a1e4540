"""What every figure stands on: durable servers of its own, emptied between figures, and a folder."""

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import asyncpg
import redis

from deckgen.config.settings import Settings
from deckgen.config.variables import both
from deckgen.dev import servers
from deckgen.dev.processes import ended_with_parent
from deckgen.store.migrate import migrate

ROOT = Path(__file__).parents[2]
EMPTY = "TRUNCATE presentations, datasets, workers CASCADE; UPDATE queue_state SET paused_at = NULL"
TICKS = os.sysconf("SC_CLK_TCK")
SETTLE_SECONDS = 1.5  # PostgreSQL counts what a session has done a second later
T = TypeVar("T")


@dataclass(frozen=True)
class Ground:
    """`environment` has DATABASE_URL and REDIS_*; `quick` asks for the short form."""

    environment: dict[str, str]
    folder: Path
    quick: bool

    def pick(self, whole: T, quick: T) -> T:
        return quick if self.quick else whole

    async def empty(self) -> None:
        """No rows, no keys, no backlog of dead rows."""
        async with self.database() as connection:
            await connection.execute(EMPTY)
            await connection.execute("CHECKPOINT")
        with self.redis() as client:
            client.flushall()

    @asynccontextmanager
    async def database(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(self.environment["DATABASE_URL"])
        try:
            yield connection
        finally:
            await connection.close()

    def redis(self, db: int = 0) -> redis.Redis:
        host, port = self.environment["REDIS_HOST"], int(self.environment["REDIS_PORT"])
        return redis.Redis(host, port, db, self.environment["REDIS_PASSWORD"])

    def redis_url(self, db: int) -> str:
        host, port = self.environment["REDIS_HOST"], self.environment["REDIS_PORT"]
        return f"redis://:{self.environment['REDIS_PASSWORD']}@{host}:{port}/{db}"

    def start(
        self, name: str, command: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        """Start a process of which the output goes to a log; it ends with this one at the latest."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [*ended_with_parent(signal.SIGTERM), *command],
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


@contextmanager
def ground(*, quick: bool) -> Iterator[Ground]:
    """Servers that write as safely as in production; nothing of them is left afterwards."""
    for name in Settings.model_fields:  # what a developer has set must not change what is measured
        for variable in both(name):
            os.environ.pop(variable, None)
    with (
        servers.temporary(fast=False) as use,
        tempfile.TemporaryDirectory(prefix="deckgen-bench-") as folder,
    ):
        os.chdir(folder)  # where there is no .env
        try:
            asyncio.run(migrate(use.environment["DATABASE_URL"]))
            yield Ground(use.environment, Path(folder), quick)
        finally:
            os.chdir(ROOT)


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def postgres_cpu_seconds(ground: Ground) -> float:
    """The processor time of PostgreSQL's processes that live (Linux)."""
    async with ground.database() as connection:
        own = await connection.fetchval("SELECT pg_backend_pid()")
        return sum(cpu_seconds(pid) for pid in _siblings(own) if pid != own)


def _siblings(pid: int) -> list[int]:
    parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@dataclass(frozen=True)
class Idle:
    """What one idle worker costs: Redis commands a second, percent of a core, transactions a second."""

    commands: float
    cpu: float
    transactions: float


async def watch_idle(ground: Ground, pid: int, seconds: float) -> Idle:
    """Look at idle servers for `seconds`; this look's own commands are taken off."""
    await asyncio.sleep(SETTLE_SECONDS)
    with ground.redis() as client:
        before, used, written = _commands(client), cpu_seconds(pid), await _transactions(ground)
        await asyncio.sleep(seconds)
        commands, cpu = _commands(client) - before - 1, cpu_seconds(pid) - used
    transactions = await _transactions(ground) - written
    return Idle(commands / seconds, 100 * cpu / seconds, transactions / seconds)


def _commands(client: redis.Redis) -> int:
    return int(client.info("stats")["total_commands_processed"])


async def _transactions(ground: Ground) -> int:
    async with ground.database() as connection:
        return await connection.fetchval(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        )
