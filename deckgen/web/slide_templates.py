"""Endpoints of templates: a tenant's own PowerPoint files, whose looks decks wear."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.documents import BaseDocument
from deckgen.domain.templates import MAX_TEMPLATE_BYTES
from deckgen.http import bodies
from deckgen.queue.templates import TenantTemplates
from deckgen.web.documents import PRIVATE
from deckgen.web.state import caller, decks, state


async def put_template(request: Request) -> Response:
    """Upload a template under a name: a .potx or .pptx file, which is the body.

    The answer says what was read from it and what could not be mapped. A file that gives something else
    than the latest version becomes the next one; decks keep the version that they were made with. 422
    for a file that can't be read, is dangerous, or that nothing can be drawn upon. 429 while too many
    previews, questions and uploaded templates are in flight.
    """
    timeout = state(request).settings.body_timeout_seconds
    bounded = bodies.bounded(request, max_bytes=MAX_TEMPLATE_BYTES, timeout=timeout)
    content = await bodies.read_bytes(bounded)
    with state(request).previews.one_more(caller(request)):
        return _answer(await _templates(request).put(_name(request), content))


async def list_templates(request: Request) -> Response:
    """List the templates of the tenant, each by its latest version."""
    return _answer(await _templates(request).listed())


async def template(request: Request) -> Response:
    """Get a template: what was read from it, and its versions. `acme@2` is a version of `acme`."""
    return _answer(await _templates(request).get(_name(request)))


async def remove_template(request: Request) -> Response:
    """Remove a template, or one version of it: decks that name it wear the standard theme from now
    on."""
    return _answer(await _templates(request).remove(_name(request)))


def _templates(request: Request) -> TenantTemplates:
    return decks(request).templates


def _name(request: Request) -> str:
    value: str = request.path_params["template_name"]
    return value


def _answer(document: BaseDocument) -> Response:
    return JSONResponse(document.to_json(), headers=PRIVATE)
