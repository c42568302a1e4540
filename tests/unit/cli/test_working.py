"""`deckgen workers`: a line for each worker and each of its jobs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from deckgen.cli.app import app
from deckgen.client import http
from deckgen.client.http import Client
from deckgen.domain.workers import WorkerList


def worker(name: str, *jobs: str, reason: str = "") -> dict[str, Any]:
    """A worker in the API's words; its jobs run for five hours."""
    now = datetime.now(UTC)
    since = (now - timedelta(hours=5)).isoformat()
    running = [{"jobId": each, "kind": "generate", "attempt": 1, "since": since} for each in jobs]
    times = {"startedAt": (now - timedelta(days=2)).isoformat(), "seenAt": now.isoformat()}
    return {"workerId": name, "concurrency": 2, "reason": reason, "jobs": running, **times}


def shown(monkeypatch: pytest.MonkeyPatch, *workers: dict[str, Any], options: str = "") -> str:
    answer = httpx.Response(200, json={"workers": workers})
    transport = httpx.MockTransport(lambda _: answer)
    monkeypatch.setattr(http, "Client", lambda url, key: Client(url, key, transport=transport))
    return CliRunner().invoke(app, ["workers", *options.split()], env={"COLUMNS": "160"}).output


def test_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who works has a line a job, and who does not says why."""
    two, away = worker("w1", "job-aaaa", "job-bbbb"), worker("w2", reason="The orchestrator is away.")
    lines = [line.split() for line in shown(monkeypatch, two, away).splitlines()[1:]]
    assert lines == [
        ["w1", "2", "d", "2", "of", "2", "job-aaaa", "(generate)", "5", "h"],
        ["job-bbbb", "(generate)", "5", "h"],
        ["w2", "2", "d", "0", "of", "2", "The", "orchestrator", "is", "away."],
    ]


def test_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job says the step that it is at, and of slides how many are written."""
    two = worker("w1", "job-aaaa", "job-bbbb")
    two["jobs"][0] |= {"step": "slide", "done": 3, "of": 7}
    two["jobs"][1] |= {"step": "profile"}
    told = shown(monkeypatch, two)
    assert "(generate, slide 3 of 7)" in told
    assert "(generate, profile)" in told


def test_words_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a machine steers no terminal."""
    assert "\x1b" not in shown(monkeypatch, worker("\x1b[2J", "j"))


def test_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is why jobs wait, so it is said."""
    assert shown(monkeypatch) == "No worker is running.\n"


def test_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the API's answer."""
    told = WorkerList.model_validate_json(shown(monkeypatch, worker("w1", "j"), options="--json"))
    assert told.workers[0].jobs[0].job_id == "j"
