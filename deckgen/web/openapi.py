"""The OpenAPI document, made of the endpoints' docstrings and the models' schemas."""

import inspect
from asyncio import to_thread
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from deckgen.domain.access import Scope
from deckgen.domain.documents import canonical_json
from deckgen.domain.event_data import told_event
from deckgen.domain.events import TERMINAL
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.webhooks import Notification
from deckgen.http.etags import answer_unless_known
from deckgen.web import answer_headers, schemas
from deckgen.web.examples import ANSWERS, EXAMPLES, PROBLEM, notified
from deckgen.web.large_uploads import bodies_with_table
from deckgen.web.naming import TAGS, operation_id, public_path, tag
from deckgen.web.operations import (
    ANY,
    CHANGING,
    FILES,
    FORMS,
    OF_HOST,
    PROBES,
    REFUSED,
    STREAM,
    TAGGED,
    UNHEALTHY,
    Operation,
    all_operations,
    names_of_forms,
)
from deckgen.web.parameters import components as shared_parameters
from deckgen.web.parameters import parameters
from deckgen.web.routing import ScopedRoute
from deckgen.web.schemas import References
from deckgen.web.share_links import SharedRoute
from deckgen.web.state import state

Described = ScopedRoute | SharedRoute
Object = dict[str, Any]
ABOUT = (
    "Turns a table and a brief into a presentation whose every number can be proved.\n\n"
    "Bodies and answers are JSON with names in camelCase and times in UTC. Answers may have further "
    "members with any release, so clients leave out what they do not know."
)
KEYS = (
    "A key of the tenant, `dg_live_…`, with the scope that stands beside each operation. Servers on "
    "loopback need none by default."
)
SIGNED = (
    ("webhook-id", {"type": "string"}, "The same for each repetition of an event"),
    ("webhook-timestamp", {"type": "integer"}, "When it was sent, in seconds since 1970"),
    ("webhook-signature", {"type": "string"}, "v1 and the HMAC-SHA256 of id, timestamp and body"),
)


