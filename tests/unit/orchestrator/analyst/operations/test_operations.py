"""The operations: each is a room with its sentences, and a new one is two files."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import deckgen
from deckgen.domain.language.de import sentences as de
from deckgen.domain.language.en import sentences as en
from deckgen.domain.language.languages import ENGLISH, REWORDED, languages
from deckgen.orchestrator.analyst import operations as rooms
from deckgen.orchestrator.analyst.answers.complete import check_operations
from deckgen.orchestrator.analyst.operations import operations
from tests.recipes import recipe

ROOM, SENTENCES, GERMAN, TEST = recipe("An operation")
SLOT = r"[\w.]*"  # what a slot of an f-string may become


def forget() -> None:
    """Operations and sentences are looked for once in a process."""
    operations.cache_clear()
    languages.cache_clear()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Path]]:
    """The recipe of docs/extending.md: three new files beside the others, and nothing else."""
    files = {}
    for package, code in ((rooms, ROOM), (en, SENTENCES), (de, GERMAN)):
        files[package.__name__] = tmp_path / package.__name__ / "gap.py"
        files[package.__name__].parent.mkdir()
        files[package.__name__].write_text(code)
        folder = str(files[package.__name__].parent)
        monkeypatch.setattr(package, "__path__", [*package.__path__, folder])
    forget()
    yield files
    for package in (rooms, en, de):
        sys.modules.pop(f"{package.__name__}.gap", None)
    monkeypatch.undo()
    forget()


def texts() -> dict[str, str]:
    return dict(languages()[ENGLISH].texts)


def trees() -> Iterator[ast.AST]:
    """Yields all code that says something, without its texts."""
    root = Path(deckgen.__path__[0])
    for file in sorted(root.rglob("*.py")):
        if file.parent.name != "sentences":
            yield ast.parse(file.read_text())


def of_pages() -> set[str]:
    """Returns the keys that stand in the templates of pages."""
    files = Path(deckgen.__path__[0]).rglob("*.j2")
    return {key for file in files for key in re.findall(r'"(\w+\.[\w.]+)"', file.read_text())}


def pattern(text: ast.JoinedStr) -> str:
    """Returns what an f-string may become."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else SLOT for part in text.values
    )


@cache
def said() -> tuple[set[str], list[str]]:
    """Returns the keys that stand in the code, and the patterns of those that it puts together."""
    nodes = [node for tree in trees() for node in ast.walk(tree)]
    keys = {
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    keys |= of_pages()
    patterns = {pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    return keys, sorted(each for each in patterns if re.match(r"[a-z_]+.*\\\.", each))


def beginnings(key: str) -> list[str]:
    """Returns a key and what it may have been made of by adding words to it."""
    words = key.split(".")
    return [key, *(".".join(words[:number]) for number in range(2, len(words)))]


def test_every_operation_is_complete() -> None:
    """It has a row, sentences of its own, and says only what there is."""
    check_operations()


@pytest.mark.slow
def test_every_sentence_is_said() -> None:
    """None stands in the table that no operation says."""
    keys, patterns = said()
    unsaid = [
        key
        for key in texts()
        if not key.startswith(REWORDED)
        and not any(each in keys for each in beginnings(key))
        and not any(re.fullmatch(one, each) for one in patterns for each in beginnings(key))
    ]
    assert unsaid == []


def test_every_other_wording_is_of_a_sentence() -> None:
    """The words of summaries begin as the key of one does, and their slots are those of all such."""
    own = [key for key in texts() if not key.startswith(REWORDED)]
    others = [key.partition(".")[2] for key in texts() if key.startswith(REWORDED)]
    assert [key for key in others if not any(each.startswith(key) for each in own)] == []


def test_what_is_put_together_has_a_sentence() -> None:
    """Each f-string that begins as a key can become one of the table."""
    heads = {key.partition(".")[0] for key in texts()}
    known = {each for key in texts() for each in beginnings(key)}
    _, patterns = said()
    own = [one for one in patterns if one.partition("\\.")[0] in heads]
    assert own
    assert [one for one in own if not any(re.fullmatch(one, key) for key in known)] == []


def test_a_new_operation_is_two_files(toy: dict[str, Path], tmp_path: Path) -> None:
    """It is asked, planned, run and told by what stands in them, as the test of the recipe says."""
    check_operations()
    there: dict[str, Any] = {}
    exec(compile(TEST, "docs/extending.md", "exec"), there)
    tests: list[Callable[[Path], None]] = [there[name] for name in there if name.startswith("test_")]
    assert len(tests) == 1
    for test in tests:
        test(tmp_path)


def test_a_room_without_its_row_is_named(toy: dict[str, Path]) -> None:
    """A room that forgot its row stops the start."""
    toy[rooms.__name__].write_text("")
    with pytest.raises(TypeError, match=r"operations\.gap has no OPERATION, which is a Operation\."):
        check_operations()


def test_a_room_without_sentences_is_named(toy: dict[str, Path]) -> None:
    """It would stay mute."""
    for language in (en, de):
        toy[language.__name__].unlink()
    with pytest.raises(TypeError, match="gap has no file of sentences in en/sentences"):
        check_operations()


def test_a_sentence_that_is_missing_is_named(toy: dict[str, Path]) -> None:
    """What a room says and the table lacks is told before anybody asks."""
    for language in (en, de):
        toy[language.__name__].write_text('SENTENCES = {"gap.apart": "{high}", "gap.label": "gap"}')
    with pytest.raises(TypeError, match=r"gap says gap\.ends, which has no sentence in en/sentences\."):
        check_operations()


def test_a_sentence_that_stands_twice_is_named(toy: dict[str, Path]) -> None:
    """Of two sentences with one key the later file would win."""
    code = toy[en.__name__].read_text()
    toy[en.__name__].write_text(code.replace('"gap.label"', '"ranking.next": "{name}", "gap.label"'))
    with pytest.raises(TypeError, match=r"ranking\.next stands in two files of en/sentences"):
        check_operations()
