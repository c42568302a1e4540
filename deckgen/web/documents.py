"""Answers that are documents; pydantic itself writes their JSON, in a quarter of the time."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.documents import BaseDocument
from deckgen.http.etags import answer_unless_known

PRIVATE = {"Cache-Control": "no-store"}  # for what is the caller's own, and may be another in a moment


def unless_known(request: Request, document: BaseDocument) -> Response:
    """Returns the answer with its tag, for what is polled: 304 to a client that has it."""
    content = document.model_dump_json(by_alias=True).encode()
    return answer_unless_known(request, content, "application/json")


class Document(Response):
    media_type = "application/json"

    def render(self, content: BaseDocument) -> bytes:
        return content.model_dump_json(by_alias=True).encode()
