"""PowerPoint files refreshed from the command line and over HTTP: exit codes, signatures, refusals."""

import hashlib
import json
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pydantic import HttpUrl, SecretStr
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.client import refresh_files, verify_files
from deckgen.config.settings import Settings
from deckgen.domain.decks import Deck
from deckgen.domain.signing import sign
from deckgen.domain.signing_keys import to_base64url
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.manifest import Manifest, manifest_of, renew
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.themes.theme import theme
from deckgen.orchestrator import app as orchestrator
from deckgen.orchestrator import refresher
from deckgen.store import signing_keys
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.hostile_presentations import ATTACKS
from tests.refreshed_presentations import sales
from tests.serving import serving
from tests.signatures import KEY, OTHER_KEY
from tests.stored_decks import complete_with_table
from tests.unit.orchestrator.analyst.engine import run_table

SHA256 = hashlib.sha256(sales().encode()).hexdigest()


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    table = tmp_path_factory.mktemp("made") / "sales.csv"
    return run_table(table, sales(), "How did sales develop? Which region leads?").deck


@pytest.fixture(scope="module")
def made(deck: Deck) -> bytes:
    signed = sign(deck.to_json(), KEY, table_sha256=SHA256, version="1")
    return render_pptx(Deck.model_validate(signed), theme(), signed)


@pytest.fixture(autouse=True)
def own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that signed the decks is the one of this machine."""
    monkeypatch.setenv("DECK_SIGNING_KEY", to_base64url(KEY.seed))


def refresh(tmp_path: Path, content: bytes, table: str, *options: str) -> Result:
    (tmp_path / "deck.pptx").write_bytes(content)
    (tmp_path / "sales.csv").write_text(table)
    files = [str(tmp_path / name) for name in ("deck.pptx", "sales.csv")]
    out = str(tmp_path / "new.pptx")
    return CliRunner().invoke(app, ["refresh", *files, "--out", out, *options])


def test_a_file_whose_sentences_hold_ends_with_zero(tmp_path: Path, made: bytes) -> None:
    """It is signed again, and `deckgen verify` proves it with the new table."""
    done = refresh(tmp_path, made, sales(level=1.5))
    assert done.exit_code == 0, done.stdout
    assert "signed again" in done.stdout
    files = [str(tmp_path / name) for name in ("new.pptx", "sales.csv")]
    verified = CliRunner().invoke(app, ["verify", *files, "--key", KEY.public.encoded])
    assert verified.exit_code == 0, verified.stdout
    assert "signed by" in verified.stdout


def test_a_sentence_that_does_not_hold_ends_with_one(tmp_path: Path, made: bytes) -> None:
    """It is told with its slide and its place, as JSON too."""
    done = refresh(tmp_path, made, sales(growth=0.7), "--json")
    assert done.exit_code == 1
    document = json.loads(done.stdout)
    assert document["holds"] is False
    assert {"slide", "place", "sentence", "why"} == set(document["doubtful"][0])


def test_what_can_not_be_used_ends_with_two(tmp_path: Path, made: bytes) -> None:
    """A table of another kind, a dangerous file: a sentence, and no file is written."""
    done = refresh(tmp_path, made, "month,margin\n2024-01-01,5\n")
    assert done.exit_code == 2
    assert "“sales”" in done.stderr
    attack, _ = ATTACKS["macros"]
    assert refresh(tmp_path, attack(made), sales()).exit_code == 2
    assert not (tmp_path / "new.pptx").exists()


def test_a_forged_deck_is_refused(tmp_path: Path, made: bytes) -> None:
    """Whoever changes the deck inside can't have it signed again."""
    package = Package(Archive.opened(made))
    manifest = manifest_of(package.archive)
    forged = manifest.deck | {"title": "Everything is fine"}
    renew(package, Manifest(theme=manifest.theme, deck=forged, contents=manifest.contents))
    done = refresh(tmp_path, package.saved(), sales(level=1.5))
    assert done.exit_code == 2
    assert "signature does not fit" in done.stderr


