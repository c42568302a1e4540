"""What a webhook can't reach, whatever its URL or the name server says; and what logs don't tell."""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import trustme
from starlette.responses import RedirectResponse

from deckgen.config.settings import Settings, load_settings
from deckgen.domain.webhooks import Notification, notification
from deckgen.worker import webhook_client
from deckgen.worker.webhook_client import UNREACHABLE, WebhookAnswer, post
from tests.patience import PATIENCE_SECONDS
from tests.receiver import SECRET, Receiver
from tests.serving import serving
from tests.stand_in import answer

ACCEPTED = WebhookAnswer(None)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Nothing private is allowed."""
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    return load_settings()


@pytest.fixture
def port(webhook_url: str) -> int:
    """Of the receiver at 127.0.0.1."""
    return urlsplit(webhook_url).port or 0


@pytest.fixture
def body() -> Notification:
    return notification("job.completed", {}, datetime.now(UTC), job_id="j", deck_id="d", user_id="u")


def allowing(settings: Settings, hosts: str) -> Settings:
    return settings.model_copy(update={"webhook_allowed_hosts": hosts})


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.0/8"),
        ("localhost", "localhost"),
        ("localhost", "127.0.0.1"),
        ("127.1", "127.0.0.1"),  # the C library takes these for addresses
        ("2130706433", "127.0.0.1"),
    ],
)
async def test_loopback_is_refused_unless_it_is_listed(
    settings: Settings, receiver: Receiver, port: int, body: Notification, host: str, allowed: str
) -> None:
    """The connection itself is guarded: the same URL is refused without the list, served with it."""
    url = f"http://{host}:{port}/hook"
    assert await post(settings, url, "id", body) == WebhookAnswer(UNREACHABLE)
    assert await post(allowing(settings, "10.0.0.0/8,other"), url, "id", body) == WebhookAnswer(
        UNREACHABLE
    )
    assert receiver.ids == []
    assert await post(allowing(settings, allowed), url, "id", body) == ACCEPTED
    assert receiver.ids == ["id"]


async def test_an_open_port_looks_like_a_closed_one(
    settings: Settings, port: int, body: Notification
) -> None:
    """Nobody learns by webhooks what listens on the private network."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        ports = (port, closed.getsockname()[1])
        answers = [await post(settings, f"http://localhost:{one}/", "id", body) for one in ports]
    assert answers[0] == answers[1]


@asynccontextmanager
async def decoy(host: str, port: int) -> AsyncIterator[list[bytes]]:
    """A server that accepts whatever comes; the list has what each connection sent first."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if data := await reader.read(1000):
            heard.append(data)
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(serve, host, port):
        yield heard


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """The name server says these of rebind.example, one after the other, and then always the last."""
    remaining, real = list(addresses), socket.getaddrinfo

    def resolve(host: Any, *args: Any, **options: Any) -> Any:
        if host in ("rebind.example", b"rebind.example"):
            host = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.skipif(not Path("/proc").exists(), reason="elsewhere 127.0.0.2 is no address of its own")
async def test_a_name_that_changes_its_address(
    settings: Settings,
    receiver: Receiver,
    port: int,
    body: Notification,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The address that was checked is the one that is posted to; 127.0.0.2 stands for a public one."""
    url = f"http://rebind.example:{port}/"
    async with decoy("127.0.0.2", port) as heard:
        resolving(monkeypatch, "127.0.0.2", "127.0.0.1")
        assert await post(allowing(settings, "127.0.0.2"), url, "id", body) == ACCEPTED
    assert len(heard) == 1
    assert receiver.ids == []
    # Now the name has its other address: a client without the guard reaches it, ours does not.
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_SECONDS) as unguarded:
        assert (await unguarded.post(url)).status_code == 500  # reached, and not signed
    assert await post(allowing(settings, "127.0.0.2"), url, "id", body) == WebhookAnswer(UNREACHABLE)


async def test_a_redirect_is_not_followed(
    settings: Settings, receiver: Receiver, port: int, body: Notification
) -> None:
    """Not to a private address, and not to one that is allowed either."""
    receiver.answers = [
        answer(RedirectResponse(f"http://{host}:{port}/inside", status_code=307))
        for host in ("localhost", "127.0.0.1")
    ]
    for _ in range(2):
        said = await post(allowing(settings, "127.0.0.1"), f"http://127.0.0.1:{port}/", "id", body)
        assert said == WebhookAnswer("The receiver answered with 307. Redirects are not followed.")
    assert receiver.targets == ["/?", "/?"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://nowhere.invalid/", f"http://{'a' * 64}.example/"]
)
async def test_nobody_there(settings: Settings, body: Notification, url: str) -> None:
    """A closed port, and names that nobody has or can have, are errors that are tried again."""
    assert await post(allowing(settings, "127.0.0.1"), url, "id", body) == WebhookAnswer(UNREACHABLE)


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes the file of a certificate for a name, of an authority that the worker trusts."""
    authority = trustme.CA()
    context = ssl.create_default_context()
    authority.configure_trust(context)
    monkeypatch.setattr(webhook_client, "certificates", lambda: context)

    def certify(name: str) -> Path:
        file = tmp_path / "certificate.pem"
        authority.issue_cert(name).private_key_and_cert_chain_pem.write_to_path(file)
        return file

    return certify


@pytest.mark.parametrize(
    ("name", "said"), [("localhost", ACCEPTED), ("other.example", WebhookAnswer(UNREACHABLE))]
)
async def test_a_certificate_is_checked_against_the_name(
    settings: Settings,
    receiver: Receiver,
    body: Notification,
    certified: Callable[[str], Path],
    name: str,
    said: WebhookAnswer,
) -> None:
    """Although the connection is made to an address, the receiver has to prove the name of the URL."""
    async with serving(receiver.app(), certified(name)) as address:
        url = address.replace("127.0.0.1", "localhost")
        assert await post(allowing(settings, "localhost"), url, "id", body) == said
    assert len(receiver.ids) == (said == ACCEPTED)


async def test_no_cookie_is_kept(
    settings: Settings, receiver: Receiver, port: int, body: Notification
) -> None:
    """What one receiver sets is not sent to the next one at the same host."""
    url, allowed = f"http://127.0.0.1:{port}/", allowing(settings, "127.0.0.1")
    redirect = RedirectResponse("/", headers={"Set-Cookie": "user=first"})
    receiver.answers = [answer(redirect)]
    await post(allowed, url, "id", body)
    await post(allowed, url, "id", body)
    assert receiver.cookies == [{}, {}]


async def test_logs_tell_neither_secret_nor_query(
    settings: Settings,
    port: int,
    body: Notification,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nor does httpx, which at this level tells each URL that it is given."""
    caplog.set_level(logging.DEBUG)
    for allowed in ("127.0.0.1", ""):
        url = f"http://us3r:pa55@127.0.0.1:{port}/h00k?token=t0k3n#fr4gment"
        await post(allowing(settings, allowed), url, "id", body, secrets=[SECRET])
    # The receiver, which runs in this process too, may log what it has received.
    lines = [one.getMessage() for one in caplog.records if not one.name.startswith("uvicorn")]
    said = "\n".join(lines)
    assert "HTTP Request: POST http://127.0.0.1" in said
    assert "webhook.unreachable" in said
    assert not any(
        word in said for word in (SECRET, SECRET[6:], "t0k3n", "h00k", "us3r", "pa55", "fr4gment")
    )
