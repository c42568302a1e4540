"""The key with which `deckgen generate` signs, and the command `deckgen signing-keys`."""

import asyncio
import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.dev.user_key import own_key
from deckgen.domain.errors import Conflict, InvalidRequest, Unavailable
from tests.signatures import KEY


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "deckgen" / "signing-key"


def keys(command: str) -> Result:
    return CliRunner().invoke(app, ["signing-keys", command])


def lines(command: str) -> list[list[str]]:
    done = keys(command)
    assert done.exit_code == 0, done.output
    return [line.split() for line in done.stdout.splitlines()]


def test_it_is_made_once(path: Path) -> None:
    """It is kept where only its owner can read it, is the same ever after, and nothing else is left."""
    made = own_key()
    again = own_key()
    assert made is not None
    assert again is not None
    assert made.public == again.public
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_of_many_at_once_one_makes_it(path: Path) -> None:
    """All get the key of the first, and none reads one that is half written."""
    with ThreadPoolExecutor(8) as pool:
        found = {key.public for key in pool.map(lambda _: own_key(), range(32)) if key}
    assert len(found) == 1


def test_without_a_place_there_is_none(path: Path) -> None:
    """A home that can't be written to is no failure: the key goes with the temporary database then."""
    path.parent.write_text("no folder")
    assert own_key() is None
    assert isinstance(keys("show").exception, Unavailable)


def test_a_broken_file_is_named(path: Path) -> None:
    """It is not written over, as it may be mended."""
    path.parent.mkdir()
    path.write_text("rubbish")
    with pytest.raises(InvalidRequest, match="signing-key holds no signing key: remove it"):
        own_key()
    assert path.read_text() == "rubbish"


def test_a_key_that_is_set_is_shown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public part of DECK_SIGNING_KEY; no file is made beside it. It can't be rotated here."""
    monkeypatch.setenv("DECK_SIGNING_KEY", base64.b64encode(KEY.seed).decode())
    assert lines("show") == [[KEY.public.encoded]]
    assert not path.exists()
    assert isinstance(keys("rotate").exception, Conflict)


@pytest.mark.usefixtures("configured")
def test_keys_are_listed_and_rotated() -> None:
    """The latest first, with its times; a former one stays, as retired."""
    assert lines("list") == []
    keys("rotate")
    (first,) = lines("list")
    keys("rotate")
    second, former = lines("list")
    assert former[:2] == first[:2] != second[:2]
    assert "retired" in former
    assert "retired" not in second


async def test_a_database_without_keys_is_told(
    servers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not up to date is not brought there by a look at it: it is said what to do."""
    monkeypatch.setenv("DATABASE_URL", servers["DATABASE_URL"])
    done = await asyncio.to_thread(keys, "list")
    assert isinstance(done.exception, Unavailable)
    assert "deckgen migrate" in str(done.exception)
