"""docs/questions.md: every question of the page is asked, and the answer is what stands there."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.operations import operations
from tests.pages import ROOT
from tests.question_tables import TABLES
from tests.unit.orchestrator.analyst.operations.asking import Said, ask

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "questions.md").read_text()


class Example(NamedTuple):
    """A question of the page; without a need of its own it is the German one of the row above."""

    operation: str
    question: str
    answer: str
    table: str
    is_german: bool


def _tables(header: str) -> list[list[str]]:
    """Returns the rows of the tables that begin with a header."""
    found = re.findall(rf"^\| {re.escape(header)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    lines = [line for table in found for line in table.splitlines()]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@cache
def examples() -> list[Example]:
    found: list[Example] = []
    for need, question, answer, table in _tables("Operation, and what it needs"):
        name = re.match(r"`(\w+)`: \w", need)
        operation = name[1] if name else found[-1].operation
        found.append(Example(operation, question, answer, table.strip("`"), is_german=name is None))
    return found


def _ask(folder: Path, name: str, question: str, *, is_german: bool = False) -> Said:
    table = TABLES[name]
    header = table.german if is_german else table.english
    return ask(folder, header, table.rows, question, language=None)


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.question)
def test_each_example_is_answered_as_the_page_says(example: Example, tmp_path: Path) -> None:
    """By the operation of its row, with the sentence that stands beside it."""
    said = _ask(tmp_path, example.table, example.question, is_german=example.is_german)
    assert (said.operation, said.headline) == (example.operation, example.answer)
    assert said.answer.end is End.ANSWERED


def test_every_operation_stands_on_the_page() -> None:
    """Once, with a question in English and one in German; and no other stands there."""
    assert sorted(one.operation for one in examples() if not one.is_german) == sorted(operations())
    assert sorted(one.operation for one in examples() if one.is_german) == sorted(operations())


@pytest.mark.parametrize(
    ("brief", "operations", "answers", "table"), _tables("Brief"), ids=lambda one: one[:40]
)
def test_briefs_are_read_as_the_page_says(
    brief: str, operations: str, answers: str, table: str, tmp_path: Path
) -> None:
    """Each of their questions by its operation, in their order."""
    said = _ask(tmp_path, table.strip("`"), brief)
    read = [f"`{answer.plan.operation}`" if answer.plan else "" for answer in said.answers]
    assert read == operations.split("<br>")
    assert [said.say(answer.headline) for answer in said.answers] == answers.split("<br>")


def test_every_end_has_an_example(tmp_path: Path) -> None:
    """A question ends so, with these words: what stays open, or else the answer."""
    ends = _tables("End")
    assert [end for end, *_ in ends] == [f"`{end.value}`" for end in End]
    for end, _, question, told, table in ends:
        said = _ask(tmp_path, table.strip("`"), question)
        assert f"`{said.answer.end.value}`" == end
        assert (said.answer.reason or said.headline) == told


def test_the_tables_of_the_page_are_those_that_are_asked() -> None:
    """With their columns in both languages, and none that no question is about."""
    listed = {name.strip("`"): columns for name, *columns in _tables("Table")}
    assert listed == {
        name: [each.replace(",", ", ") for each in (table.english, table.german)]
        for name, table in TABLES.items()
    }
    assert {one.table for one in examples()} == set(TABLES)
