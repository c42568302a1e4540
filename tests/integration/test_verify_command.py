"""`deckgen verify deck.json data.csv`: what it prints, and its exit code."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from tests.unit.orchestrator.analyst.engine import run_table

DECKGEN = Path(sys.executable).parent / "deckgen"
TABLE = "region,sales\nnorth,60\nsouth,30\nwest,10\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    table = tmp_path_factory.mktemp("made") / "sales.csv"
    return json.dumps(run_table(table, TABLE, "Who leads?").deck.to_json())


@pytest.fixture
def deck(made: str) -> Any:
    return json.loads(made)


def written(tmp_path: Path, deck: Any) -> Path:
    path = tmp_path / "deck.json"
    path.write_text(deck if isinstance(deck, str) else json.dumps(deck))
    return path


def verify(*files: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([DECKGEN, "verify", *files], capture_output=True, text=True)


def verify_here(*files: Path) -> Result:
    """The same within this process, which takes less time."""
    return CliRunner().invoke(app, ["verify", *map(str, files)])


def test_a_sound_deck_ends_with_zero(tmp_path: Path, deck: Any, data: Path) -> None:
    """Two files are enough: what was computed again is counted, and all of it holds."""
    done = verify(written(tmp_path, deck), data)
    assert done.returncode == 0, done.stdout
    assert f"{len(deck['facts'])} facts" in done.stdout
    assert "FAILS" not in done.stdout


def test_what_does_not_hold_is_named_and_ends_with_one(tmp_path: Path, deck: Any, data: Path) -> None:
    """The fact that somebody changed is named, with what the data give."""
    wrong = next(fact for fact in deck["facts"] if fact["display"] == "60%")
    wrong["value"], wrong["display"] = 0.7, "70%"
    done = verify(written(tmp_path, deck), data)
    assert done.returncode == 1
    assert f"{wrong['id']}: 0.7 is said, the data give 0.6" in done.stdout


def test_other_data_are_told_apart(tmp_path: Path, deck: Any, data: Path) -> None:
    """Over another table the queries that do not run are named, one by one, without a stack trace."""
    data.write_text("a,b\n1,2\n3,4\n")
    done = verify_here(written(tmp_path, deck), data)
    assert done.exit_code == 1
    assert "its query does not run" in done.stdout
    assert "FAILS    table_is_the_same" in done.stdout
    assert "This is another file" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("deck", ["{", "{}", "[]", '{"deckId": "d", "deck": null}'])
def test_what_is_no_deck_ends_with_two(tmp_path: Path, deck: str, data: Path) -> None:
    """A file that can't be verified is told from a deck that does not hold, in one sentence."""
    done = verify_here(written(tmp_path, deck), data)
    assert done.exit_code == 2
    assert done.stderr.startswith("deckgen: ")
    assert done.stderr.count("\n") == 1


def test_data_that_are_missing_are_asked_for(tmp_path: Path, deck: Any) -> None:
    """A deck that was made of data can't be proved without them, which is no error in its use."""
    done = verify_here(written(tmp_path, deck))
    assert done.exit_code == 3
    assert "give them as well" in done.stdout


def test_a_deck_of_another_version_is_not_proved(tmp_path: Path, deck: Any, data: Path) -> None:
    """Its numbers are computed again; that another version says and chooses the same can't be told."""
    deck["madeWith"] = "deckgen 0.0.1"
    done = verify_here(written(tmp_path, deck), data)
    assert done.exit_code == 3
    assert "unproved made_with_this_version" in done.stdout
    assert "holds    facts_recomputed" in done.stdout
    assert "FAILS" not in done.stdout


def test_a_file_under_another_name_is_said_to_be_so(tmp_path: Path, deck: Any, data: Path) -> None:
    """The deck names its source on each slide, and no cell of the file says what it was called."""
    renamed = data.rename(tmp_path / "audited.csv")
    done = verify_here(written(tmp_path, deck), renamed)
    assert done.exit_code == 3
    assert "calls its table 'sales.csv', and the file is called 'audited.csv'" in done.stdout


def test_no_command_reaches_the_terminal(tmp_path: Path, deck: Any, data: Path) -> None:
    """What a forged deck says is shown without its escape sequences."""
    deck["slides"][0]["id"] = "\x1b[2Js1"
    done = verify_here(written(tmp_path, deck), data)
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9]])
def test_a_damaged_file_proves_nothing(tmp_path: Path, deck: Any, content: bytes) -> None:
    """A download that broke off is an error in its use, and no forged deck."""
    damaged = tmp_path / "table.csv.gz"
    damaged.write_bytes(content)
    assert verify_here(written(tmp_path, deck), damaged).exit_code in (2, 3)


def test_a_deck_can_not_steer_the_terminal(tmp_path: Path, deck: Any, data: Path) -> None:
    """What a deck says of itself is shown as words, on lines that it can't add to."""
    nasty = "\x1b[2J\r\nall hold\x9b1m\u202e[red]"
    deck["title"] = nasty
    for fact in deck["facts"]:
        fact["display"] = nasty
    done = verify_here(written(tmp_path, deck), data)
    assert done.exit_code == 1
    assert r"\x1b[2J\r\nall hold\x9b1m\u202e[red]" in done.output
    assert done.output.replace("\n", "").isprintable()
    assert not any(line.startswith("all hold") for line in done.output.splitlines())
