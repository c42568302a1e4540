"""docs/errors.md has every code, and says of each what the code does."""

import re
from pathlib import Path

import pytest

from deckgen.domain import errors
from deckgen.domain.outages import OUTAGE_CODES
from deckgen.http.problems import from_error
from tests import codes

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
ROW = re.compile(r"^\| `([a-z0-9_]+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)
ROWS = {code: (http.strip(), job.strip()) for code, http, job in ROW.findall(PAGE.read_text())}
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


def test_the_status_of_an_answer() -> None:
    """The page says with which status each code comes that is written into an answer."""
    unsaid = {(code, status) for code, status in codes.answered() if str(status) not in ROWS[code][0]}
    assert unsaid == set()


def test_the_status_of_an_error() -> None:
    """The same for codes whose status follows from the class of the error."""
    unsaid = set()
    for code, names in codes.classes().items():
        if code not in OF_COMMANDS:
            errors_of = [getattr(errors, name)("", code=code) for name in names & set(TOLD_TO_CLIENTS)]
            statuses = {str(from_error(error).status_code) for error in errors_of}
            unsaid |= {(code, status) for status in statuses if status not in ROWS[code][0]}
    assert unsaid == set()


@pytest.mark.parametrize("code", sorted(ROWS))
def test_what_it_does_to_a_job(code: str) -> None:
    """The page has only the words that it explains, and marks what is kept for a person."""
    said = set(ROWS[code][1].split(", "))
    assert said <= WORDS
    assert ("kept" in said) == (code in OUTAGE_CODES)


def test_whether_it_uses_an_attempt() -> None:
    """Errors that wait are said to wait; a code of an error that fails at once is not said to."""
    for code, names in codes.classes().items():
        said = set(ROWS[code][1].split(", "))
        assert "waits" in said or not names <= {"OutageError", "BrokenCallError"}, code
        assert "fails" in said or names != {"UnreadableData"}, code
