"""Secrets and cells are planted wherever deckgen takes some, and looked for in all that it tells."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.dev import stack
from deckgen.dev.stack import Stack
from deckgen.queue.service import AsyncOrchestrator
from tests.clients import patient
from tests.keys import new_key, with_key
from tests.patience import PATIENCE_SECONDS
from tests.sentry import KEY as SENTRY_KEY
from tests.sentry import Sentry, dsn
from tests.serving import serving

CELL = "Zanzibar"
TABLE = f"region,sales\n{CELL},10\n{CELL}burg,20\n" * 20
BROKEN = f"region,sales\n{CELL},1\n".encode() * 20_000 + b"\x00\x01Zanzibar" * 20_000
PLANTED = {
    "WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "OPENAI_API_KEY": "sk-hunter2hunter2hunter2",
    "ORCHESTRATOR_TOKEN": "orchestrator-token-hunter2hunter2",
    "AUTH_PROXY_SECRET": "auth-proxy-secret-hunter2hunter2",
    "DECK_SIGNING_KEY": "aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMmh1bnQ=",
}
HOOK = "http://127.0.0.1:9/hook"  # where nobody listens
QUERY = "t0k3n-of-the-receiver"
BRIEF = {"businessContext": "How are sales?"}
# These show a deck, or are the one answer that has a secret.
SHOWING = ("/decks/", "/api/presentations/", "/share/")
MAKING = ("/api/keys", "/shares", "/api/webhooks/endpoints", "/rotate")


@dataclass
class Told:
    """What the clients were told, and every secret there is."""

    secrets: set[str] = field(default_factory=lambda: {SENTRY_KEY, QUERY, *PLANTED.values()})
    answers: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)  # decks, which have cells

    def hear(self, method: str, path: str, answer: httpx.Response) -> None:
        said = f"{method} {answer.status_code} {answer.headers} {answer.text}"
        if method == "POST" and answer.is_success and path.endswith(MAKING):
            values = answer.json()
            found = [values.get("key"), values.get("url"), values.get("secret")]
            self.secrets |= {
                value.removeprefix("/share/") for value in found if value and "://" not in value
            }
        elif path.startswith(SHOWING) and answer.is_success:
            self.shown.append(said)
        else:
            self.answers.append(said)


@dataclass(frozen=True)
class Asker:
    """A client with a key, whose answers are kept."""

    client: httpx.AsyncClient
    key: str
    told: Told

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = with_key(self.key) | options.pop("headers", {})
        answer = await self.client.request(method, path, headers=headers, **options)
        self.told.hear(method, path, answer)
        return answer

    async def make(self, deck: str, table: str | bytes) -> dict[str, Any]:
        """The job at its end."""
        form = {"deckId": deck, "userId": "ann", "context": json.dumps(BRIEF), "maxTokens": "0"}
        form["webhookUrl"] = f"{HOOK}?token={QUERY}#{QUERY}"
        files = {"csvData": ("sales.csv", table)}
        job = (await self.ask("POST", "/api/ai/generate-async", data=form, files=files)).json()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.ask("GET", f"{job['statusUrl']}/events")  # to the end of the job
        ended: dict[str, Any] = (await self.ask("GET", job["statusUrl"])).json()
        return ended


@pytest.fixture
async def sentry() -> Sentry:
    return Sentry()


@pytest.fixture
async def processes(
    environment: dict[str, str], sentry: Sentry, tmp_path: Path
) -> AsyncIterator[Stack]:
    """API, worker and orchestrator that ask for keys and say all that they can."""
    async with serving(sentry.app()) as url:
        loud = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json", "SENTRY_DSN": dsn(url), "AUTH": "keys"}
        more = {"WEBHOOK_ALLOWED_HOSTS": "127.0.0.1", "DRAIN_SECONDS": str(PATIENCE_SECONDS)}
        running = Stack(environment | PLANTED | loud | more, tmp_path).__enter__()
        try:
            yield running
        finally:
            await asyncio.to_thread(running.stop)


async def everything(asker: Asker) -> None:
    """Make decks, keys, links and endpoints, and ask for all that tells of them."""
    good, bad = await asker.make("good", TABLE), await asker.make("bad", BROKEN)
    assert (good["status"], bad["status"]) == ("completed", "failed")
    made = [
        await asker.ask("POST", "/api/keys", json={"name": "new"}),
        await asker.ask("POST", "/api/presentations/good/shares", json={}),
        await asker.ask("POST", "/api/webhooks/endpoints", json={"url": f"{HOOK}?token={QUERY}"}),
    ]
    assert [answer.status_code for answer in made] == [201, 201, 201]
    key, link, endpoint = [answer.json() for answer in made]
    rotated = await asker.ask(
        "POST", f"/api/webhooks/endpoints/{endpoint['endpointId']}/rotate", json={}
    )
    assert rotated.status_code == 200
    await asker.make("again", TABLE)  # whose end is told to the endpoint too
    for path in ("", ".pptx"):
        assert (await asker.ask("GET", f"{link['url']}{path}")).status_code == 200
    for path in (
        *("/api/keys", "/api/presentations/good/shares", "/api/webhooks/endpoints", "/api/audit"),
        *("/api/webhooks/deliveries", "/api/webhooks/secret", "/api/ai/jobs", "/api/ai/usage"),
        *("/openapi.json", "/docs", "/readyz", "/.well-known/deckgen-keys", "/api/ai/queue-status"),
        *("/api/presentations/good", "/decks/good"),
    ):
        assert (await asker.ask("GET", path)).status_code in (200, 503)
    for headers in (
        {"Authorization": f"Bearer {key['key']}x"},
        {"Authorization": f"Bearer {key['key'][:-1]}{'1' if key['key'].endswith('0') else '0'}"},
        {"Authorization": f"Basic {key['key']}"},
        {"Deckgen-Proxy-Secret": PLANTED["AUTH_PROXY_SECRET"], "Authorization": ""},
    ):
        assert (await asker.ask("GET", "/api/ai/jobs", headers=headers)).status_code == 401
    await asker.ask("DELETE", f"/api/keys/{key['keyId']}")
    await asker.ask("GET", "/api/ai/jobs", headers=with_key(key["key"]))
    wrong = {
        "deckId": "x",
        "userId": "ann",
        "context": BRIEF,
        "webhookUrl": f"http://10.0.0.1/?t={QUERY}",
    }
    assert (await asker.ask("POST", "/api/ai/generate-async", json=wrong)).status_code == 422
    assert (await asker.ask("DELETE", "/api/presentations/good")).status_code == 200
    assert (await asker.ask("GET", link["url"])).status_code == 404


async def test_nothing_tells_a_secret(
    processes: Stack, environment: dict[str, str], settings_of: Settings, sentry: Sentry
) -> None:
    """No log at any level, error, event, list, document or report to Sentry has a key, a password, a
    secret of a webhook, a link, a query of a URL, or a cell of a table; decks alone have cells.
    """
    told = Told()
    password = urlsplit(environment["DATABASE_URL"]).password
    assert password
    async with AsyncOrchestrator(settings_of) as decks:
        key = await new_key(decks)
    told.secrets |= {key, password, environment["REDIS_PASSWORD"]}
    async with patient(processes.url) as client:
        await everything(Asker(client, key, told))
    await asyncio.to_thread(processes.stop)
    logs = {name: processes.log(name).read_text() for name in stack.COMMANDS}
    reports = sentry.raw.decode().replace(SENTRY_KEY, "")  # which says whose Sentry it is
    assert len(told.secrets) >= 12
    assert sentry.events
    for where, text in {**logs, "sentry": reports, "answers": "\n".join(told.answers)}.items():
        found = [secret for secret in told.secrets if secret in text]
        assert (where, found) == (where, [])
        assert (where, CELL in text) == (where, False)
    shown = "\n".join(told.shown)
    assert CELL in shown  # the control: it is looked for under the name that it has
    assert [secret for secret in told.secrets if secret in shown] == []


@pytest.fixture
def settings_of(environment: dict[str, str], processes: Stack) -> Settings:
    """Of this process, for the first key, which is made on the server."""
    names = Settings.model_fields.keys()
    return Settings.model_validate(
        {name.lower(): value for name, value in environment.items() if name.lower() in names}
    )
