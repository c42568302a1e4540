"""The forms that the orchestrator receives, with bounds on their size and on each silence."""

from contextlib import AbstractAsyncContextManager

from starlette.datastructures import FormData
from starlette.requests import Request

from deckgen.config.settings import Settings
from deckgen.http import bodies, forms

MAX_FIELD_BYTES = 1_000_000
MAX_PART_BYTES = 100_000_000  # both parts are files, which are held on disk
READ_TIMEOUT = 30.0


def received_form(request: Request) -> AbstractAsyncContextManager[FormData]:
    """Provide the form in a request's body; InvalidRequest or TooLarge beyond the bounds."""
    settings: Settings = request.app.state.settings
    max_bytes = settings.max_csv_bytes + 2 * MAX_PART_BYTES
    bounded = bodies.bounded(request, max_bytes=max_bytes, timeout=READ_TIMEOUT)
    return forms.read_form(bounded, max_part_bytes=MAX_FIELD_BYTES)
