"""How followers of a job are told: by hints while Redis lives, by looking while it does not."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from deckgen.config.settings import Settings
from deckgen.dev import stack
from deckgen.dev.processes import free_port
from deckgen.queue import event_stream, pool
from deckgen.queue.event_notifier import CHANNEL, EventNotifier
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web import events as module
from deckgen.web.app import create_app
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving
from tests.streams import events

BRIEF = {"businessContext": "Test"}


@asynccontextmanager
async def serve(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=None)
    async with (
        serving(app) as url,
        patient(url, limits=limits) as client,
    ):
        yield client


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with serve(create_app(settings)) as client:
        yield client


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "LOOK_SECONDS", 0.02)


@pytest.fixture
def hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "LOOK_SECONDS", 3600)


@pytest.fixture
async def job_id(decks: AsyncOrchestrator) -> str:
    return await submit(decks, "d")


async def submit(decks: AsyncOrchestrator, deck: str) -> str:
    one = await decks.enqueue_presentation_generation(deck, "u", BRIEF)
    return one.job_id


async def waiting(api: httpx.AsyncClient, job_id: str, then: Callable[[], None]) -> list[str]:
    """What a stream tells; calls `then` once the first event was heard."""
    heard = []
    async for event in events(api, job_id):
        heard.append(event["event"])
        if len(heard) == 1:
            then()
    return heard


@pytest.mark.usefixtures("hearing")
async def test_what_another_api_does_is_heard(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, job_id: str
) -> None:
    """A change of priority and a cancellation are told by the process that makes them."""
    heard: list[str] = []
    async for event in events(api, job_id):
        heard.append(event["event"])
        if len(heard) == 1:
            await decks.change_priority(job_id, 9)
        elif len(heard) == 2:
            await decks.cancel_job(job_id)
    assert heard == ["job.accepted", "job.priority_changed", "job.cancelled"]


@pytest.mark.usefixtures("looking")
async def test_without_redis(settings: Settings, decks: AsyncOrchestrator, job_id: str) -> None:
    """An API that can't reach Redis finds the events by looking for them."""
    alone = settings.model_copy(update={"redis_port": free_port()})
    async with serve(create_app(alone)) as api:
        heard = []
        async for event in events(api, job_id):
            heard.append(event["event"])
            if len(heard) == 1:
                await decks.cancel_job(job_id)
    assert heard == ["job.accepted", "job.cancelled"]


