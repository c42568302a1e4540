"""The endpoint of edits by hand, of which nothing is kept here."""

from functools import partial

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest
from deckgen.orchestrator import preview_calls
from deckgen.orchestrator.datasets import read_form, unpacked


async def edit(request: Request) -> Response:
    """POST /edits: an EditOutcome of the part `request` (EditOfDeck), within PREVIEW_SECONDS.

    The part `dataset` (gzip) is needed where something was asked for.
    """
    settings: Settings = request.app.state.settings
    previews: Children = request.app.state.previews
    async with read_form(request) as form:
        work = partial(_edited, previews, form, settings)
        body = await previews.run(work, patience=settings.preview_seconds)
    return Response(body, media_type="application/json")


def _edited(children: Children, form: FormData, settings: Settings) -> bytes:
    """Returns the outcome; the deck and the edit are read in the process, as anybody may write them."""
    part = form.get("request")
    if not isinstance(part, UploadFile):
        raise InvalidRequest("The part `request` is missing.")
    seconds = settings.query_timeout_seconds, settings.preview_seconds
    with unpacked(form.get("dataset"), settings.max_csv_bytes) as path:
        return preview_calls.edited(children, *seconds, part.file.read(), path)