def test_a_strangers_deck_is_not_signed(
    tmp_path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refreshed all the same."""
    monkeypatch.setenv("DECK_SIGNING_KEY", to_base64url(OTHER_KEY.seed))
    done = refresh(tmp_path, made, sales(level=1.5))
    assert done.exit_code == 0, done.stdout
    assert "not signed" in done.stdout


def test_a_reader_that_is_ended_writes_nothing(
    tmp_path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File and table are read in a bounded process."""
    monkeypatch.setattr(refresh_files, "SECONDS", 0.01)
    assert verify_files.SECONDS > 1
    done = refresh(tmp_path, made, sales())
    assert done.exit_code == 2
    assert not (tmp_path / "new.pptx").exists()


@pytest.fixture
async def api(
    settings: Settings, database: OwnDatabase, deck: Deck
) -> AsyncIterator[httpx.AsyncClient]:
    """An API with the deck and its table, whose key is at hand, before an orchestrator."""
    await complete_with_table(database, deck, sales().encode())
    await signing_keys.register(database.service, KEY.public)
    async with serving(orchestrator.create_app(settings)) as url:
        changes = {
            "orchestrator_url": HttpUrl(url),
            "deck_signing_key": SecretStr(to_base64url(KEY.seed)),
        }
        before = create_app(settings.model_copy(update=changes))
        async with serving(before) as address, patient(address) as http:
            yield http


async def sent(
    api: httpx.AsyncClient, content: bytes, table: str, deck_id: str = "d"
) -> httpx.Response:
    files = {"presentation": ("deck.pptx", content), "csvData": ("new.csv", table.encode())}
    return await api.post(f"/api/presentations/{deck_id}/refresh", files=files)


async def test_files_are_refreshed_over_http(api: httpx.AsyncClient, made: bytes) -> None:
    """The answer has the report and the file, signed again by the instance that signed it."""
    answer = await sent(api, made, sales(level=1.5))
    found = answer.json()
    assert (found["holds"], found["isSigned"]) == (True, True), found
    assert found["signature"]["known"]
    manifest = manifest_of(Archive.opened(b64decode(found["file"])))
    assert manifest.deck["source"]["name"] == "new.csv"
    assert manifest.deck["signature"]["keyId"] == KEY.public.key_id


async def test_what_can_not_be_used_is_told(api: httpx.AsyncClient, made: bytes) -> None:
    """Each with the code of what is wrong: a table, a file, a deck that is not there, no file."""
    assert_problem(await sent(api, made, "month,margin\n2024-01-01,5\n"), 422, "columns_missing")
    attack, code = ATTACKS["no proof"]
    assert_problem(await sent(api, attack(made), sales()), 422, code)
    assert_problem(await sent(api, made, sales(), deck_id="nobody"), 404, "deck_not_found")
    empty = await api.post("/api/presentations/d/refresh", files={"csvData": ("a.csv", b"a")})
    assert_problem(empty, 422, "file_missing")


async def test_a_refreshed_file_is_refreshed_again(api: httpx.AsyncClient, made: bytes) -> None:
    """It is still of its deck, whether or not deckgen makes the same slides of the tables between."""
    for table in (sales(level=1.5), sales(growth=0.7), sales(level=1.2)):
        answer = await sent(api, made, table)
        assert answer.status_code == 200, answer.text
        made = b64decode(answer.json()["file"])


async def test_files_of_other_decks_are_refused(
    api: httpx.AsyncClient, database: OwnDatabase, made: bytes, tmp_path: Path
) -> None:
    """One of another brief, one of another table, and each of them after a refresh elsewhere; one of
    a former version of the deck is refreshed.
    """
    question = "How did sales develop? Which region leads?"
    others = (sales(), "How did sales develop?"), (sales(level=3.0), question)
    for table, brief in others:
        for file in made_and_refreshed(tmp_path, table, brief):
            answer = await sent(api, file, sales(level=2.0))
            assert_problem(answer, 422, "presentation_of_another_deck")
    deck = run_table(tmp_path / "other.csv", *others[0]).deck
    await complete_with_table(database, deck, sales().encode())
    assert (await sent(api, made, sales())).status_code == 200
    await database.execute("DELETE FROM deck_versions")
    assert_problem(await sent(api, made, sales()), 422, "presentation_of_another_deck")


def made_and_refreshed(tmp_path: Path, table: str, brief: str) -> tuple[bytes, bytes]:
    made = render_pptx(run_table(tmp_path / "other.csv", table, brief).deck, theme())
    path = tmp_path / "next.csv"
    path.write_text(sales(level=1.5))
    return made, refresher.refresh(made, path, path.name)[0]
