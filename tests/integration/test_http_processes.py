"""The door of the processes as they are really started."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deckgen.dev.processes import free_port
from deckgen.dev.stack import spawn
from deckgen.http.limits import OWN_FILES, with_open_files
from tests.clients import patient
from tests.patience import PATIENCE_SECONDS

PORTS = {"api": "PORT", "orchestrator": "ORCHESTRATOR_PORT", "worker": "WORKER_PORT"}
LIMITS = {
    "AUTO_START_WORKER": "false",
    "MAX_HEADER_BYTES": "2000",
    "HEADER_TIMEOUT_SECONDS": "1",
    "MAX_CONNECTIONS": "2",
    "ALLOWED_HOSTS": "deckgen.internal",
}
HALF = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(params=PORTS)
def port(request: pytest.FixtureRequest, configured: dict[str, str], tmp_path: Path) -> Iterator[int]:
    """Where a process with small limits listens."""
    number = free_port()
    own = configured | LIMITS | {PORTS[request.param]: str(number)}
    with (tmp_path / "log").open("wb") as log:
        process = spawn(request.param, own, log.fileno())
    yield number
    process.kill()
    process.wait()


async def alive(client: httpx.AsyncClient) -> None:
    """Once it answers."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                answer = await client.get("/healthz", headers={"Connection": "close"})
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
                continue
            assert answer.status_code == 200
            return


async def test_every_process_has_limits(port: int) -> None:
    """Size and time of headers, number of connections and hosts are bounded by the settings."""
    async with patient(f"http://127.0.0.1:{port}") as client:
        await alive(client)
        long = await client.get("/healthz", headers={"X": "a" * 3_000})
        other = await client.get("/healthz", headers={"Host": "deckgen.internal"})
    assert (long.status_code, long.json()["code"]) == (431, "header_too_large")
    assert other.status_code == 200
    halves = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
    for _, writer in halves:
        writer.write(HALF)
    async with asyncio.timeout(PATIENCE_SECONDS):
        answers = [await reader.read() for reader, _ in halves]
    for _, writer in halves:
        writer.close()
    assert sorted(answer.split()[1] for answer in answers) == [b"408", b"408", b"503"]


def test_connections_need_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's soft limit is raised as far as may be, and what does not fit is not promised."""
    limits = [50, 1_000]
    monkeypatch.setattr("resource.getrlimit", lambda _: tuple(limits))
    monkeypatch.setattr("resource.setrlimit", lambda _, given: limits.__setitem__(0, given[0]))
    assert with_open_files(300) == 300
    assert limits[0] == 300 + OWN_FILES
    assert with_open_files(5_000) == 1_000 - OWN_FILES
    assert limits[0] == 1_000