@pytest.mark.usefixtures("looking")
async def test_a_lost_hint(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was never told is found by looking."""
    monkeypatch.setattr(EventNotifier, "tell", lambda self, job_id: None)
    async for event in events(api, job_id):
        if event["event"] == "job.accepted":
            await decks.cancel_job(job_id)
    assert event["event"] == "job.cancelled"


@pytest.mark.usefixtures("hearing")
async def test_redis_comes_back(
    api: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    runtime: Runtime,
    job_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What happened while the connection to Redis was lost is found when it is made again."""
    monkeypatch.setattr(event_stream, "PAUSE_SECONDS", 0.01)
    async for event in events(api, job_id):
        if event["event"] == "job.accepted":
            await subscribed(runtime, [job_id])
            monkeypatch.setattr(EventNotifier, "tell", lambda self, job_id: None)
            await decks.cancel_job(job_id)
            await runtime.delivery.client_kill_filter(_type="pubsub")
    assert event["event"] == "job.cancelled"


@pytest.mark.usefixtures("hearing")
async def test_silence_is_not_the_end(
    api: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    runtime: Runtime,
    job_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A channel on which nothing was told for long is asked whether it is there, and kept."""
    monkeypatch.setattr(pool, "SILENCE_SECONDS", 0.02)
    async for event in events(api, job_id):
        if event["event"] == "job.accepted":
            await subscribed(runtime, [job_id])
            await runtime.delivery.config_resetstat()
            async with asyncio.timeout(PATIENCE_SECONDS):
                while await calls(runtime, "ping") < 3:  # noqa: ASYNC110 - only Redis knows
                    await asyncio.sleep(0.005)
            await decks.cancel_job(job_id)
    assert event["event"] == "job.cancelled"
    assert await calls(runtime, "subscribe") == 0


async def calls(runtime: Runtime, command: str) -> int:
    stats = await runtime.delivery.info("commandstats")
    return int(stats.get(f"cmdstat_{command}", {"calls": 0})["calls"])


async def subscribed(runtime: Runtime, job_ids: list[str]) -> None:
    """Wait until these jobs, and no others, are listened for."""
    wanted = {CHANNEL.encode()} | {(CHANNEL + job_id).encode() for job_id in job_ids}
    async with asyncio.timeout(PATIENCE_SECONDS):
        while set(await runtime.delivery.pubsub_channels()) != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


@pytest.mark.usefixtures("hearing")
async def test_one_connection_hears_for_all(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """A process has one subscriber however many follow; who waits holds no connection to PostgreSQL;
    when they have gone nothing of theirs is listened for."""
    jobs = [await submit(decks, f"d{number}") for number in range(20)]
    async with AsyncExitStack() as streams:
        for job_id in jobs * 5:
            stream = events(api, job_id)
            streams.push_async_callback(stream.aclose)
            await anext(stream)
        await subscribed(runtime, jobs)
        assert len(await runtime.delivery.client_list(_type="pubsub")) == 1
        assert (await api.get(f"/api/ai/jobs/{jobs[0]}")).status_code == 200
    await subscribed(runtime, [])


@pytest.mark.usefixtures("hearing")
async def test_resumed_elsewhere(
    settings: Settings, runtime: Runtime, job_id: str, decks: AsyncOrchestrator
) -> None:
    """What was heard from one server is not told again by another, and the rest comes from there."""
    async with serve(create_app(settings)) as first, serve(create_app(settings)) as second:
        async for event in events(first, job_id):
            number = int(event["id"])
            break
        running = asyncio.create_task(run_attempt(runtime, job_id, 1))
        heard = [event["id"] async for event in events(second, job_id, after=number)]
    await running
    assert (number, heard) == (1, ["2", "3", "4", "5"])


@pytest.mark.usefixtures("hearing")
async def test_a_slow_client_holds_nobody_up(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """Who does not read what is sent is waited for alone."""
    await database.execute(
        "INSERT INTO job_events (job_id, number, kind, data) "
        "SELECT $1::uuid, n, 'step.completed', jsonb_build_object('x', repeat('x', 1000000)) "
        "FROM generate_series(2, 30) AS n",
        job_id,
    )
    await database.execute("UPDATE jobs SET last_event = 30")
    url = httpx.URL(api.base_url)
    _, slow = await asyncio.open_connection(url.host, url.port, limit=1)
    slow.write(f"GET /api/ai/jobs/{job_id}/events HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await slow.drain()
    await decks.cancel_job(job_id)
    heard = [event["id"] async for event in events(api, job_id)]
    slow.close()
    assert heard == [str(number) for number in range(1, 32)]


@pytest.mark.usefixtures("looking")
async def test_a_job_that_is_removed_lets_go(
    api: httpx.AsyncClient, database: OwnDatabase, job_id: str
) -> None:
    """A stream does not wait for what will never come."""
    heard = []
    async for event in events(api, job_id):
        heard.append(event["event"])
        await database.execute("DELETE FROM jobs")
    assert heard == ["job.accepted"]


@pytest.mark.usefixtures("hearing")
async def test_the_connection_is_kept_alive(
    api: httpx.AsyncClient, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing happens comments are sent."""
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.02)
    async with api.stream("GET", f"/api/ai/jobs/{job_id}/events") as response:
        async for line in response.aiter_lines():
            if line.startswith(": ping"):
                break
    assert line.startswith(": ping")


async def test_a_server_that_stops_lets_go(
    environment: dict[str, str], decks: AsyncOrchestrator, job_id: str, tmp_path: Path
) -> None:
    """SIGTERM ends a stream as a whole answer, which its client resumes elsewhere, and the process."""
    port = str(free_port())
    own = {"PORT": port, "AUTO_START_WORKER": "false"}
    with (tmp_path / "log").open("wb") as log:
        api = stack.spawn("api", environment | own, log.fileno())
    async with patient(f"http://127.0.0.1:{port}") as client:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await answers(client):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        heard = await waiting(client, job_id, then=lambda: api.send_signal(signal.SIGTERM))
    assert await asyncio.to_thread(api.wait, PATIENCE_SECONDS) == 0
    assert heard == ["job.accepted"]
    assert "Traceback" not in (tmp_path / "log").read_text()


async def answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).is_success
    except httpx.TransportError:
        return False
