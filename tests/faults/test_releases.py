"""The last release and this one side by side, with deploys in the middle of a model's work."""

import asyncio
import signal
import subprocess
import tarfile
from collections import Counter
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import httpx
import pytest

from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.dev.stack import Stack, spawn
from deckgen.domain.step_contract import NOT_HELD
from tests.model_stack import failed_checks, model_stack
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.faults, pytest.mark.contract]
LAST, COMMIT = "0.3.0", "0987e3970919fef99b4dd323a19d0b25ae9458e9"
THIS = "this"
JOBS = 3
LATENCY = 0.3


class Releases(Stack):
    """Each process is of the release that `versions` says when it is started."""

    def __init__(
        self, environment: Mapping[str, str], logs: Path, last: Path, versions: dict[str, str]
    ) -> None:
        super().__init__(environment, logs)
        self.versions = versions
        # Not the folder in which the tests run: that has this release.
        self._last = {"PYTHONPATH": str(last), "PYTHONSAFEPATH": "1"}

    def start_one(self, name: str) -> None:
        own = self._last if self.versions.get(name) == LAST else {}
        with self.log(name).open("ab") as log:
            self.processes[name] = spawn(name, self.environment | own, log.fileno())

    async def deploy(self, name: str) -> None:
        """SIGTERM, and the other release in its place once it is gone; until it is there."""
        process = self.processes[name]
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, PATIENCE_SECONDS)
        self.versions[name] = THIS if self.versions.get(name) == LAST else LAST
        self.start_one(name)
        await asyncio.to_thread(self.wait_ready, PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def last_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the last release, out of the history of this clone."""
    command = ["git", "-C", str(ROOT), "archive", COMMIT, "deckgen", "sql"]
    try:
        archive = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(f"This clone has no history, so there is no release {LAST} to run beside this one.")
    folder = tmp_path_factory.mktemp("last-release")
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


@pytest.fixture
def fake() -> FakeOpenAI:
    return FakeOpenAI(latency=LATENCY)


async def knows_held_files(stack: Stack) -> bool:
    """True for an orchestrator that can be asked about a table without sending it, as from 0.4.0 on."""
    url = f"{stack.environment['ORCHESTRATOR_URL']}/held/steps/profile"
    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, trust_env=False) as http:
        answer = await http.post(url)
    return bool(answer.json()["code"] == NOT_HELD)


@pytest.mark.parametrize(
    ("worker", "orchestrator"),
    [
        pytest.param(LAST, LAST, marks=pytest.mark.sample),  # as every operator deploys this release
        (LAST, THIS),
        (THIS, LAST),
        (THIS, THIS),
    ],
)
async def test_side_by_side(
    environment: dict[str, str],
    tmp_path: Path,
    fake: FakeOpenAI,
    last_release: Path,
    worker: str,
    orchestrator: str,
) -> None:
    """Whichever worker meets whichever orchestrator, and whatever is deployed meanwhile: no job fails,
    and no call is made twice.
    """
    versions = {"worker": worker, "orchestrator": orchestrator}
    new = partial(Releases, last=last_release, versions=versions)
    async with model_stack(environment, tmp_path, fake, new) as (stack, api):
        assert isinstance(stack, Releases)
        assert await knows_held_files(stack) == (orchestrator == THIS)
        jobs = [await api.submit(f"deck-{number}", userId=f"u{number}") for number in range(JOBS)]
        # The second deploy may come when all calls are through: the first one takes its time.
        for calls, in_flight, name in zip(
            (1, JOBS + 2), (1, 0), ("orchestrator", "worker"), strict=True
        ):
            await asyncio.wait_for(fake.until(calls, in_flight=in_flight), PATIENCE_SECONDS)
            await stack.deploy(name)
        ended = [await api.ended(job_id) for job_id in jobs]
        decks = [await api.deck(f"deck-{number}") for number in range(JOBS)]
    assert [(job["status"], job["error"]) for job in ended] == [("completed", None)] * JOBS
    assert set(Counter(entry.client_request_id for entry in fake.ledger).values()) == {1}
    assert [failed_checks(deck) for deck in decks] == [[]] * JOBS
