"""`--template` of the command line: a file, or the name of a template."""

from pathlib import Path

import pytest

from deckgen.cli import templates
from deckgen.domain.errors import InvalidRequest


@pytest.mark.parametrize("named", [None, "acme", "acme@2"])
def test_a_name_is_taken_as_it_is(named: str | None) -> None:
    """Whether there is such a template the server knows."""
    templates.check(named)


@pytest.mark.parametrize(
    ("given", "words"),
    [("deck.pdf", "neither a file"), ("Acme@x", "neither a file"), ("none.potx", "no file")],
)
def test_what_is_neither_is_refused_at_once(given: str, words: str) -> None:
    """Before a server is started for it."""
    with pytest.raises(InvalidRequest, match=words):
        templates.check(given)


def test_a_file_that_is_there_is_taken(tmp_path: Path) -> None:
    """Whatever is in it, which its reader judges."""
    file = tmp_path / "acme.POTX"
    file.write_bytes(b"")
    templates.check(str(file))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Acme Corporate 2024.potx", "acme-corporate-2024"),
        ("2024.pptx", "t-2024"),
        ("Übersicht.potx", "bersicht"),
        ("模板.potx", "t"),
        (f"{'a' * 60}.potx", "a" * 40),
    ],
)
def test_a_file_is_uploaded_under_its_name(file: str, name: str) -> None:
    """With the letters that names have."""
    assert templates.name_of(Path(file)) == name
