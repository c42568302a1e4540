"""How a worker's process says that it lives and that it is ready: /healthz, /readyz, `arq --check`."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest

from deckgen.config.settings import Settings
from deckgen.dev.processes import free_port
from deckgen.dev.stack import COMMANDS
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.pool import create_pool
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import pool as store
from deckgen.worker import probes as module
from deckgen.worker.probes import app
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.patience import PATIENCE_SECONDS
from tests.probing import probes, ready, worker
from tests.serving import serving
from tests.stand_in import StandIn, held

pytestmark = [pytest.mark.contract, pytest.mark.sample]
NOWHERE = 9  # a port at which nobody listens
Worker = subprocess.Popen[bytes]


@pytest.fixture
def probed(configured: Mapping[str, str]) -> dict[str, str]:
    """Settings with a port for the probes."""
    return {**configured, "WORKER_PORT": str(free_port())}


def check(environment: Mapping[str, str]) -> int:
    """The exit code of `arq --check`."""
    return subprocess.run(
        [*COMMANDS["worker"], "--check"], env={**os.environ, **environment}, capture_output=True
    ).returncode


async def test_a_worker_from_start_to_end(
    probed: dict[str, str], decks: AsyncOrchestrator, stand_in: StandIn, tmp_path: Path
) -> None:
    """It is ready once it is up, not while it drains, but alive then; and `arq --check` finds it.

    The step in flight is saved, and the exit code is 0.
    """
    go_on = asyncio.Event()
    stand_in.answers[Step.DRAFT] = [held(go_on, {"made": "draft"})]
    assert check(probed) == 1
    async with serving(stand_in.app()) as url, probes(probed) as client:
        with worker(probed | {"ORCHESTRATOR_URL": url}, tmp_path / "log") as process:
            await ready(client, 200)
            job = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Hi"})
            await stand_in.called[Step.DRAFT].wait()
            assert check(probed) == 0
            process.send_signal(signal.SIGTERM)
            answer = await ready(client, 503)
            alive = await client.get("/healthz")
            go_on.set()
            assert await asyncio.to_thread(process.wait, PATIENCE_SECONDS) == 0
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["reasons"] == ["The worker is draining."]
    assert alive.status_code == 200
    left = await decks.get_job_status(job.job_id)
    assert (left.status, left.attempts, left.progress.percent) == (JobStatus.WAITING, 0, 45)


async def test_a_port_for_each(probed: dict[str, str], tmp_path: Path) -> None:
    """Workers of one machine need no port; the second that is given the same one says so and ends."""
    port = {"WORKER_PORT": probed.pop("WORKER_PORT")}
    with worker(probed | port, tmp_path / "first"), worker(probed, tmp_path / "without") as without:
        async with probes(port) as client:
            answer = await ready(client, 503)
        with worker(probed | port, tmp_path / "second") as second:
            assert await asyncio.to_thread(second.wait, PATIENCE_SECONDS) == 1
        assert without.poll() is None
    (reason,) = answer.json()["reasons"]  # nobody serves steps here
    assert reason.startswith("The orchestrator can't be reached")
    assert "a WORKER_PORT of its own" in (tmp_path / "second").read_text()


@pytest.fixture
async def cut_off(new_runtime: Callable[[], Runtime], settings: Settings) -> AsyncIterator[Runtime]:
    """The runtime of a worker that reaches neither server."""
    runtime = new_runtime()
    runtime.probe_pool = create_pool(settings.model_copy(update={"redis_port": NOWHERE}), retries=0)
    runtime.database = await store.open_database(f"postgresql://127.0.0.1:{NOWHERE}/none")
    yield runtime
    await runtime.database.close()


async def test_a_worker_that_does_not_look_for_jobs(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not alive, however well its probes answer; one that waits for Redis is."""
    async with (
        serving(app(runtime)) as url,
        patient(url) as client,
    ):
        assert (await client.get("/healthz")).status_code == 200
        monkeypatch.setattr(module, "SILENT_SECONDS", 0.0)
        silent = await client.get("/healthz")
        looking = asyncio.create_task(runtime.delivery.zrangebyscore("q", max=0, num=1))
        while not runtime.delivery._asking:  # noqa: ASYNC110 - the next step of the other task
            await asyncio.sleep(0)
        waiting = await client.get("/healthz")
        looking.cancel()
    assert (silent.status_code, silent.json()["code"]) == (503, "worker_silent")
    assert waiting.status_code == 200


async def test_without_servers(cut_off: Runtime) -> None:
    """It is not ready while PostgreSQL and Redis are away, and names both; it is alive all the same."""
    async with (
        serving(app(cut_off)) as url,
        patient(url) as client,
    ):
        answer, alive = await client.get("/readyz"), await client.get("/healthz")
    assert (answer.status_code, alive.status_code) == (503, 200)
    assert answer.json()["reasons"] == [
        "The database can't be reached just now.",
        "Redis can't be reached.",
    ]
