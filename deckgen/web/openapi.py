"""The OpenAPI document, made of the endpoints' docstrings and the models' schemas, and its page."""

import inspect
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from deckgen.domain.decks import Deck, Verification
from deckgen.domain.documents import ID_PATTERN
from deckgen.domain.events import TERMINAL
from deckgen.domain.finding import MAX_LISTED, FoundJobs, ManyAnswer, ManyRequest
from deckgen.domain.job_kind import JobKind
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.jobs import Job, JobStatus, QueueStatus, Submitted
from deckgen.domain.model_calls import Account
from deckgen.domain.presentations import DeckVersions, Presentation
from deckgen.domain.requests import PriorityRequest
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.domain.webhooks import Notification
from deckgen.export.format import Format, Use
from deckgen.export.formats import formats
from deckgen.web.examples import EXAMPLES, form

# Of each endpoint by name: the model of its body, the status and content of its answer, its errors.
Operation = tuple[type[BaseModel] | None, int, type[BaseModel] | str, tuple[int, ...]]
OPERATIONS: dict[str, Operation] = {
    "job": (None, 200, Job, (404, 503)),
    "change": (PriorityRequest, 200, Job, (404, 409, 422, 503)),
    "cancel": (None, 200, Job, (404, 409, 503)),
    "retry": (None, 202, Job, (404, 409, 503)),
    "dismiss": (None, 200, Job, (404, 409, 503)),
    "find": (None, 200, FoundJobs, (422, 503)),
    "retry_many": (ManyRequest, 200, ManyAnswer, (409, 413, 422, 503)),
    "cancel_many": (ManyRequest, 200, ManyAnswer, (409, 413, 422, 503)),
    "dismiss_many": (ManyRequest, 200, ManyAnswer, (409, 413, 422, 503)),
    "stream": (None, 200, "text/event-stream", (400, 404, 503)),
    "pause": (None, 200, QueueStatus, (503,)),
    "resume": (None, 200, QueueStatus, (503,)),
    "queue_status": (None, 200, QueueStatus, (503,)),
    "usage": (None, 200, Account, (422, 503)),
    "versions": (None, 200, DeckVersions, (404, 503)),
    "version": (None, 200, Deck, (404, 503)),
    "presentation": (None, 200, Presentation, (404, 503)),
    "verify": (None, 200, Verification, (404, 409, 422, 503)),
    "signing_keys": (None, 200, JsonWebKeySet, (503,)),
    "healthz": (None, 200, "application/json", ()),
    "readyz": (None, 200, "application/json", (503,)),
}
# What any request may be answered with at the door, and what one that changes something may be.
ANY, CHANGING, PROBES = (400, 408, 421, 431, 503), (403, 415), ("healthz", "readyz")
# What is answered beside the one answer above, without being a problem.
BESIDE: dict[str, tuple[int, str]] = {
    "stream": (204, "The job is over, and its end was heard"),
}
OF_FORM = (304, "It is still the one that If-None-Match names")
# Whose 503 is the queue's status as well, with the reasons.
UNHEALTHY = ("pause", "resume", "queue_status")
UUID = {"type": "string", "format": "uuid"}
ID = {"type": "string", "pattern": ID_PATTERN}
OF_PATHS = {"job_id": UUID, "number": {"type": "integer", "minimum": 1}}
# What an endpoint reads beside its path and body: name, where it stands, schema, and what it is.
Parameter = tuple[str, str, dict[str, Any], str]


def _several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_DATE = {"type": "string", "format": "date"}
_KEY: Parameter = (
    "Idempotency-Key",
    "header",
    {"type": "string", "minLength": 1, "maxLength": 255},
    "A second request with the same key gets the job of the first",
)
PARAMETERS: dict[str, list[Parameter]] = {
    "stream": [
        ("Last-Event-ID", "header", {"type": "integer", "minimum": 0}, "The last event that was heard")
    ],
    "find": [
        ("status", "query", _several({"enum": list(JobStatus)}), "One of these"),
        ("code", "query", _several({"type": "string"}), "One of these codes of the error"),
        ("user", "query", ID, "Of this user"),
        ("deck", "query", ID, "Of this deck"),
        (
            "q",
            "query",
            {"type": "string", "maxLength": 200},
            "Words of the brief or the error, all of them",
        ),
        ("since", "query", {"type": "string"}, "Requested since: 2026-01-31T12:00:00Z, 24h, 7d"),
        ("cursor", "query", {"type": "string"}, "The nextCursor of the page before"),
        (
            "limit",
            "query",
            {"type": "integer", "minimum": 1, "maximum": MAX_LISTED, "default": 50},
            "Jobs a page",
        ),
    ],
    "usage": [
        ("from", "query", _DATE, "The first day (UTC); else 30 days are told"),
        ("to", "query", _DATE, "The last day; else today"),
        ("userId", "query", {"type": "string", "pattern": ID_PATTERN}, "Of one user; else of all"),
    ],
}
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
    """The document for the routes whose name stands in OPERATIONS, or is that of a form of a deck."""
    schemas, references = _schemas()
    known = OPERATIONS | {each.name: _of_form(each) for each in formats() if each.use is not Use.FIELD}
    known |= {each.name: _of_kind(each) for each in job_kinds().values()}
    paths: dict[str, Any] = {}
    for route in routes:
        if isinstance(route, Route) and (told := known.get(route.name)):
            method = min((route.methods or {"GET"}) - {"HEAD"}).lower()
            paths.setdefault(route.path_format, {})[method] = _operation(route, told, references)
    return {
        "openapi": "3.1.0",
        "info": {"title": "deckgen", "version": version},
        "paths": paths,
        "webhooks": {kind: {"post": _webhook(kind, references)} for kind in sorted(TERMINAL)},
        "components": {"schemas": schemas | {"Problem": PROBLEM}},
    }