def describe(routes: list[BaseRoute], version: str, root: str = "") -> Object:
    """Returns the document for the routes that have an operation of their name, served under `root`."""
    named, references = schemas.components()
    operations = all_operations()
    paths: Object = {}
    for route in routes:
        if isinstance(route, ScopedRoute | SharedRoute) and (declared := operations.get(route.name)):
            method = min((route.methods or {"GET"}) - {"HEAD"}).lower()
            path = public_path(route.path_format, [*route.param_convertors])
            paths.setdefault(path, {})[method] = _operation(route, declared, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "deckgen",
            "version": version,
            "description": ABOUT,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "tags": [{"name": name, "description": description} for name, description, _ in TAGS],
        "paths": paths,
        "webhooks": {kind: {"post": _webhook(kind, references)} for kind in sorted(TERMINAL)},
        "components": {
            "schemas": named,
            "parameters": shared_parameters(),
            "headers": answer_headers.components(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": KEYS}},
        },
    }


def _operation(route: Described, declared: Operation, references: References) -> Object:
    summary, _, description = (inspect.getdoc(route.endpoint) or "").partition("\n")
    operation: Object = {
        "operationId": operation_id(route.name),
        "tags": [tag(route.path_format)],
        "summary": summary,
        "description": _with_scope(description.strip(), route.needs),
        "security": [{"key": [route.needs]}] if route.needs else [],
        "parameters": parameters(route.name, [*route.param_convertors]),
        "responses": _responses(route, declared, references),
    }
    if content := _body(route.name, declared, references):
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _with_scope(description: str, scope: Scope | None) -> str:
    needs = f"Needs the scope `{scope}`." if scope else ""
    return "\n\n".join(part for part in (description, needs) if part)


def _body(name: str, declared: Operation, references: References) -> Object:
    """Returns the content of a body by its media types; none without one."""
    if kind_of_file := FILES.get(name):
        return {kind_of_file: {"schema": schemas.FILE}}
    if names := FORMS.get(name):
        files = dict.fromkeys(names, schemas.FILE)
        schema = {"type": "object", "properties": files, "required": list(names)}
        return {"multipart/form-data": {"schema": schema}}
    body = declared[0]
    if body is None:
        return {}
    kind = job_kinds().get(name)
    example = kind.example if kind else EXAMPLES[body]
    content: Object = {"application/json": {"schema": references[body], "example": example}}
    if name in bodies_with_table():
        form = schemas.reference(schemas.form_of(body))
        encoding = {"context": {"contentType": "application/json"}}
        content["multipart/form-data"] = {"schema": form, "encoding": encoding}
    return content


def _responses(route: Described, declared: Operation, references: References) -> Object:
    _, status, _, errors = declared
    is_tagged = route.name in TAGGED or route.name in names_of_forms()
    has_key = bool(route.needs)
    headers = answer_headers.of_success(route.name, declared, is_tagged=is_tagged, has_key=has_key)
    content = _content(declared[2], references)
    responses: dict[int, Object] = {status: {"description": "Success", "content": content}}
    if is_tagged:
        responses[304] = {"description": "Unchanged since the answer that If-None-Match names"}
    if route.name == "stream":
        responses[204] = {"description": "The job is over, and the client has received its last event"}
    for each in responses.values():
        each["headers"] = headers
    for number in {*errors, *_refusals(route)}:
        responses[number] = _problem(number, has_key=has_key)
    if route.name in UNHEALTHY:
        responses[503]["description"] = "Not healthy, or a problem"
        responses[503]["content"] |= content
    return {str(number): responses[number] for number in sorted(responses)}


def _refusals(route: Described) -> set[int]:
    """Returns the statuses with which the doors may refuse a request to this route."""
    changes = (route.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    return {
        *ANY,
        *(OF_HOST if route.name not in PROBES else ()),
        *(CHANGING if changes else ()),
        *(REFUSED if route.needs else ()),
    }


def _content(answer: type[BaseModel] | str, references: References) -> Object:
    """Returns the content of a success by its media type."""
    if answer == STREAM:
        return {STREAM: {"schema": references[told_event()]}}
    if isinstance(answer, str):
        return {answer: {"schema": {"type": "string"} if answer.startswith("text/") else schemas.FILE}}
    example = {"example": ANSWERS[answer]} if answer in ANSWERS else {}
    return {"application/json": {"schema": references[answer], **example}}


def _problem(status: int, *, has_key: bool) -> Object:
    headers = answer_headers.of_problem(status, has_key=has_key)
    example = {"example": PROBLEM} if status == PROBLEM["status"] else {}
    content = {"application/problem+json": {"schema": schemas.reference("Problem"), **example}}
    return {"description": "Problem", "content": content, "headers": headers}


def _webhook(kind: str, references: References) -> Object:
    body = {"schema": references[Notification], "example": notified(kind)}
    return {
        "operationId": f"on{kind.title().replace('.', '')}",
        "tags": ["Webhooks"],
        "summary": f"Posted to the request's webhookUrl, and to the endpoints that want {kind}",
        "description": "Signed as standardwebhooks.com describes; 2xx accepts the event, 410 ends its "
        "delivery.",
        "security": [],
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": schema, "description": words}
            for name, schema, words in SIGNED
        ],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "2XX": {"description": "Accepted: the event is not sent again"},
            "410": {"description": "Nothing more is sent to this URL"},
        },
    }


async def document(request: Request) -> Response:
    """Get the OpenAPI document."""

    def written() -> bytes:
        return canonical_json(described(request))

    return await kept(request, "application/json", written)


def described(request: Request) -> Object:
    """Returns the document of the application that a request was sent to."""
    return describe(request.app.routes, version("deckgen"), request.scope.get("root_path", ""))


async def kept(request: Request, media_type: str, write: Callable[[], bytes]) -> Response:
    """Returns what is written once for each path: 304 to a client that has it."""
    pages, path = state(request).pages, request.scope["path"]
    if path not in pages:
        # The schemas take a tenth of a second: no start waits for them, and no other request.
        pages[path] = await to_thread(write)
    return answer_unless_known(request, pages[path], media_type)
