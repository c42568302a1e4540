"""The calls that have a deck, or a presentation made of one, computed again."""

from functools import partial

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import InvalidRequest
from deckgen.orchestrator import proving
from deckgen.orchestrator.datasets import read_form, unpacked

# What proves a part of a request.
_PROVED = {"deck": proving.proved, "presentation": proving.proved_presentation}


async def verify(request: Request) -> Response:
    """POST /verify: a Verification of the part `deck` (JSON) over the part `dataset` (gzip), if any."""
    return await _verdict(request, "deck")


async def verify_presentation(request: Request) -> Response:
    """POST /verify/presentation: a PresentationVerification of the part `presentation` (PowerPoint)."""
    return await _verdict(request, "presentation")


async def _verdict(request: Request, name: str) -> Response:
    state = request.app.state
    async with read_form(request) as form:
        body = await state.children.run(partial(_verified, state.children, form, state.settings, name))
    return Response(body, media_type="application/json")


def _verified(children: Children, form: FormData, settings: Settings, name: str) -> bytes:
    """Returns the verdict about the part `name` of a request, over its part `dataset`."""
    part, dataset, prove = form.get(name), form.get("dataset"), _PROVED[name]
    if not isinstance(part, UploadFile):
        raise InvalidRequest(f"The part `{name}` is missing.")
    seconds, content = settings.query_timeout_seconds, part.file.read()
    with unpacked(dataset, settings.max_csv_bytes) as path:
        found = prove(children, seconds, content, path, is_named=False)
    return canonical_json(found.to_json())
