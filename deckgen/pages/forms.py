"""The small forms of pages: fields of text, without files."""

from starlette.requests import Request

from deckgen.domain.errors import InvalidRequest
from deckgen.http import bodies
from deckgen.http.forms import read_form
from deckgen.web.state import state

MOST_BYTES = 500_000


async def fields(request: Request) -> dict[str, str]:
    """Returns the fields of a form, without files; InvalidRequest for another body."""
    if bodies.media_type(request) != bodies.MULTIPART:
        raise InvalidRequest(
            "A form of a page is sent as multipart/form-data.", code="unsupported_media_type"
        )
    timeout = state(request).settings.body_timeout_seconds
    bounded = bodies.bounded(request, max_bytes=MOST_BYTES, timeout=timeout)
    async with read_form(bounded, max_part_bytes=MOST_BYTES) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
