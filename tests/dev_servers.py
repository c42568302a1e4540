"""Embedded servers in tests: used from another process, filled, waited for."""

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import redis

from deckgen.dev import locks
from deckgen.dev.keeper import SERVERS, read_record
from tests.patience import PATIENCE_SECONDS

CLIENT = """
import sys
from pathlib import Path
from deckgen.dev import servers
with servers.running(Path(sys.argv[1]), fast=True):
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextmanager
def client_process(data_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that uses the servers until its stdin is closed or it is killed."""
    command = [sys.executable, "-c", CLIENT, str(data_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield process


def write(environment: dict[str, str], value: int) -> None:
    """Leave `value` in both servers."""

    async def insert() -> None:
        connection = await asyncpg.connect(environment["DATABASE_URL"])
        await connection.execute("CREATE TABLE IF NOT EXISTS kept (value int)")
        await connection.execute("INSERT INTO kept VALUES ($1)", value)
        await connection.close()

    asyncio.run(insert())
    with connect(environment) as client:
        client.set("kept", value)


def read(environment: dict[str, str]) -> tuple[int, int]:
    """What `write` left in PostgreSQL and in Valkey."""

    async def select() -> int:
        connection = await asyncpg.connect(environment["DATABASE_URL"])
        value: int = await connection.fetchval("SELECT max(value) FROM kept")
        await connection.close()
        return value

    with connect(environment) as client:
        return asyncio.run(select()), int(client.get("kept"))


def connect(environment: dict[str, str]) -> redis.Redis:
    port, password = int(environment["REDIS_PORT"]), environment["REDIS_PASSWORD"]
    return redis.Redis(environment["REDIS_HOST"], port, password=password)


def server_pid(data_dir: Path, name: str) -> int:
    record = read_record(data_dir / name)
    assert record
    return record.pid


def keeper_pid(data_dir: Path, name: str) -> int:
    status = Path(f"/proc/{server_pid(data_dir, name)}/status").read_text()
    return int(status.split("PPid:")[1].split()[0])


def await_end_of_servers(data_dir: Path) -> None:
    """Until no process of a server is left: each of them holds this lock."""
    for name in SERVERS:
        with locks.exclusive(data_dir / name / "server.lock"):
            pass


def await_restart(data_dir: Path, name: str, former: int) -> None:
    """Until the keeper has written down that another process is ready."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while server_pid(data_dir, name) in (former, 0):
        assert time.monotonic() < deadline, "the server was not started again"
        time.sleep(0.01)


def starting_postgres(data_dir: Path, former: int) -> int:
    """The process that takes the place of `former`, as soon as it is there."""
    pid_file = data_dir / "postgres" / "data" / "postmaster.pid"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError, IndexError):
            if (pid := int(pid_file.read_text().splitlines()[0])) != former:
                return pid
    raise AssertionError("nothing was started")
