"""Look at a table's file without any service, in a bounded process, as a service does it."""

from contextlib import AbstractContextManager
from pathlib import Path

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import Children, running
from deckgen.domain.asking import AskRequest, Replies
from deckgen.domain.briefs import Brief
from deckgen.domain.previews import TableRequest
from deckgen.domain.requests import parse
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator.preview_calls import ANSWERING, asked, previewed
from deckgen.orchestrator.works import WORKS

SECONDS, QUERY_SECONDS = 120.0, 30.0  # nobody else waits for it
MEMORY_BYTES = 3_000_000_000
MAX_NAME = 200


def inspect_file(data: Path, brief: str = "") -> TableModel:
    """Returns what the table means, and how the questions of a brief are understood.

    UnreadableData if it can't be read.
    """
    context = parse(Brief, {"businessContext": brief})
    request = TableRequest(name=data.name[-MAX_NAME:], context=context)
    with _process() as children:
        answer = previewed(children, QUERY_SECONDS, SECONDS, request, data)
    return TableModel.model_validate_json(answer)


def ask_file(
    data: Path, question: str, locale: str | None = None, language: str | None = None
) -> Replies:
    """Returns the answers to a question about the table; UnreadableData if it can't be read."""
    said = {"question": question, "locale": locale, "language": language}
    request = parse(AskRequest, {name: value for name, value in said.items() if value is not None})
    context = parse(Brief, request.context())
    of_table = TableRequest(name=data.name[-MAX_NAME:], context=context)
    with _process() as children:
        answer = asked(children, QUERY_SECONDS, SECONDS, of_table, data)
    return Replies.model_validate_json(answer)


def _process() -> AbstractContextManager[Children]:
    return running(1, Bounds(SECONDS + ANSWERING, MEMORY_BYTES), WORKS)
