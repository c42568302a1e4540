"""`deckgen verify`: what it says of who signed a deck, and its exit code."""

import asyncio
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.client import trust
from deckgen.client.trust import KEYS_PATH
from deckgen.domain.signing import sign
from deckgen.domain.signing_keys import PublicKey
from tests.serving import serving
from tests.signatures import KEY, OTHER_KEY
from tests.unit.orchestrator.analyst.engine import run_table

TABLE = "region,sales\nnorth,60\nsouth,30\nwest,10\n"
SHA256 = hashlib.sha256(TABLE.encode()).hexdigest()
KEY_ID = KEY.public.key_id


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A deck that holds in all else, not signed."""
    table = tmp_path_factory.mktemp("made") / "sales.csv"
    return run_table(table, TABLE, "Who leads?").deck.to_json()


@pytest.fixture
def signed(made: Any) -> Any:
    return sign(made, KEY, table_sha256=SHA256, version="1")


@pytest.fixture
def verify(tmp_path: Path) -> Callable[..., Result]:
    (tmp_path / "sales.csv").write_text(TABLE)

    def run(deck: Any, *options: str) -> Result:
        (tmp_path / "deck.json").write_text(json.dumps(deck, ensure_ascii=False, indent=1))
        files = [str(tmp_path / name) for name in ("deck.json", "sales.csv")]
        return CliRunner().invoke(app, ["verify", *files, *options])

    return run


class Instance:
    """A server that answers each path with what is set for it."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Response]] = {}

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._answer)])

    async def _answer(self, request: Request) -> Response:
        return self.answers[request.url.path]()

    def publish(self, *keys: PublicKey) -> None:
        told = [{"kty": "OKP", "crv": "Ed25519", "x": key.encoded} for key in keys]
        self.answers[KEYS_PATH] = lambda: JSONResponse({"keys": told})


@pytest.fixture
def instance() -> Iterator[tuple[Instance, str]]:
    """In a thread of its own: the command has its own event loop."""
    served, loop = Instance(), asyncio.new_event_loop()
    url: list[str] = []
    ready, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with serving(served.app()) as address:
            url.append(address)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    yield served, url[0]
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


def test_without_a_key_the_signer_is_not_known(verify: Callable[..., Result], signed: Any) -> None:
    """A valid signature is told with its key; whose that is can't be known, and it is no failure."""
    done = verify(signed)
    assert f"signed by an instance that is not known here (key {KEY_ID})" in done.stdout
    assert done.exit_code == 0


@pytest.mark.parametrize("has_field", [True, False])
def test_an_unsigned_deck_is_no_failure(
    verify: Callable[..., Result], made: Any, has_field: bool
) -> None:
    """A deck of version 0.1.0 has no signature: it is said, and the deck holds."""
    deck = {name: one for name, one in made.items() if has_field or name != "signature"}
    done = verify(deck)
    assert "\nnot signed\n" in done.stdout
    assert done.exit_code == 0


def test_a_key_names_the_signer(verify: Callable[..., Result], signed: Any, tmp_path: Path) -> None:
    """In base64, in a file, in PEM and in a saved key set; of several the one that fits is named."""
    forms = {
        "plain.txt": KEY.public.encoded + "\n",
        "key.pem": Ed25519PrivateKey.from_private_bytes(KEY.seed)
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        .decode(),
        "keys.json": json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": KEY.public.encoded}]}),
    }
    for name, content in forms.items():
        path = tmp_path / name
        path.write_text(content)
        done = verify(signed, "--key", OTHER_KEY.public.encoded, "--key", str(path))
        assert f"signed by {path}, key {KEY_ID}" in done.stdout, done.output
        assert done.exit_code == 0
    done = verify(signed, "--key", KEY.public.encoded)
    assert f"signed by the key given, key {KEY_ID}" in done.stdout


def test_who_names_a_key_wants_it(verify: Callable[..., Result], signed: Any, made: Any) -> None:
    """A deck of another signer, or one whose signature was taken away, does not hold then."""
    for deck, said in (
        (signed, f"signed by an instance that is not known here (key {KEY_ID})"),
        (made, "not signed"),
    ):
        done = verify(deck, "--key", OTHER_KEY.public.encoded)
        assert f"FAILS    {said}, and not by one of the keys given\n" in done.stdout
        assert "not all hold" in done.stdout
        assert done.exit_code == 1


