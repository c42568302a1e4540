"""Verify a deck from two files, without any service.

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
from deckgen.orchestrator.proving import proved
from deckgen.orchestrator.works import WORKS

SECONDS, QUERY_SECONDS = 600.0, 30.0  # nobody else waits for it
MEMORY_BYTES = 3_000_000_000


def verify_files(deck: Path, data: Path | None) -> Verification:
    """Compute the deck in a JSON file again; raises InvalidRequest if it is no deck."""
    for path in (deck, data):
        if path is not None and not path.is_file():
            raise InvalidRequest(f"There is no file {path}.")
    document = read_document(deck)
    if isinstance(document, dict):
        document = without_signature(document)  # the signature is checked separately
    with running(1, Bounds(SECONDS, MEMORY_BYTES), WORKS) as children:
        content = json.dumps(document).encode()
        return proved(children, QUERY_SECONDS, content, data, is_named=True)


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
