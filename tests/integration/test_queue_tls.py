"""Redis by TLS: from a request to a deck, and no word to a server that is not trusted."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from deckgen.client.http import Client
from deckgen.config.settings import Settings
from deckgen.dev.processes import LOOPBACK
from deckgen.dev.stack import COMMANDS, Stack
from deckgen.queue.pool import QUEUE_NAME, create_pool
from deckgen.redis.refusals import DistrustError
from tests.tls_front import Front, tls_front, write_ca
from tests.valkeys import MASTER, PASSWORD, SENTINEL_PASSWORD, Valkey, valkey

NEVER = 10_000  # retries: who tried again would not come to an end


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Valkey]:
    with valkey(tmp_path / "server") as server:
        yield server


@pytest.fixture
def front(server: Valkey, authority: trustme.CA) -> Iterator[Front]:
    with tls_front(server.port, authority) as front:
        yield front


def tls(authority: trustme.CA, folder: Path) -> dict[str, str]:
    return {
        "REDIS_PASSWORD": PASSWORD,
        "REDIS_TLS": "true",
        "REDIS_TLS_CA": write_ca(authority, folder),
    }


def at(port: int) -> dict[str, str]:
    return {"REDIS_HOST": LOOPBACK, "REDIS_PORT": str(port)}


def make_deck(environment: dict[str, str], logs: Path) -> None:
    """With processes of our own: API, `arq` worker and orchestrator."""
    logs.mkdir()
    with Stack(environment, logs) as stack, Client(stack.url) as client:
        job_id = client.submit(None, "How are sales?", deck_id="d", user_id="u").job_id
        client.wait(job_id)


@pytest.mark.contract  # a part of what the other test of a deck goes through
def test_a_deck_by_tls(database_url: str, authority: trustme.CA, front: Front, tmp_path: Path) -> None:
    """Every process reaches Redis by TLS, and nothing goes by without it."""
    own = {"DATABASE_URL": database_url, **tls(authority, tmp_path), **at(front.port)}
    make_deck(own, tmp_path / "logs")
    for sent in (QUEUE_NAME, "deckgen:answer:", "deckgen:cancelled"):
        assert sent.encode() in front.secret
    assert front.plain == b""


def test_a_deck_by_sentinel_and_tls(
    database_url: str, authority: trustme.CA, front: Front, tmp_path: Path
) -> None:
    """The sentinels are asked by TLS too."""
    watched = (
        f"sentinel monitor {MASTER} {LOOPBACK} {front.port} 1",
        f"sentinel auth-pass {MASTER} {PASSWORD}",
    )
    with (
        valkey(tmp_path / "sentinel", *watched, sentinel=True) as sentinel,
        tls_front(sentinel.port, authority) as asked,
    ):
        own = {
            "DATABASE_URL": database_url,
            "REDIS_SENTINELS": f"{LOOPBACK}:{asked.port}",
            "REDIS_SENTINEL_MASTER": MASTER,
            "REDIS_SENTINEL_PASSWORD": SENTINEL_PASSWORD,
            **tls(authority, tmp_path),
        }
        make_deck(own, tmp_path / "logs")
    assert QUEUE_NAME.encode() in front.secret
    assert b"MASTERS" in asked.secret
    assert asked.plain == b""


@pytest.mark.parametrize(("ca", "host"), [("other", LOOPBACK), ("own", "localhost")])
async def test_a_certificate_that_is_not_trusted(
    server: Valkey, authority: trustme.CA, tmp_path: Path, ca: str, host: str
) -> None:
    """By another CA, or for another host, it is refused at once, and the password is not sent."""
    trusted = authority if ca == "own" else trustme.CA()
    with tls_front(server.port, authority, host=host) as front:
        own = {**tls(trusted, tmp_path), **at(front.port)}
        settings = Settings.model_validate({name.lower(): value for name, value in own.items()})
        pool = create_pool(settings, retries=NEVER)
        with pytest.raises(DistrustError, match=rf"^The certificate of Redis at {LOOPBACK}:.+"):
            await pool.get("a")
        await pool.aclose()
    assert front.secret + front.plain == b""


def test_a_worker_says_why_it_ends(database_url: str, front: Front, tmp_path: Path) -> None:
    """With the wrong CA it ends at once, and its last line is the reason."""
    own = {"DATABASE_URL": database_url, **tls(trustme.CA(), tmp_path), **at(front.port)}
    done = subprocess.run(COMMANDS["worker"], env={**os.environ, **own}, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Did the CA in REDIS_TLS_CA sign it" in done.stdout.splitlines()[-1]
    assert front.secret == b""
