"""`deckgen ask data.csv "..."`: what it prints, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.domain.asking import Replies
from deckgen.domain.errors import InvalidRequest, UnreadableData

DECKGEN = Path(sys.executable).parent / "deckgen"
WHICH, MUCH = "Which region has the highest revenue?", "How much revenue is there?"
TABLE = "region,revenue EUR\n" + "north,1000\nsouth,1500\nsouth,1200\nwest,900\n" * 20
DATES = "date,revenue EUR\n" + "".join(f"2024-{n:02}-01,{n}00\n" for n in range(1, 13))  # of no region


def ask(*arguments: object) -> Result:
    """Within this process, which takes less time."""
    return CliRunner().invoke(app, ["ask", *map(str, arguments)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(TABLE)
    return path


def test_an_answer_is_told_in_words(tmp_path: Path, data: Path) -> None:
    """Without a server: first the answer, then the exhibit, the plan, and the queries, which run."""
    done = subprocess.run(
        [DECKGEN, "ask", data.name, WHICH], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "south" in lines[0]
    assert "€54,000" in lines[0]
    place = {title: lines.index(title) for title in lines if title in ("Understood as",)}
    rows = [line.split() for line in lines[: place["Understood as"]]]
    assert ["south", "€54,000"] in rows
    assert rows.index(["south", "€54,000"]) < rows.index(["north", "€20,000"])
    assert lines[place["Understood as"] + 1].strip().startswith("ranking: revenue")
    queries = [line.strip() for line in lines if line.strip().startswith("SELECT ")]
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE data AS FROM read_csv('{data}')")
        found = [con.execute(query).fetchall() for query in queries]
    assert [(54_000,)] in found
    assert found[-1] == [("south", 54_000), ("north", 20_000), ("west", 18_000)]


def test_one_of_two_is_not_answered(data: Path) -> None:
    """Each has its question above it; the exit code says that one is open, and the sentence why."""
    data.write_text(DATES)
    done = ask(data, f"{MUCH} {WHICH}")
    assert done.exit_code == 3, done.output
    before, _, after = done.stdout.partition(f"{WHICH}\n")
    assert before.startswith(f"{MUCH}\n")
    assert "€7,800" in before
    assert after.startswith("Not answered: the table lacks ")
    assert "SELECT" not in after


def test_as_json(data: Path) -> None:
    """As the API answers, with the same exit codes."""
    done = ask(data, WHICH, "--json", "--locale", "de_DE")
    assert done.exit_code == 0, done.output
    replies = Replies.model_validate(json.loads(done.stdout))
    assert (replies.name, replies.locale, replies.is_answered) == ("sales.csv", "de_DE", True)
    assert "54.000\N{NO-BREAK SPACE}€" in replies.answers[0].text
    data.write_text(DATES)
    open_end = ask(data, WHICH, "--json")
    assert open_end.exit_code == 3
    assert Replies.model_validate(json.loads(open_end.stdout)).answers[0].reason


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_no_cell_acts_on_the_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Control characters in values are written out, and brackets are no markup."""
    path = tmp_path / "hostile.csv"
    # So many rows that a few such characters make it no binary file.
    rows = "".join(f"{'abc'[n % 3]} plain,{n % 7}\n" for n in range(400))
    rows += "[red]x \x1b]0;owned\x07\x9b31m,9000\n" * 4
    path.write_text(f"region,revenue\n{rows}")
    done = ask(path, WHICH, *arguments)
    assert done.exit_code == 0, done.output
    shown = done.stdout.replace("\n", "")
    assert shown.isprintable(), [char for char in shown if not char.isprintable()]
    assert "[red]x" in shown
    assert "owned" in shown


@pytest.mark.parametrize("question", ["", "  ", "w" * 1_001])
def test_what_is_no_question_is_told(data: Path, question: str) -> None:
    """It is refused as by the API."""
    done = ask(data, question)
    assert isinstance(done.exception, InvalidRequest)
    assert done.exception.errors[0].field == "question"


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    """A file that is not there, and one that holds none."""
    assert isinstance(ask(tmp_path / "none.csv", WHICH).exception, InvalidRequest)
    (tmp_path / "empty.csv").write_text("")
    assert isinstance(ask(tmp_path / "empty.csv", WHICH).exception, UnreadableData)
