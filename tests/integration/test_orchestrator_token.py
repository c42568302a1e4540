"""The token of the orchestrator: without it nobody has work done there."""

import subprocess
import sys
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from pydantic import SecretStr

from deckgen.config.settings import Settings, SettingsError, load_settings
from deckgen.domain.jobs import JobStatus
from deckgen.orchestrator.__main__ import check_door
from deckgen.orchestrator.app import create_app
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving
from tests.work import attempt

TOKEN, OTHER = "t" * 32, "o" * 32
CLOSED = [
    ("POST", "/steps/profile"),
    ("POST", "/held/steps/profile"),
    ("POST", "/verify"),
    ("POST", "/tables/data"),
    ("GET", "/metrics"),
    ("GET", "/nothing"),
]
WRONG = ["", "Bearer", f"Bearer {OTHER}", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \xff"]


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    secured = settings.model_copy(update={"orchestrator_token": SecretStr(TOKEN)})
    async with serving(create_app(secured)) as address:
        yield address


async def ask(url: str, method: str, path: str, *given: str) -> httpx.Response:
    headers = [(b"Authorization", value.encode("latin-1")) for value in given]
    async with patient(url) as http:
        return await http.request(method, path, headers=headers)


async def test_without_the_token(url: str) -> None:
    """Whatever is asked for, and however the token is wrong, the answer is 401 with a code."""
    for method, path in CLOSED:
        for given in ([], *([wrong] for wrong in WRONG), [f"Bearer {TOKEN}"] * 2):
            answer = await ask(url, method, path, *given)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json()["code"] == "orchestrator_token_refused"


async def test_with_the_token(url: str) -> None:
    """Who has it meets what comes behind the door."""
    statuses = [(await ask(url, *what, f"Bearer {TOKEN}")).status_code for what in CLOSED]
    assert 401 not in statuses


async def test_probes(url: str) -> None:
    """A probe needs no token; with a wrong one it says so, and a worker knows before a job does."""
    for path in ("/healthz", "/readyz"):
        assert (await ask(url, "GET", path)).is_success
        assert (await ask(url, "GET", path, f"Bearer {OTHER}")).status_code == 401


async def test_a_worker_with_another_token(
    new_runtime: Callable[[], Runtime], decks: AsyncOrchestrator, job_id: str, url: str
) -> None:
    """Its jobs wait with the reason, and use no attempt; its gate is shut."""
    stranger = new_runtime()
    for token in (None, SecretStr(OTHER)):
        await stranger.orchestrator.close()
        stranger.orchestrator = OrchestratorClient(
            url, timeout=PATIENCE_SECONDS, connections=1, token=token
        )
        job = await attempt(stranger, decks, job_id)
        assert (job.status, job.attempts) == (JobStatus.DELAYED, 0)
        assert job.error is not None
        assert job.error.code == "orchestrator_token_refused"
    assert not stranger.gate.is_open
    friend = new_runtime()
    await friend.orchestrator.close()
    friend.orchestrator = OrchestratorClient(
        url, timeout=PATIENCE_SECONDS, connections=1, token=SecretStr(TOKEN)
    )
    assert (await attempt(friend, decks, job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "orchestrator.internal"])
def test_it_does_not_listen_to_everybody(settings: Settings, host: str) -> None:
    """Beyond loopback it needs a token, and says how to make one."""
    beyond = settings.model_copy(update={"host": host})
    with pytest.raises(SettingsError, match="openssl rand -hex 32"):
        check_door(beyond)
    check_door(beyond.model_copy(update={"orchestrator_token": SecretStr(TOKEN)}))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_loopback(settings: Settings, host: str) -> None:
    """Who is alone on the machine needs none."""
    check_door(settings.model_copy(update={"host": host}))


def test_the_process_ends_with_the_sentence(environment: dict[str, str]) -> None:
    """It is refused before anything listens."""
    command = [sys.executable, "-m", "deckgen.orchestrator"]
    own = {**environment, "HOST": "0.0.0.0", "PATH": "/usr/bin:/bin"}
    ended = subprocess.run(
        command, env=own, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("ORCHESTRATOR_TOKEN: the orchestrator listens on HOST=0.0.0.0")


def test_a_short_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that can be guessed, or not be sent, is refused without being quoted."""
    for token in ("short", "ü" * 32, "a b" * 20):
        monkeypatch.setenv("ORCHESTRATOR_TOKEN", token)
        load_settings.cache_clear()
        with pytest.raises(SettingsError, match="ORCHESTRATOR_TOKEN can't be used") as refused:
            load_settings()
        assert token not in str(refused.value)
