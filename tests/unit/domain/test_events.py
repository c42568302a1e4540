"""The names of events: those that are written, and those that are documented."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deckgen.domain.events import FORMER_NAMES, KINDS, TERMINAL, Event
from deckgen.store.queries import SQL

DOCS = Path(__file__).parents[3] / "docs" / "events.md"
WRITTEN = re.compile(r"'((?:job|step|draft)\.[a-z_]+)'")


def test_every_event_that_is_written_is_known() -> None:
    """No statement writes an event that has no entry, and no entry is without a statement."""
    statements = "".join(file.read_text() for file in SQL.rglob("*.sql"))
    assert set(WRITTEN.findall(statements)) == set(KINDS)
    assert set(KINDS) >= TERMINAL


def test_every_event_is_documented() -> None:
    """The page has one row for each, with what it says."""
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", DOCS.read_text(), re.MULTILINE))
    assert rows == KINDS


def test_all_names_have_a_dot() -> None:
    """Of whom, and what."""
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in KINDS)


@pytest.mark.parametrize(("name", "former"), FORMER_NAMES.items())
def test_a_former_name(name: str, former: str) -> None:
    """A row that an older worker has written has the name of today."""
    event = Event(number=1, kind=former, data={}, created_at=datetime.now(UTC))
    assert event.kind == name
