"""docs/errors.md has every code, and says of each what the code does."""

import re
from pathlib import Path

import pytest

from deckgen.domain import errors
from deckgen.domain.errors import DeckgenError
from deckgen.domain.outages import OUTAGE_CODES
from deckgen.http.problems import from_error
from tests import codes

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
ROW = re.compile(r"^\| `([a-z0-9_]+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)
ROWS = {code: (http.strip(), job.strip()) for code, http, job in ROW.findall(PAGE.read_text())}
CLASSES = codes.classes()
WORDS = {"fails", "attempt", "waits", "draft", "kept", "–"}
# What clients are answered with; errors of steps are answers of the orchestrator to its workers.
TOLD_TO_CLIENTS = (
    "Unauthenticated",
    "NotAllowed",
    "InvalidRequest",
    "TooLarge",
    "NotFound",
    "Conflict",
    "TooManyJobs",
    "TooManyRequests",
    "Unavailable",
)
OF_COMMANDS = {"unreadable_file"}


def test_every_code_is_documented() -> None:
    """Whoever adds a code says on the page what it means and what to do."""
    assert codes.all_codes() - ROWS.keys() == set()


def test_no_row_is_left_over() -> None:
    """A code that no longer exists has no row, and none has two."""
    assert ROWS.keys() - codes.all_codes() == set()
    assert len(ROW.findall(PAGE.read_text())) == len(ROWS)


def test_codes_are_found() -> None:
    """The control: one of each kind of place in which a code is written."""
    assert {
        "job_not_found",  # an argument
        "tables_busy",  # by a name
        "worker_silent",  # of an answer
        "deck_replaced",  # of a class
        "orchestrator_error",  # of a variable
        "method_not_allowed",  # in a table of statuses
        "model_call_too_large",  # of an outcome
        "worker_crashed",
    } <= codes.all_codes()


@pytest.mark.parametrize(("code", "status"), sorted(codes.answered()))
def test_the_status_of_an_answer(code: str, status: int) -> None:
    """The page says with which status it comes."""
    assert str(status) in ROWS[code][0]


@pytest.mark.parametrize("code", sorted(CLASSES.keys() - OF_COMMANDS))
def test_the_status_of_an_error(code: str) -> None:
    """The same for codes whose status follows from the class of the error."""
    for name in CLASSES[code] & set(TOLD_TO_CLIENTS):
        error: DeckgenError = getattr(errors, name)("", code=code)
        assert str(from_error(error).status_code) in ROWS[code][0]


@pytest.mark.parametrize("code", sorted(ROWS))
def test_what_it_does_to_a_job(code: str) -> None:
    """The page has only the words that it explains, and marks what is kept for a person."""
    said = set(ROWS[code][1].split(", "))
    assert said <= WORDS
    assert ("kept" in said) == (code in OUTAGE_CODES)


@pytest.mark.parametrize("code", sorted(CLASSES))
def test_whether_it_uses_an_attempt(code: str) -> None:
    """Errors that wait are said to wait; a code of an error that fails at once is not said to."""
    said = set(ROWS[code][1].split(", "))
    names = CLASSES[code]
    if names <= {"OutageError", "BrokenCallError"} and names:
        assert "waits" in said
    if names == {"UnreadableData"}:
        assert "fails" in said
