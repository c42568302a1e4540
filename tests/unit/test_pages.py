"""The words of the pages, the language that a browser wants, and the files of somebody else's."""

import hashlib
import re
from pathlib import Path
from string import Formatter

import pytest
from starlette.requests import Request

from deckgen.domain.documents import is_id
from deckgen.domain.jobs import JobStatus
from deckgen.domain.presentations import PresentationStatus
from deckgen.domain.steps import Step
from deckgen.pages.language import ENGLISH, GERMAN, language_of
from deckgen.pages.static import FOLDER
from deckgen.pages.studio.start import new_deck_id
from deckgen.pages.words import de, en

PAGES = FOLDER.parent
SAID = re.compile(r'(?:\bt|says)\(\s*"([a-z_.0-9]+)"')


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_both_languages_say_the_same() -> None:
    """Each key has words in both, and they name the same values."""
    assert en.WORDS.keys() == de.WORDS.keys()
    assert [key for key in en.WORDS if fields(en.WORDS[key]) != fields(de.WORDS[key])] == []
    assert all(text.strip() for text in (*en.WORDS.values(), *de.WORDS.values()))


def test_what_templates_say_is_there() -> None:
    """A key in a template or in a module has words, and so has every status and step."""
    sources = [*PAGES.rglob("*.html"), *PAGES.rglob("*.py")]
    said = {key for path in sources for key in SAID.findall(path.read_text()) if "." in key}
    said |= {f"step.{step}" for step in Step}
    said |= {f"status.{status}" for status in PresentationStatus}
    said |= {f"job_status.{status}" for status in JobStatus}
    assert {key for key in said if not key.endswith(".")} <= en.WORDS.keys()


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("", ENGLISH),
        ("de", GERMAN),
        ("de-AT,de;q=0.9,en;q=0.8", GERMAN),
        ("en-US,en;q=0.9,de;q=0.8", ENGLISH),
        ("fr,de;q=0.5,en;q=0.4", GERMAN),
        ("fr", ENGLISH),
        ("de;q=0,en;q=0.1", ENGLISH),
        ("de;q=x, en", ENGLISH),
        (",;q=,;;", ENGLISH),
    ],
)
def test_the_language_of_the_browser(wish: str, language: object) -> None:
    """The one that it wants most, of those that there are; else English."""
    headers = [(b"accept-language", wish.encode())]
    assert language_of(Request({"type": "http", "headers": headers})) is language


def test_files_of_somebody_else_s_are_unchanged() -> None:
    """Each is what the page beside them says, by its hash, and there is no other."""
    vendor = FOLDER / "vendor"
    said = dict(
        re.findall(
            r"^\| `([^`]+)` \| .* \| `([0-9a-f]{64})` \|$", (vendor / "README.md").read_text(), re.M
        )
    )
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in vendor.iterdir()}
    del there["README.md"]
    assert there == said


def test_nothing_is_let_through_unescaped() -> None:
    """No template takes a text for markup."""
    assert [
        path for path in PAGES.rglob("*.html") if re.search(r"\|\s*safe\b|autoescape", path.read_text())
    ] == []


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Which regions grew, and why?", "which-regions-grew-and-why-"),
        ("Größe & Umsatz?", "groe-umsatz-"),
        ("営業", "deck-"),
        ("", "deck-"),
        ("x" * 500, "deck-"),
        ("word " * 100, "word-word-word-word-word-word-word-word-"),
    ],
)
def test_the_id_of_a_new_deck(question: str, beginning: str) -> None:
    """It says what the deck is about, is an id, and another one each time."""
    first, second = new_deck_id(question), new_deck_id(question)
    assert first.startswith(beginning)
    assert is_id(first)
    assert len(first) < 60
    assert first != second
    assert Path(first).name == first
