"""Verify a deck or a presentation from two files, without any service.

A foreign deck is computed in a bounded process, as a service does it.
"""

import json
from pathlib import Path
from typing import Any

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.domain.decks import Verification
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.signing import without_signature
from deckgen.orchestrator.proving import proved, proved_presentation
from deckgen.orchestrator.works import WORKS

SECONDS, QUERY_SECONDS = 600.0, 30.0  # nobody else waits for it
MEMORY_BYTES = 3_000_000_000
_ZIP = b"PK"


def verify_files(deck: Path, data: Path | None) -> tuple[Verification, Any]:
    """Compute the deck in a JSON or PowerPoint file again; returns it too, for its signature.

    Raises InvalidRequest if it is no deck. What could not be read within the limits is None.
    """
    for path in (deck, data):
        if path is not None and not path.is_file():
            raise InvalidRequest(f"There is no file {path}.")
    with running(1, Bounds(SECONDS, MEMORY_BYTES), WORKS) as children:
        if _is_packed(deck):
            content = deck.read_bytes()
            found = proved_presentation(children, QUERY_SECONDS, content, data, is_named=True)
            return found.verification, found.deck
        document = read_document(deck)
        unsigned = without_signature(document) if isinstance(document, dict) else document
        content = json.dumps(unsigned).encode()
        return proved(children, QUERY_SECONDS, content, data, is_named=True), document


def _is_packed(path: Path) -> bool:
    """True for a file of Office, which is a ZIP; JSON never begins so."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError as error:
        raise InvalidRequest(f"Can't read {path}: {error.strerror}.") from error


def _unique_members(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns a JSON object. Readers would differ about a member that is there twice."""
    document = dict(members)
    if len(document) < len(members):
        raise ValueError("a member of an object is there twice")
    return document


def read_document(path: Path) -> Any:
    """Returns the unchecked JSON of a deck, alone or as `GET /api/presentations/{deckId}` answers."""
    try:
        value: Any = json.loads(path.read_bytes(), object_pairs_hook=_unique_members)
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidRequest(f"{path} is not JSON: {error}.", code="invalid_json") from None
    if isinstance(value, dict) and "deckId" in value:
        value = value.get("deck")
    return value
