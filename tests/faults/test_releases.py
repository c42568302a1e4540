"""The last release and this one side by side, with deploys in the middle of a model's work."""

import asyncio
import os
import signal
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.dev.stack import Stack, spawn
from tests.model_stack import failed_checks, model_stack
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.faults, pytest.mark.contract]
LAST, COMMIT = "0.4.0", "a87c83b5c4923207aa8a3672100eba24005b3244"
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
        with self.log(name).open("ab") as log:
            self.processes[name] = spawn(name, self.environment | self._own(name), log.fileno())

    def _own(self, name: str) -> dict[str, str]:
        return self._last if self.versions.get(name) == LAST else {}

    def code_of(self, name: str) -> Path:
        """Where a process with that environment finds deckgen."""
        command = [sys.executable, "-c", "import deckgen.config; print(deckgen.config.__file__)"]
        environment = os.environ | self._own(name)
        return Path(subprocess.check_output(command, env=environment, text=True).strip())

    def fits(self) -> bool:
        """An orchestrator of this release serves the last one's worker, and not the other way round."""
        return (self.versions["worker"], self.versions["orchestrator"]) != (THIS, LAST)

    async def upgrade(self) -> None:
        """To this release, as operators do: the orchestrator first."""
        for name in ("orchestrator", "worker"):
            if self.versions[name] == LAST:
                await self.deploy(name)

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
    and no call is made twice. A job whose steps one of them does not know waits for an upgrade.
    """
    versions = {"worker": worker, "orchestrator": orchestrator}
    new = partial(Releases, last=last_release, versions=versions)
    async with model_stack(environment, tmp_path, fake, new) as (stack, api):
        assert isinstance(stack, Releases)
        for name, version in versions.items():
            assert stack.code_of(name).is_relative_to(last_release) == (version == LAST)
        jobs = [await api.submit(f"deck-{number}", userId=f"u{number}") for number in range(JOBS)]
        # The second deploy may come when all calls are through: the first one takes its time.
        for calls, in_flight, name in zip(
            (1, JOBS + 2), (1, 0), ("orchestrator", "worker"), strict=True
        ):
            if stack.fits():
                await asyncio.wait_for(fake.until(calls, in_flight=in_flight), PATIENCE_SECONDS)
            await stack.deploy(name)
        await stack.upgrade()
        ended = [await api.ended(job_id) for job_id in jobs]
        decks = [await api.deck(f"deck-{number}") for number in range(JOBS)]
    assert [(job["status"], job["error"]) for job in ended] == [("completed", None)] * JOBS
    assert set(Counter(entry.client_request_id for entry in fake.ledger).values()) == {1}
    assert [failed_checks(deck) for deck in decks] == [[]] * JOBS
