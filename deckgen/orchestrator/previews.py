"""The endpoints of previews and of questions, of which nothing is kept."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.previews import TableRequest
from deckgen.domain.requests import parse_json
from deckgen.orchestrator import preview_calls
from deckgen.orchestrator.datasets import read_form, unpacked

Work = Callable[[Children, float, float, TableRequest, Path], bytes]


async def preview(request: Request) -> Response:
    """POST /preview: a TableModel of the part `dataset` (gzip), within PREVIEW_SECONDS.

    The part `request` is a TableRequest. It waits for a process no longer than that either.
    """
    return await _answer(request, preview_calls.previewed)


async def ask(request: Request) -> Response:
    """POST /ask: Replies to the questions of the part `request`, likewise."""
    return await _answer(request, preview_calls.asked)


async def _answer(request: Request, work: Work) -> Response:
    settings: Settings = request.app.state.settings
    previews: Children = request.app.state.previews
    async with read_form(request) as form:
        answered = partial(_answered, work, previews, form, settings)
        body = await previews.run(answered, patience=settings.preview_seconds)
    return Response(body, media_type="application/json")


def _answered(work: Work, children: Children, form: FormData, settings: Settings) -> bytes:
    part, dataset = form.get("request"), form.get("dataset")
    if not isinstance(part, UploadFile):
        raise InvalidRequest("The part `request` is missing.")
    request = parse_json(TableRequest, part.file.read())
    with unpacked(dataset, settings.max_csv_bytes) as path:
        if path is None:
            raise InvalidRequest("The part `dataset` is missing.")
        seconds = settings.query_timeout_seconds, settings.preview_seconds
        return work(children, *seconds, request, path)