def test_a_signature_that_does_not_fit_fails(verify: Callable[..., Result], signed: Any) -> None:
    """What no other check looks at is signed too: with or without a key it is told, and ends with 1."""
    signed["usage"]["tokensIn"] += 1
    for options in ([], ["--key", KEY.public.encoded]):
        done = verify(signed, *options)
        assert "FAILS    the signature does not fit the deck" in done.stdout
        assert done.exit_code == 1


@pytest.mark.parametrize("signature", [{}, [], "us", {"keyId": KEY_ID}, {"value": "", "more": 1}])
def test_rubbish_is_a_signature_that_does_not_fit(
    verify: Callable[..., Result], made: Any, signature: Any
) -> None:
    """A deck with something else in the place of its signature was verified, and does not hold."""
    done = verify(made | {"signature": signature})
    assert "FAILS    the signature does not fit the deck" in done.stdout
    assert done.exit_code == 1


def test_a_signature_for_another_table_fails(verify: Callable[..., Result], made: Any) -> None:
    """The table that is given has to be the one that was signed."""
    done = verify(sign(made, KEY, table_sha256="0" * 64, version="1"))
    assert "does not fit the deck: it was made for another table" in done.stdout
    assert done.exit_code == 1


def test_an_instance_names_itself(
    verify: Callable[..., Result], signed: Any, instance: tuple[Instance, str]
) -> None:
    """With its keys of today and of former days it vouches for a deck; another instance does not."""
    served, url = instance
    served.publish(OTHER_KEY.public, KEY.public)
    done = verify(signed, "--trust", url + "/")
    assert f"signed by {url}/, key {KEY_ID}" in done.stdout, done.output
    assert done.exit_code == 0
    served.publish(OTHER_KEY.public)
    done = verify(signed, "--trust", url)
    assert "not by one of the keys given" in done.stdout
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda: Response(status_code=404), "it answered 404"),
        (lambda: RedirectResponse("/elsewhere"), "it answered 307"),
        (lambda: Response("<html>"), "no set of keys"),
        (lambda: JSONResponse([]), "no set of keys"),
        (
            lambda: JSONResponse({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "*"}]}),
            "no set of keys",
        ),
        (lambda: StreamingResponse(b"[" * 10_000 for _ in range(1000)), "no set of keys"),
    ],
    ids=["missing", "redirect", "html", "other", "broken", "endless"],
)
def test_an_instance_that_has_no_keys(
    verify: Callable[..., Result],
    signed: Any,
    instance: tuple[Instance, str],
    answer: Callable[[], Response],
    said: str,
) -> None:
    """Whatever else it answers ends with 2 and one sentence: nothing was verified."""
    served, url = instance
    served.answers[KEYS_PATH] = answer
    done = verify(signed, "--trust", url)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_instance_that_does_not_answer_in_time(
    verify: Callable[..., Result],
    signed: Any,
    instance: tuple[Instance, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that sends a little again and again is waited for no longer than one that sends nothing."""

    async def drip() -> Any:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    served, url = instance
    served.answers[KEYS_PATH] = lambda: StreamingResponse(drip())
    monkeypatch.setattr(trust, "FETCH_SECONDS", 0.5)
    done = verify(signed, "--trust", url)
    assert done.exit_code == 2
    assert "it took longer than 0.5 s" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--trust", "http://127.0.0.1:1"],
        ["--trust", "nonsense"],
        ["--trust", "http://[::1"],
        ["--trust", "ftp://example.org"],
        ["--key", ""],
        ["--key", "short"],
        ["--key", "a" * 5000],
        ["--key", "."],
    ],
)
def test_what_is_no_key_ends_with_two(
    verify: Callable[..., Result], signed: Any, options: list[str]
) -> None:
    """It is told in one sentence, before anything is verified."""
    done = verify(signed, *options)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert done.stderr.startswith("deckgen: --")
    assert done.stderr.count("\n") == 1
