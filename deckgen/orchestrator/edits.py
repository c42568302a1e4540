"""The endpoint of edits by hand, of which nothing is kept here."""

from functools import partial

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.editing import EditWork
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.requests import parse_json
from deckgen.orchestrator import preview_calls
from deckgen.orchestrator.datasets import read_form, unpacked


async def edit(request: Request) -> Response:
    """POST /edits: an EditOutcome of the parts `request` (EditWork) and `deck` (JSON).

    The part `dataset` (gzip) is needed where something was asked for. It takes PREVIEW_SECONDS at most.
    """
    settings: Settings = request.app.state.settings
    previews: Children = request.app.state.previews
    async with read_form(request) as form:
        work = partial(_edited, previews, form, settings)
        body = await previews.run(work, patience=settings.preview_seconds)
    return Response(body, media_type="application/json")


def _edited(children: Children, form: FormData, settings: Settings) -> bytes:
    work = parse_json(EditWork, _part(form, "request"))
    seconds = settings.query_timeout_seconds, settings.preview_seconds
    with unpacked(form.get("dataset"), settings.max_csv_bytes) as path:
        return preview_calls.edited(children, *seconds, _part(form, "deck"), work, path)


def _part(form: FormData, name: str) -> bytes:
    part = form.get(name)
    if not isinstance(part, UploadFile):
        raise InvalidRequest(f"The part `{name}` is missing.")
    return part.file.read()
