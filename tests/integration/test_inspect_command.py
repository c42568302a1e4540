"""`deckgen inspect data.csv`: what it prints."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.domain.table_models import TableModel

HEADER = "order_id,order_date,delivery_date,status,revenue EUR,cost EUR\n"
TABLE = HEADER + "".join(
    f"O{n},2024-01-{1 + n % 9:02},2024-02-{1 + n % 9:02},{'failed' if n % 9 == 0 else 'paid'},"
    f"{n * 37 % 90},{n * 31 % 70}\n"
    for n in range(60)
)


def inspect(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["inspect", *arguments])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(TABLE)
    return path


def test_a_table_is_told_in_words(data: Path) -> None:
    """First what a row is, then each column with what it is taken for, then what follows."""
    done = inspect(str(data))
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("60 orders, one row each; key order_id")
    lines = done.stdout.splitlines()
    assert any(line.split()[:4] == ["revenue", "EUR", "flow", "EUR"] for line in lines)
    for text in (
        "profit: revenue EUR − cost EUR",
        "margin: (revenue EUR − cost EUR) ÷ revenue EUR",
        "time to deliver: order_date to delivery_date",
        "the axis is order_date: days from 2024-01-01 to 2024-01-09",
        "delivery_date dates “delivery”",
        "status: failed (7)",
    ):
        assert text in done.stdout, text
    assert lines.index("Derived measures") < lines.index("Set apart") < lines.index("Warnings")


def test_questions_are_told_as_they_are_understood(data: Path) -> None:
    """With a brief: each with its plan or the reason why there is none; nothing is answered."""
    much, which = "How much revenue is there?", "Which region has the highest revenue?"
    data.write_text(HEADER.replace("status,", "") + "O1,2024-01-01,2024-01-02,1,2\n" * 9)
    done = inspect(str(data), "--brief", f"{much} {which}")
    assert done.exit_code == 0, done.output
    _, _, told = done.stdout.partition("\nQuestions\n")
    first, second = told.splitlines()[:2]
    assert first.strip().startswith(f"{much} → level: revenue")
    assert second.strip().startswith(f"{which} → the table lacks ")
    document = json.loads(inspect(str(data), "--json", "--brief", much).stdout)
    (question,) = TableModel.model_validate(document).questions
    assert (question.question, question.operation) == (much, "level")


def test_as_json(data: Path) -> None:
    """As the API answers."""
    done = inspect(str(data), "--json")
    assert done.exit_code == 0, done.output
    model = TableModel.model_validate(json.loads(done.stdout))
    assert (model.name, model.rows, model.unfinished) == ("sales.csv", 60, [])
    assert model.questions == []


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_no_cell_acts_on_the_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Control characters in names and values are written out, and brackets are no markup."""
    path = tmp_path / "hostile.csv"
    # So many rows that a few such characters make it no binary file.
    rows = "".join(f"{1 + n % 3} - plain,{n}\n" for n in range(400))
    rows += "4 - \x1b]0;owned\x07\x9b31m,1\n4 - \x1b]0;owned\x07\x9b31m,1\n5 - \u202e[bold]gnp\x7f,2\n"
    path.write_text(f"is_[red]x\u202e,revenue \x9b31m\n{rows}")
    done = inspect(str(path), *arguments)
    assert done.exit_code == 0, done.output
    shown = done.stdout.replace("\n", "")
    assert shown.isprintable(), [char for char in shown if not char.isprintable()]
    assert "[red]" in shown
    assert "owned" in shown
    assert "[bold]gnp" in shown.replace(" ", "")


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    """A file that is not there, and one that holds none."""
    assert isinstance(inspect(str(tmp_path / "none.csv")).exception, InvalidRequest)
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    assert isinstance(inspect(str(empty)).exception, UnreadableData)
