"""`deckgen verify deck.json data.csv`: what it prints, and its exit code."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli import app
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
    assert "FAILS  source_is_the_same" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("deck", ["{", "{}", "[]", '{"deckId": "d", "deck": null}'])
def test_what_is_no_deck_ends_with_two(tmp_path: Path, deck: str, data: Path) -> None:
    """A file that can't be verified is told from a deck that does not hold, in one sentence."""
    done = verify_here(written(tmp_path, deck), data)
    assert done.exit_code == 2
    assert done.stderr.startswith("deckgen: ")
    assert done.stderr.count("\n") == 1


def test_data_that_are_missing_are_asked_for(tmp_path: Path, deck: Any) -> None:
    """A deck that was made of data is not verified without them."""
    done = verify_here(written(tmp_path, deck))
    assert done.exit_code == 2
    assert "give them as well" in done.stderr


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
