"""Verify a deck without any service: two files are all that it takes.

As with a service, a foreign deck is computed in a process that is bounded.
"""

import json
from pathlib import Path
from typing import Any

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.domain.decks import Verification
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.signing import without_signature
from deckgen.orchestrator.proving import WORKS, proved

SECONDS, QUERY_SECONDS = 600.0, 30.0  # nobody waits but whoever has asked
MEMORY_BYTES = 3_000_000_000


def verify_files(deck: Path, data: Path | None) -> Verification:
    """Compute the deck in a JSON file again; InvalidRequest if it is no deck."""
    for path in (deck, data):
        if path is not None and not path.is_file():
            raise InvalidRequest(f"There is no file {path}.")
    document = read_document(deck)
    if isinstance(document, dict):
        document = without_signature(document)  # which is checked by itself, however it is written
    with running(1, Bounds(SECONDS, MEMORY_BYTES), WORKS) as children:
        content = json.dumps(document).encode()
        return proved(children, QUERY_SECONDS, content, data, is_named=True)


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Of a member that is there twice, who reads it next might take the other one."""
    if len(found := dict(members)) < len(members):
        raise ValueError("a member of an object is there twice")
    return found


def read_document(path: Path) -> Any:
    """A deck alone, or as `GET /api/presentations/{deckId}` answers with it; as JSON, unchecked."""
    try:
        value: Any = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidRequest(f"{path} is not JSON: {error}.", code="invalid_json") from None
    if isinstance(value, dict) and "deckId" in value:
        value = value.get("deck")
    return value
