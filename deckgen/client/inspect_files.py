"""Look at a table's file without any service, in a bounded process, as a service does it."""

from pathlib import Path

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.domain.previews import TableRequest
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator.previewing import ANSWERING, previewed
from deckgen.orchestrator.works import WORKS

SECONDS, QUERY_SECONDS = 120.0, 30.0  # nobody else waits for it
MEMORY_BYTES = 3_000_000_000
MAX_NAME = 200


def inspect_file(data: Path) -> TableModel:
    """Returns what the table means; UnreadableData if it can't be read."""
    request = TableRequest(name=data.name[-MAX_NAME:])
    with running(1, Bounds(SECONDS + ANSWERING, MEMORY_BYTES), WORKS) as children:
        answer = previewed(children, QUERY_SECONDS, SECONDS, request, data)
    return TableModel.model_validate_json(answer)
