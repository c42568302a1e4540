"""Servers that are there and refuse to work: the worker stays, says why, and goes on by itself."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from deckgen.config.settings import Settings, load_settings
from deckgen.dev.processes import free_port
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.runtime.stopping import ECHO_SECONDS
from tests.patience import PATIENCE_SECONDS
from tests.probing import Worker, probes, ready, worker
from tests.serving import serving
from tests.stand_in import StandIn, held
from tests.valkeys import PASSWORD, Valkey, valkey

Begin = Callable[[Valkey], object]


def change_password(server: Valkey) -> None:
    """As with a restart: no connection is left that was let in before."""
    server.ask("ACL", "SETUSER", "default", "resetpass", ">another")
    server.password = "another"
    server.ask("CLIENT", "KILL", "TYPE", "normal")


BEGIN: dict[str, Begin] = {
    "full": lambda server: server.ask("CONFIG", "SET", "maxmemory", "1"),
    "no rights": lambda server: server.ask("ACL", "SETUSER", "default", "-@write", "-@scripting"),
    "a replica": lambda server: server.ask("REPLICAOF", "127.0.0.1", free_port()),
    "another password": change_password,
}
END: dict[str, Begin] = {
    "full": lambda server: server.ask("CONFIG", "SET", "maxmemory", "0"),
    "no rights": lambda server: server.ask("ACL", "SETUSER", "default", "+@all"),
    "a replica": lambda server: server.ask("REPLICAOF", "NO", "ONE"),
    "another password": lambda server: server.ask("ACL", "SETUSER", "default", f">{PASSWORD}"),
}
SAID = {
    "full": "Redis is full and takes no writes.",
    "no rights": "Redis gives the user in REDIS_USERNAME too few rights.",
    "a replica": "Redis is a replica and takes no writes.",
    "another password": "Redis does not accept REDIS_USERNAME or REDIS_PASSWORD.",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey of the test's own."""
    with valkey(tmp_path / "valkey", "maxmemory-policy noeviction") as one:
        yield one


@pytest.fixture
def settings(server: Valkey, configured: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in {**server.environment, "REDIS_DB": "0"}.items():
        monkeypatch.setenv(name, value)
    return load_settings()


@pytest.fixture
async def environment_of_worker(
    settings: Settings, server: Valkey, configured: dict[str, str], stand_in: StandIn
) -> AsyncIterator[dict[str, str]]:
    async with serving(stand_in.app()) as url:
        yield {
            **configured,
            **server.environment,
            "REDIS_DB": "0",
            "ORCHESTRATOR_URL": url,
            "WORKER_PORT": str(free_port()),
        }


@asynccontextmanager
async def running(
    environment: dict[str, str], log: Path
) -> AsyncIterator[tuple[Worker, httpx.AsyncClient]]:
    """A worker that is ready."""
    async with probes(environment) as client:
        with worker(environment, log) as process:
            await ready(client, 200)
            yield process, client


async def ended(decks: AsyncOrchestrator, job_id: str) -> JobStatus:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (job := await decks.get_job_status(job_id)).status.is_terminal:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return job.status


async def waits_for(decks: AsyncOrchestrator, job_id: str, words: str) -> None:
    """Until the job says that it waits for that."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in ((await decks.get_job_status(job_id)).waiting_for or ""):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("refusal", list(SAID))
async def test_a_redis_that_refuses(
    refusal: str,
    decks: AsyncOrchestrator,
    server: Valkey,
    environment_of_worker: dict[str, str],
    tmp_path: Path,
) -> None:
    """Worker and jobs say the reason, and the jobs of that time are done once it is over."""
    log = tmp_path / "log"
    async with running(environment_of_worker, log) as (process, client):
        BEGIN[refusal](server)
        answer = await ready(client, 503)
        job = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Hi"})
        await waits_for(decks, job.job_id, f"No worker can take jobs right now. {SAID[refusal]}")
        assert process.poll() is None
        END[refusal](server)
        assert await ended(decks, job.job_id) is JobStatus.COMPLETED
        await ready(client, 200)
        assert process.poll() is None
    assert answer.json()["reasons"] == [SAID[refusal]]
    assert PASSWORD not in log.read_text()


async def test_sigterm_while_redis_refuses(
    server: Valkey, environment_of_worker: dict[str, str], tmp_path: Path
) -> None:
    """A worker that waits for Redis ends when it is told to, as one that works."""
    async with running(environment_of_worker, tmp_path / "log") as (process, client):
        server.kill()
        await ready(client, 503)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, PATIENCE_SECONDS) == 0


async def test_sigterm_while_the_database_is_locked(
    environment_of_worker: dict[str, str], tmp_path: Path
) -> None:
    """A worker whose statements wait for a lock ends all the same."""
    connection = await asyncpg.connect(environment_of_worker["DATABASE_URL"])
    async with (
        running(environment_of_worker, tmp_path / "log") as (process, client),
        connection.transaction(),
    ):
        await connection.execute("LOCK TABLE jobs, workers, probes IN ACCESS EXCLUSIVE MODE")
        await ready(client, 503)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, PATIENCE_SECONDS) == 0
    await connection.close()


async def test_the_second_sigterm(
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    environment_of_worker: dict[str, str],
    tmp_path: Path,
) -> None:
    """The first one lets the step in flight end; the second one does not wait for it."""
    stand_in.answers[Step.DRAFT] = [held(asyncio.Event(), {})]
    async with running(environment_of_worker, tmp_path / "log") as (process, client):
        await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Hi"})
        await stand_in.called[Step.DRAFT].wait()
        process.send_signal(signal.SIGTERM)
        await ready(client, 503)
        await asyncio.sleep(ECHO_SECONDS)  # until then it is the first one's echo
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, PATIENCE_SECONDS) == -signal.SIGTERM
