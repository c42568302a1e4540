"""Workers as processes of their own, asked at their WORKER_PORT."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx

from deckgen.dev.stack import spawn
from tests.clients import patient
from tests.patience import PATIENCE_SECONDS

Worker = subprocess.Popen[bytes]


@contextmanager
def worker(environment: Mapping[str, str], log: Path) -> Iterator[Worker]:
    with log.open("wb") as output:
        process = spawn("worker", environment, output.fileno())
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def probes(environment: Mapping[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    async with patient(f"http://127.0.0.1:{environment['WORKER_PORT']}") as client:
        yield client


async def ready(client: httpx.AsyncClient, status: int) -> httpx.Response:
    """The answer of /readyz, once it has this status."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                answer = await client.get("/readyz")
            except httpx.ConnectError:
                answer = None
            if answer is not None and answer.status_code == status:
                return answer
            await asyncio.sleep(0.02)
