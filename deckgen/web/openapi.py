"""The OpenAPI document, made of the endpoints' docstrings and the models' schemas, and its page."""

import inspect
from asyncio import to_thread
from functools import cache
from importlib.metadata import version
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from deckgen.domain.events import TERMINAL
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.webhooks import Notification
from deckgen.web.examples import EXAMPLES, form
from deckgen.web.large_uploads import bodies_with_table
from deckgen.web.operations import (
    ANY,
    BESIDE,
    CHANGING,
    FILES,
    FORMS,
    ID,
    OF_FORM,
    OF_PATHS,
    OPERATIONS,
    PROBES,
    REFUSED,
    UNHEALTHY,
    Operation,
    all_operations,
    parameters_of,
)
from deckgen.web.routing import ScopedRoute
from deckgen.web.share_links import SharedRoute

Described = ScopedRoute | SharedRoute
Model = tuple[type[BaseModel], Literal["validation", "serialization"]]
KEYS = "A key of the tenant, `dg_live_…`. Servers on loopback need none by default."
PROBLEM = {
    "type": "object",
    "description": "RFC 9457, with a stable machine code",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "What was wrong and what to do"},
        "retryable": {"type": "boolean"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def describe(routes: list[BaseRoute], version: str) -> dict[str, Any]:
    """Returns the document for the routes that have an operation of their name."""
    schemas, references = _schemas(_models())
    operations = all_operations()
    paths: dict[str, Any] = {}
    for route in routes:
        if isinstance(route, ScopedRoute | SharedRoute) and (declared := operations.get(route.name)):
            method = min((route.methods or {"GET"}) - {"HEAD"}).lower()
            paths.setdefault(route.path_format, {})[method] = _operation(route, declared, references)
    return {
        "openapi": "3.1.0",
        "info": {"title": "deckgen", "version": version},
        "paths": paths,
        "webhooks": {kind: {"post": _webhook(kind, references)} for kind in sorted(TERMINAL)},
        "components": {
            "schemas": schemas | {"Problem": PROBLEM},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": KEYS}},
        },
    }


def _models() -> tuple[Model, ...]:
    """Returns the models of requests and answers."""
    declared = all_operations().values()
    bodies = dict.fromkeys(body for body, _, _, _ in declared if body is not None)
    answers: dict[type[BaseModel], None] = dict.fromkeys(
        answer for _, _, answer, _ in declared if not isinstance(answer, str)
    )
    answers[Notification] = None
    requests: list[Model] = [(model, "validation") for model in bodies]
    return (*requests, *((model, "serialization") for model in answers))


@cache
def _schemas(models: tuple[Model, ...]) -> tuple[dict[str, Any], dict[Any, Any]]:
    """Returns the components, and for each model the reference to its own."""
    references, schema = models_json_schema(models, ref_template="#/components/schemas/{model}")
    components = schema["$defs"]
    for body in bodies_with_table().values():
        components[_form_of(body)] = form(components[body.__name__])
    return components, {model: reference for (model, _), reference in references.items()}


def _operation(route: Described, declared: Operation, references: dict[Any, Any]) -> dict[str, Any]:
    body = declared[0]
    summary, _, description = (inspect.getdoc(route.endpoint) or "").partition("\n")
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": summary,
        "description": description.strip(),
        "security": [{"key": [route.needs]}] if route.needs else [],
        "parameters": _parameters(route),
        "responses": _responses(route, declared, references),
    }
    if body is not None:
        kind = job_kinds().get(route.name)
        example = kind.example if kind else EXAMPLES[body]
        content: dict[str, Any] = {"application/json": {"schema": references[body], "example": example}}
        if route.name in bodies_with_table():
            form = f"#/components/schemas/{_form_of(body)}"
            content["multipart/form-data"] = {"schema": {"$ref": form}}
        operation["requestBody"] = {"required": True, "content": content}
    if kind_of_file := FILES.get(route.name):
        file = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {"required": True, "content": {kind_of_file: file}}
    if names := FORMS.get(route.name):
        files = {name: {"type": "string", "format": "binary"} for name in names}
        schema = {"type": "object", "properties": files, "required": list(names)}
        content = {"multipart/form-data": {"schema": schema}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _form_of(body: type[BaseModel]) -> str:
    return f"{body.__name__.removesuffix('Request')}Form"


def _responses(route: Described, declared: Operation, references: dict[Any, Any]) -> dict[str, Any]:
    _, status, answer, errors = declared
    kind, schema = (
        (answer, {})
        if isinstance(answer, str)
        else ("application/json", {"schema": references[answer]})
    )
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    changes = (route.methods or set()) & {"POST", "PATCH", "DELETE"}
    refusals = {
        *errors,
        *(ANY if route.name not in PROBES else ()),
        *(CHANGING if changes else ()),
        *(REFUSED if route.needs else ()),
    }
    responses: dict[int, Any] = {status: {"description": "Success", "content": {kind: schema}}}
    beside = BESIDE.get(route.name) or (None if route.name in OPERATIONS else OF_FORM)
    if beside:
        responses[beside[0]] = {"description": beside[1]}
    responses |= {number: {"description": "Problem", "content": problem} for number in refusals}
    if route.name in UNHEALTHY:
        responses[503] = {
            "description": "Not healthy, or a problem",
            "content": problem | {kind: schema},
        }
    return {str(number): responses[number] for number in sorted(responses)}


def _parameters(route: Described) -> list[dict[str, Any]]:
    of_path = [
        {"name": name, "in": "path", "required": True, "schema": OF_PATHS.get(name, ID)}
        for name in route.param_convertors
    ]
    return of_path + [
        {"name": name, "in": place, "schema": schema, "description": description}
        for name, place, schema, description in parameters_of(route.name)
    ]


def _webhook(kind: str, references: dict[Any, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": references[Notification]}}
    return {
        "summary": f"Posted to the request's webhookUrl, and to the endpoints that want {kind}",
        "description": "Signed as standardwebhooks.com describes; 2xx accepts the event, 410 ends its "
        "delivery.",
        "requestBody": {"content": content},
        "responses": {"2XX": {"description": "Accepted: the event is not sent again"}},
    }


async def document(request: Request) -> Response:
    """Get the OpenAPI document."""
    # The schemas take a tenth of a second: no start waits for them, and no other request.
    return JSONResponse(await to_thread(describe, request.app.routes, version("deckgen")))


async def docs(request: Request) -> Response:
    """Show a page to read and try the API."""
    return HTMLResponse(_docs_page())


@cache
def _docs_page() -> str:
    # It is imported here because it reads megabytes of scripts, which no other request needs.
    from offapi import OpenAPITemplate

    page: str = OpenAPITemplate.SWAGGER.value.format(spec_url="/openapi.json")
    return page.replace("<title>SwaggerUI</title>", "<title>deckgen API</title>")
