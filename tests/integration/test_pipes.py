"""Commands in pipelines of a shell: what comes in by standard input, and what goes on as JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.domain.asking import Replies
from deckgen.domain.decks import Verification
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.domain.jobs import Job
from deckgen.domain.table_models import TableModel
from tests.patience import PATIENCE_SECONDS

EXAMPLE = Path(__file__).parents[2] / "examples" / "newspaper_revenue.csv"
TABLE, MUCH = EXAMPLE.read_text(), "How much revenue was there?"
DECKGEN = Path(sys.executable).parent / "deckgen"


def piped(text: str, *arguments: str) -> Result:
    """Within this process, which takes less time."""
    return CliRunner().invoke(app, [*arguments], input=text)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A deck that a pipeline has made of a table, and what the command said of it."""
    folder = tmp_path_factory.mktemp("pipeline")
    command = [str(DECKGEN), "generate", "-", "--brief", MUCH, "--out", "deck.json", "--json"]
    with EXAMPLE.open("rb") as table:
        done = subprocess.run(
            command, cwd=folder, stdin=table, capture_output=True, timeout=PATIENCE_SECONDS
        )
    assert done.returncode == 0, done.stderr
    assert b"Saved deck.json" in done.stderr
    return folder / "deck.json", json.loads(done.stdout)  # one document, and nothing else


def test_a_deck_of_what_is_piped_in(made: tuple[Path, dict[str, Any]]) -> None:
    """Standard output has the job with the files; words and progress go to standard error."""
    deck, told = made
    assert told.pop("files") == ["deck.json"]
    job = Job.model_validate(told)
    assert job.status == "completed"
    assert json.loads(deck.read_bytes())["source"]["name"] == "uploaded data"


def test_a_verification_of_what_is_piped_in(made: tuple[Path, dict[str, Any]]) -> None:
    """The exit code is that of the verdict, which is JSON as the API answers it."""
    sound = piped(TABLE, "verify", str(made[0]), "-", "--json")
    verification = Verification.model_validate_json(sound.stdout)
    assert (sound.exit_code, verification.verified) == (0, True)
    assert verification.signature is not None
    other = piped(TABLE.replace("1", "2"), "verify", str(made[0]), "-", "--json")
    assert (other.exit_code, json.loads(other.stdout)["verified"]) == (1, False)
    stranger = "A" * 43 + "="
    asked = piped(TABLE, "verify", str(made[0]), "-", "--json", "--key", stranger)
    assert (asked.exit_code, json.loads(asked.stdout)["verified"]) == (1, False)


def test_a_question_and_its_table() -> None:
    """Either may be piped in, and both answers are the same but for the table's name."""
    table = Replies.model_validate_json(piped(TABLE, "ask", "-", MUCH, "--json").stdout)
    question = Replies.model_validate_json(
        piped(f"{MUCH}\n", "ask", str(EXAMPLE), "-", "--json").stdout
    )
    assert (table.name, question.name) == ("uploaded data", EXAMPLE.name)
    assert [each.text for each in table.answers] == [each.text for each in question.answers]


def test_what_a_piped_table_means() -> None:
    """`inspect` says it, with the questions of a brief."""
    told = piped(TABLE, "inspect", "-", "--json", "--brief", MUCH)
    assert TableModel.model_validate_json(told.stdout).rows == TABLE.count("\n") - 1


@pytest.mark.parametrize(
    "command",
    [["ask", "-", "-"], ["inspect", "-", "--brief", "-"], ["generate", "-", "--brief", "-"]],
    ids=lambda command: command[0],
)
def test_one_pipe_is_not_two_things(command: list[str]) -> None:
    """The table and the text can't both come from it, which is said before anything is read."""
    error = piped(TABLE, *command).exception
    assert isinstance(error, InvalidRequest)
    assert "not both" in error.message


def test_an_empty_pipe() -> None:
    """It is named as what it is, and not as a file in a temporary folder."""
    error = piped("", "ask", "-", MUCH).exception
    assert isinstance(error, UnreadableData)
    assert error.message.startswith("Standard input is empty")


def test_a_terminal_is_no_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is left to wonder what the command is waiting for."""
    monkeypatch.setattr("deckgen.cli.inputs._is_terminal", lambda: True)
    error = piped("", "ask", "-", MUCH).exception
    assert isinstance(error, InvalidRequest)
    assert "pipe something into it" in error.message
