"""PowerPoint files verified from the command line and over HTTP: verdicts, signers, refusals."""

import hashlib
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pydantic import HttpUrl
from typer.testing import CliRunner, Result

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.cli.app import app
from deckgen.client import verify_files
from deckgen.config.settings import Settings
from deckgen.domain.decks import Deck
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.signing import sign
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from deckgen.orchestrator import app as orchestrator
from deckgen.orchestrator.proving import MAX_PRESENTATION_BYTES, proved_presentation
from deckgen.orchestrator.works import WORKS
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.hostile_presentations import ATTACKS
from tests.presentation_edits import MEANING, edited
from tests.serving import serving
from tests.signatures import KEY, OTHER_KEY
from tests.stored_decks import complete_with_table
from tests.unit.orchestrator.analyst.engine import run_table

TABLE = "region,sales\nnorth,60\nsouth,30\nwest,10\n"
SHA256 = hashlib.sha256(TABLE.encode()).hexdigest()


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    table = tmp_path_factory.mktemp("made") / "sales.csv"
    return run_table(table, TABLE, "Who leads?").deck


@pytest.fixture(scope="module")
def made(deck: Deck) -> bytes:
    """A file as a worker has it made: the deck in it is signed."""
    signed = sign(deck.to_json(), KEY, table_sha256=SHA256, version="1")
    return render_pptx(Deck.model_validate(signed), theme(), signed)


@pytest.fixture(scope="module")
def changed(made: bytes) -> bytes:
    done = edited(made, MEANING["changed digit"], random.Random(5))
    assert done is not None
    return done[0]


def verify(tmp_path: Path, content: bytes, *options: str) -> Result:
    (tmp_path / "deck.pptx").write_bytes(content)
    (tmp_path / "sales.csv").write_text(TABLE)
    files = [str(tmp_path / name) for name in ("deck.pptx", "sales.csv")]
    return CliRunner().invoke(app, ["verify", *files, *options])


def test_an_untouched_file_ends_with_zero(tmp_path: Path, made: bytes) -> None:
    """File and table are enough, and the signer of the deck inside is known by the key."""
    done = verify(tmp_path, made, "--key", KEY.public.encoded)
    assert done.exit_code == 0, done.stdout
    assert "holds    texts_of_the_file" in done.stdout
    assert "signed by" in done.stdout


def test_an_edited_number_ends_with_one(tmp_path: Path, changed: bytes) -> None:
    """The slide, the place and both numbers are named, although the signature of the deck fits."""
    done = verify(tmp_path, changed)
    assert done.exit_code == 1
    assert "FAILS    texts_of_the_file" in done.stdout
    assert "stands where" in done.stdout
    assert f"key {KEY.public.key_id}" in done.stdout


def test_another_signer_is_told(tmp_path: Path, made: bytes) -> None:
    """Who names a key wants a deck of that key."""
    assert verify(tmp_path, made, "--key", OTHER_KEY.public.encoded).exit_code == 1


def test_a_dangerous_file_ends_with_two(tmp_path: Path, made: bytes) -> None:
    """It is refused with a sentence, and nothing is said about its numbers."""
    attack, _ = ATTACKS["macros"]
    done = verify(tmp_path, attack(made))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "macros" in done.stderr


def test_a_reader_that_is_ended_proves_nothing(
    tmp_path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is read in a bounded process: beyond its limits the verdict is open."""
    monkeypatch.setattr(verify_files, "SECONDS", 0.01)
    done = verify(tmp_path, made)
    assert done.exit_code == 3, done.stderr
    assert "not proved" in done.stdout


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    """Nothing is started for it."""
    with (
        running(1, Bounds(1, 1_000_000), WORKS) as children,
        pytest.raises(InvalidRequest) as refused,
    ):
        proved_presentation(children, 1, b"PK" * MAX_PRESENTATION_BYTES, None, is_named=True)
    assert refused.value.code == "presentation_too_large"


@pytest.fixture
async def api(
    settings: Settings, database: OwnDatabase, deck: Deck
) -> AsyncIterator[httpx.AsyncClient]:
    """An API with the deck and its table, before an orchestrator."""
    await complete_with_table(database, deck, TABLE.encode())
    async with serving(orchestrator.create_app(settings)) as url:
        before = settings.model_copy(update={"orchestrator_url": HttpUrl(url)})
        async with serving(create_app(before)) as address, patient(address) as http:
            yield http


async def sent(api: httpx.AsyncClient, content: bytes, deck_id: str = "d") -> httpx.Response:
    path, headers = f"/api/presentations/{deck_id}/verify-file", {"Content-Type": PRESENTATION}
    return await api.post(path, content=content, headers=headers)


async def test_files_are_verified_over_http(
    api: httpx.AsyncClient, made: bytes, changed: bytes
) -> None:
    """The stored table is what the file is compared over; its signature is another's here."""
    found = (await sent(api, made)).json()
    assert (found["verified"], found["signature"]["status"]) == (True, "valid")
    found = (await sent(api, changed)).json()
    assert found["verified"] is False
    named = [each for check in found["checks"] for each in check["problems"]]
    assert any("stands where" in each for each in named), json.dumps(named)


@pytest.mark.parametrize(("name", "status"), [("a bomb", 413), ("half a file", 422), ("no proof", 422)])
async def test_files_that_can_not_be_read_are_refused(
    name: str, status: int, api: httpx.AsyncClient, made: bytes
) -> None:
    """Each with the code of what is wrong with it."""
    attack, code = ATTACKS[name]
    assert_problem(await sent(api, attack(made)), status, code)


async def test_a_deck_that_is_not_there_is_told(api: httpx.AsyncClient, made: bytes) -> None:
    """Nothing of the file is read for it."""
    answer = await sent(api, made, deck_id="nobody")
    assert_problem(answer, 404, "deck_not_found")
