"""The calls that put the numbers of a new table into a presentation, in a bounded process."""

from functools import partial
from pathlib import Path
from typing import Any

import orjson
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest, TooLarge
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.refreshing import RefreshedFile, unpacked
from deckgen.orchestrator import datasets
from deckgen.orchestrator.datasets import read_form
from deckgen.orchestrator.proving import MAX_PRESENTATION_BYTES


def refreshed(
    children: Children, query_seconds: float, content: bytes, path: Path, name: str
) -> tuple[RefreshedFile, bytes]:
    """Returns what became of a presentation, and the file. Errors as of `refresher.refresh`."""
    return unpacked(_refreshed(children, query_seconds, content, path, name))


def sealed(children: Children, content: bytes, deck: dict[str, Any]) -> bytes:
    """Returns the file with a signed deck inside."""
    return children.call("seal", content, deck)


def _refreshed(
    children: Children, query_seconds: float, content: bytes, path: Path, name: str
) -> bytes:
    if len(content) > MAX_PRESENTATION_BYTES:
        raise TooLarge(
            f"The presentation has more than {MAX_PRESENTATION_BYTES:,} bytes.",
            code="presentation_too_large",
        )
    return children.call("refresh", query_seconds, content, path, name)


async def refresh(request: Request) -> Response:
    """POST /refresh: the part `presentation` (PowerPoint) with the numbers of the part `dataset`
    (gzip), whose file is called as the part `name` says; a RefreshedFile, then the file.
    """
    state = request.app.state
    async with read_form(request) as form:
        body = await state.children.run(partial(_refresh, state.children, form, state.settings))
    return Response(body, media_type="application/octet-stream")


def _refresh(children: Children, form: FormData, settings: Settings) -> bytes:
    name, seconds = str(form.get("name") or "table.csv"), settings.query_timeout_seconds
    with datasets.unpacked(form.get("dataset"), settings.max_csv_bytes) as path:
        if path is None:
            raise InvalidRequest("The part `dataset` is missing.")
        return _refreshed(children, seconds, _file(form, "presentation"), path, name)


async def seal(request: Request) -> Response:
    """POST /refresh/seal: the part `presentation` with the part `deck` (JSON) in its proof."""
    state = request.app.state
    async with read_form(request) as form:
        content, deck = _file(form, "presentation"), orjson.loads(_file(form, "deck"))
        body = await state.children.run(partial(sealed, state.children, content, deck))
    return Response(body, media_type=PRESENTATION)


def _file(form: FormData, name: str) -> bytes:
    part = form.get(name)
    if not isinstance(part, UploadFile):
        raise InvalidRequest(f"The part `{name}` is missing.")
    return part.file.read()
