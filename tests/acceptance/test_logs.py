"""What the real processes log and tell Sentry: enough to see, and nothing of data or secrets."""

import asyncio
import json
import socket
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deckgen.dev import stack
from deckgen.dev.stack import Stack
from tests.clients import patient
from tests.integration import buggy_process
from tests.patience import PATIENCE_SECONDS
from tests.sentry import KEY, Sentry, dsn
from tests.serving import serving

MARKER = "Zanzibar"  # in all that is a user's
HEAD = f"region,{MARKER}Head\n"
GOOD = HEAD + "".join(f"{MARKER}Cell{number % 5},{number * 7 % 31}\n" for number in range(40))
BAD = HEAD.encode() + b"Zanzibar,2\n" * 20_000 + b"\x00\x01Zanzibar" * 20_000
SECRETS = {
    "WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "OPENAI_API_KEY": "sk-hunter2hunter2hunter2",
}
SETTINGS = SECRETS | {"WEBHOOK_ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "DEBUG"}
SETTINGS["DRAIN_SECONDS"] = str(PATIENCE_SECONDS)  # whoever ends later is killed
BRIEF = {"businessContext": f"How is {MARKER}?"}


@pytest.fixture
async def sentry() -> Sentry:
    return Sentry()


@pytest.fixture
async def sentry_dsn(sentry: Sentry) -> AsyncIterator[str]:
    async with serving(sentry.app()) as url:
        yield dsn(url)


@asynccontextmanager
async def running(environment: dict[str, str], folder: Path) -> AsyncIterator[Stack]:
    """The processes; they are given the time to tell Sentry what they have to tell at their end."""
    processes = Stack(environment, folder).__enter__()
    try:
        yield processes
    finally:
        codes = await asyncio.to_thread(processes.stop)
    assert codes == {"orchestrator": 0, "api": 0, "worker": 0}


def client(processes: Stack) -> httpx.AsyncClient:
    return patient(processes.url)


async def make(api: httpx.AsyncClient, deck: str, csv: str | bytes | None) -> dict[str, Any]:
    """The job at its end; its webhook can't be reached, and has a secret in its address."""
    form = {"deckId": deck, "userId": "u", "context": json.dumps(BRIEF)}
    form |= {"webhookUrl": f"http://127.0.0.1:9/hook?token={MARKER}", "maxTokens": "0"}
    fields: list[tuple[str, Any]] = [(name, (None, value)) for name, value in form.items()]
    if csv:
        fields.append(("csvData", (f"{MARKER}.csv", csv)))
    accepted = await api.post("/api/ai/generate-async", files=fields)
    assert accepted.status_code == 202, accepted.text
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            job: dict[str, Any] = (await api.get(accepted.json()["statusUrl"])).json()
            if job["status"] in ("completed", "failed"):
                return job
            await asyncio.sleep(0.05)


def output(processes: Stack) -> dict[str, str]:
    return {name: processes.log(name).read_text() for name in stack.COMMANDS}


def assert_no_secrets(text: str, environment: dict[str, str]) -> None:
    password = urlsplit(environment["DATABASE_URL"]).password
    for secret in (MARKER, KEY, password, environment["REDIS_PASSWORD"], *SECRETS.values()):
        assert secret
        assert secret not in text
        assert secret.removeprefix("whsec_") not in text


@dataclass(frozen=True)
class Said:
    """What came of a good and a bad table: the jobs, the logs in JSON, and Sentry's events."""

    environment: dict[str, str]
    good: dict[str, Any]
    bad: dict[str, Any]
    logs: dict[str, str]
    sentry: Sentry


@pytest.fixture(scope="module")
async def said(
    module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Said]:
    """Of processes that two tests share, in whose environment stand variables that set nothing."""
    others = {"LOGLEVEL": MARKER, "DECKGEN_IMAGE": MARKER, "ORCHESTRATOR_SERVICE_HOST": MARKER}
    sentry = Sentry()
    async with serving(sentry.app()) as url:
        more = others | {"LOG_FORMAT": "json", "SENTRY_DSN": dsn(url)}
        settings = module_environment | SETTINGS | more
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WORKER_PORT", f"tcp://{MARKER}:80")
            folder = tmp_path_factory.mktemp("logs")
            async with running(settings, folder) as processes, client(processes) as api:
                good, bad = await make(api, "good", GOOD), await make(api, "bad", BAD)
        yield Said(module_environment, good, bad, output(processes), sentry)


def test_variables_that_set_nothing(said: Said) -> None:
    """Every process says once which ones it passed over, and what they may have meant."""
    for text in said.logs.values():
        lines = [line for line in map(json.loads, text.splitlines()) if "variable" in line]
        assert [(line["level"], line["event"], line["variable"]) for line in lines] == [
            ("warning", "setting.unknown", "DECKGEN_IMAGE"),
            ("warning", "setting.unknown", "LOGLEVEL"),
            ("info", "setting.service_link", "WORKER_PORT"),
        ]
        assert [line.get("did_you_mean") for line in lines] == [None, "LOG_LEVEL", None]


def test_json_logs(said: Said) -> None:
    """Every line is JSON; each job's lines name job and deck from the request to its end; neither they
    nor Sentry hold anything of the user's or of the settings, even at level DEBUG."""
    assert (said.good["status"], said.bad["status"]) == ("completed", "failed")
    events = events_by_deck(said.logs)
    assert events["good"] == {
        "api": {"job.accepted", "job.dispatched"},
        "worker": {
            "job.started",
            "step.completed",
            "job.completed",
            "webhook.unreachable",
            "webhook.delayed",
        },
        "orchestrator": {"step.executed"},
    }
    assert "job.failed" in events["bad"]["worker"]
    (event,) = said.sentry.events
    assert event["tags"]["deckId"] == "bad"
    assert said.sentry.refused == []
    assert_no_secrets(said.sentry.raw.decode().replace(KEY, ""), said.environment)
    for text in said.logs.values():
        assert_no_secrets(text, said.environment)


def events_by_deck(logs: dict[str, str]) -> dict[str, dict[str, set[str]]]:
    """For each deck, what each process said of it; each of these lines has the deck's job too."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, text in logs.items():
        for line in map(json.loads, text.splitlines()):
            assert {"event", "level", "timestamp"} <= line.keys()
            assert line["level"] != "debug" or line["logger"].startswith("deckgen."), line
            if line["event"].startswith(("job.", "step.", "webhook.")):
                assert len(line["jobId"]) == 36
                found[line["deckId"]][name].add(line["event"])
    return found


@pytest.fixture(scope="module")
async def text(module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Said:
    """The same in logs for people, with a bug that a strange path meets, and with a Sentry that takes
    connections and never answers."""
    command = [sys.executable, "-m", buggy_process.__name__, "api"]
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.MonkeyPatch.context() as patch:
        patch.setitem(stack.COMMANDS, "api", command)
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        silent_dsn = dsn(f"http://127.0.0.1:{silent.getsockname()[1]}")
        settings = module_environment | SETTINGS | {"SENTRY_DSN": silent_dsn}
        folder = tmp_path_factory.mktemp("text")
        async with running(settings, folder) as processes, client(processes) as api:
            good, bad = await make(api, "text-good", GOOD), await make(api, "text-bad", BAD)
            shown = await api.get("/api/presentations/%1B%5B2J%0D%0Aforged%C2%85%E2%80%AE%7F")
    assert shown.status_code == 500
    return Said(module_environment, good, bad, output(processes), Sentry())


def test_text_logs(text: Said) -> None:
    """For people the lines say the same. A Sentry that never answers holds neither jobs nor ends up."""
    for job, event in ((text.good, "job.completed"), (text.bad, "job.failed")):
        (line,) = [line for line in text.logs["worker"].splitlines() if event in line]
        assert f"jobId={job['jobId']}" in line
        assert f"deckId={job['deckId']}" in line
    for log in text.logs.values():
        assert_no_secrets(log, text.environment)


def test_no_escape_sequence_reaches_a_text_log(text: Said) -> None:
    """Of a path that a bug is logged with: it is there to be read, on one line."""
    log = text.logs["api"]
    assert r"\x1b[2Jforged\x85\u202e\x7f" in log.replace("\\\\", "\\")
    assert all(line.isprintable() for line in log.split("\n"))


async def test_bugs(
    environment: dict[str, str],
    sentry: Sentry,
    sentry_dsn: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bug of any process is logged with its trace and told to Sentry once, without its message; a job
    that fails of one is one event; a client sees only a problem."""
    for name in stack.COMMANDS:
        command = [sys.executable, "-m", buggy_process.__name__, name]
        monkeypatch.setitem(stack.COMMANDS, name, command)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    quick = {"MAX_ATTEMPTS": "2", "RETRY_BASE_SECONDS": "0.01", "LOG_FORMAT": "json"}
    settings = environment | SETTINGS | quick | {"SENTRY_DSN": sentry_dsn}
    async with running(settings, tmp_path) as processes, client(processes) as api:
        shown = await api.get("/api/presentations/d")
        step = await api.post(
            f"{processes.environment['ORCHESTRATOR_URL']}/steps/draft",
            headers={"Idempotency-Key": "k"},
            files={"request": ("request.json", json.dumps(STEP_REQUEST), "application/json")},
        )
        job = await make(api, "d", None)
    for answer in (shown, step):
        assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Error" not in answer.text
    logs = output(processes)
    for name, text in logs.items():
        traces = [
            line["exception"] for line in map(json.loads, text.splitlines()) if "exception" in line
        ]
        assert len(traces) == (2 if name == "worker" else 1)
        assert all("buggy_process.py" in trace and "Error" in trace for trace in traces)
        assert_no_secrets(text, environment)
    assert job["error"]["code"] == "internal_error"
    assert sentry.refused == []
    told = [(one["tags"]["process"], one["tags"].get("jobType")) for one in sentry.events]
    assert sorted(told, key=str) == [
        ("api", None),
        ("orchestrator", None),
        ("worker", "presentation-generation"),
        ("worker", None),
    ]
    assert_no_secrets(sentry.raw.decode().replace(KEY, ""), environment)


STEP_REQUEST = {
    "jobId": "00000000-0000-0000-0000-000000000000",
    "deckId": "d",
    "brief": BRIEF,
    "dataset": None,
    "inputs": {},
}