def _of_form(of: Format) -> Operation:
    return None, 200, of.media_type, (404, 409, 503) if of.use is Use.DOWNLOAD else (404, 503)


def _of_kind(kind: JobKind) -> Operation:
    errors = (400, 408, 409, 413, 422, 429, 503)
    return kind.body, 202, Submitted, errors + ((404,) if kind.changes_deck else ())


def _schemas() -> tuple[dict[str, Any], dict[Any, Any]]:
    """The components, and for each model the reference to its own."""
    requests: list[tuple[type[BaseModel], Literal["validation", "serialization"]]]
    bodies: list[type[BaseModel]] = [each.body for each in job_kinds().values()]
    bodies += [PriorityRequest, ManyRequest]
    requests = [(model, "validation") for model in bodies]
    answers = (
        Submitted,
        Job,
        FoundJobs,
        ManyAnswer,
        QueueStatus,
        Account,
        Presentation,
        DeckVersions,
        Deck,
        Verification,
        JsonWebKeySet,
        Notification,
    )
    requests += [(model, "serialization") for model in answers]
    found, schema = models_json_schema(requests, ref_template="#/components/schemas/{model}")
    components = schema["$defs"]
    for kind in job_kinds().values():
        if kind.takes_table:
            components[_form_of(kind)] = form(components[kind.body.__name__])
    return components, {model: reference for (model, _), reference in found.items()}


def _operation(route: Route, told: Operation, references: dict[Any, Any]) -> dict[str, Any]:
    body = told[0]
    summary, _, description = (inspect.getdoc(route.endpoint) or "").partition("\n")
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": summary,
        "description": description.strip(),
        "parameters": _parameters(route),
        "responses": _responses(route, told, references),
    }
    if body is not None:
        kind = job_kinds().get(route.name)
        example = kind.example if kind else EXAMPLES[body]
        content: dict[str, Any] = {"application/json": {"schema": references[body], "example": example}}
        if kind and kind.takes_table:
            form = f"#/components/schemas/{_form_of(kind)}"
            content["multipart/form-data"] = {"schema": {"$ref": form}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _form_of(kind: JobKind) -> str:
    return f"{kind.body.__name__.removesuffix('Request')}Form"


def _responses(route: Route, told: Operation, references: dict[Any, Any]) -> dict[str, Any]:
    _, status, answer, errors = told
    kind, schema = (
        (answer, {})
        if isinstance(answer, str)
        else ("application/json", {"schema": references[answer]})
    )
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    changes = (route.methods or set()) & {"POST", "PATCH"}
    refusals = (
        set(errors) | set(ANY if route.name not in PROBES else ()) | set(CHANGING if changes else ())
    )
    found: dict[int, Any] = {status: {"description": "Success", "content": {kind: schema}}}
    beside = BESIDE.get(route.name) or (None if route.name in OPERATIONS else OF_FORM)
    if beside:
        found[beside[0]] = {"description": beside[1]}
    found |= {number: {"description": "Problem", "content": problem} for number in refusals}
    if route.name in UNHEALTHY:
        found[503] = {"description": "Not healthy, or a problem", "content": problem | {kind: schema}}
    return {str(number): found[number] for number in sorted(found)}


def _parameters(route: Route) -> list[dict[str, Any]]:
    of_path = [
        {"name": name, "in": "path", "required": True, "schema": OF_PATHS.get(name, ID)}
        for name in route.param_convertors
    ]
    return of_path + [
        {"name": name, "in": place, "schema": schema, "description": description}
        for name, place, schema, description in _parameters_beside(route.name)
    ]


def _parameters_beside(name: str) -> list[Parameter]:
    return [_KEY] if name in job_kinds() else PARAMETERS.get(name, [])


def _webhook(kind: str, references: dict[Any, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": references[Notification]}}
    return {
        "summary": f"Posted to the request's webhookUrl with {kind}",
        "description": "Signed as standardwebhooks.com says; any 2xx accepts it, 410 ends it.",
        "requestBody": {"content": content},
        "responses": {"2XX": {"description": "Accepted: it is not sent again"}},
    }


async def document(request: Request) -> Response:
    """The OpenAPI document."""
    return JSONResponse(request.app.state.openapi)


async def docs(request: Request) -> Response:
    """A page to read and try the API."""
    return HTMLResponse(_docs_page())


@cache
def _docs_page() -> str:
    # Imported here because it reads megabytes of scripts, which no other request needs.
    from offapi import OpenAPITemplate

    page: str = OpenAPITemplate.SWAGGER.value.format(spec_url="/openapi.json")
    return page.replace("<title>SwaggerUI</title>", "<title>deckgen API</title>")
