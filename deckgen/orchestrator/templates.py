"""The call that has a template read, in a bounded process: anybody may have made it."""

from functools import partial

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from deckgen.bounded.children import Children
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.orchestrator.datasets import read_form


async def read(request: Request) -> Response:
    """POST /templates: a ReadTemplate of the part `template` (PowerPoint), under the name `name`."""
    children = request.app.state.children
    async with read_form(request) as form:
        body = await children.run(partial(_read, children, form))
    return Response(body, media_type="application/json")


def _read(children: Children, form: FormData) -> bytes:
    part, name = form.get("template"), form.get("name")
    if not isinstance(part, UploadFile) or not isinstance(name, str):
        raise InvalidRequest("The parts `template` and `name` are both needed.")
    return read_template(children, part.file.read(), name)


def read_template(children: Children, content: bytes, name: str) -> bytes:
    """Returns a ReadTemplate as JSON. Raises InvalidRequest for a file that can't be used, also for one
    that takes more time or memory than there is.
    """
    try:
        return children.call("read_template", content, name)
    except UnreadableData:
        raise InvalidRequest(
            "The template takes more time or memory to read than it may.", code="template_unusable"
        ) from None
