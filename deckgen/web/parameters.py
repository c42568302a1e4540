"""What is read of path, query and headers, for the OpenAPI document."""

from typing import Any

from pydantic.alias_generators import to_camel

from deckgen.domain.documents import ID_PATTERN
from deckgen.domain.finding import MAX_LISTED
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.jobs import DeliveryStatus, JobStatus
from deckgen.domain.templates import REFERENCE_PATTERN
from deckgen.domain.webhook_log import MAX_LOGGED
from deckgen.export.formats import formats
from deckgen.export.themes.theme import names
from deckgen.http.request_ids import HEADER
from deckgen.web.operations import TAGGED, names_of_forms

UUID = {"type": "string", "format": "uuid"}
ID = {"type": "string", "pattern": ID_PATTERN}
OF_PATHS = {
    "job_id": UUID,
    "key_id": ID,
    "share_id": UUID,
    "token": {"type": "string"},
    "endpoint_id": UUID,
    "delivery_id": UUID,
    "deletion_id": UUID,
    "template_name": {"type": "string", "pattern": REFERENCE_PATTERN},
    "number": {"type": "integer", "minimum": 1},
    "other": {"type": "integer", "minimum": 1},
}
# A parameter beside path and body: its name, its place, its schema and its description.
Parameter = tuple[str, str, dict[str, Any], str]


def _several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_LIMIT = {"type": "integer", "minimum": 1, "maximum": MAX_LISTED, "default": 50}
_CURSOR: Parameter = (
    "cursor",
    "query",
    {"type": "string"},
    "The nextCursor of the previous page",
)
_TEMPLATE = {"type": "string", "pattern": REFERENCE_PATTERN}
_DATE = {"type": "string", "format": "date"}
_KEY: Parameter = (
    "Idempotency-Key",
    "header",
    {"type": "string", "minLength": 1, "maxLength": 255},
    "A second request with the same key gets the job of the first",
)
PARAMETERS: dict[str, list[Parameter]] = {
    "stream": [
        (
            "Last-Event-ID",
            "header",
            {"type": "integer", "minimum": 0},
            "The number of the last event that was received",
        )
    ],
    "find": [
        (
            "status",
            "query",
            _several({"type": "string", "enum": list(JobStatus)}),
            "Any of these statuses",
        ),
        ("code", "query", _several({"type": "string"}), "Any of these error codes"),
        ("user", "query", ID, "Jobs of this user"),
        ("deck", "query", ID, "Jobs of this deck"),
        (
            "q",
            "query",
            {"type": "string", "maxLength": 200},
            "Words of the brief or the error; all must be found",
        ),
        ("since", "query", {"type": "string"}, "Requested since: 2026-01-31T12:00:00Z, 24h, 7d"),
        _CURSOR,
        ("limit", "query", _LIMIT, "Jobs per page"),
    ],
    "audit": [
        ("actor", "query", {"type": "string"}, "Who did it: key:3f9aZk2P, proxy:ann, server"),
        ("action", "query", {"type": "string"}, "What was done: job.cancelled, deck.deleted"),
        ("target", "query", {"type": "string"}, "The id of what it was done to"),
        ("since", "query", {"type": "string"}, "Done since: 2026-01-31T12:00:00Z, 24h, 7d"),
        _CURSOR,
        ("limit", "query", _LIMIT, "Entries per page"),
    ],
    "deliveries": [
        ("job", "query", UUID, "Of this job"),
        ("endpoint", "query", UUID, "To this endpoint"),
        ("status", "query", {"type": "string", "enum": list(DeliveryStatus)}, "In this status"),
        _CURSOR,
        (
            "limit",
            "query",
            {"type": "integer", "minimum": 1, "maximum": MAX_LOGGED, "default": 50},
            "Deliveries per page",
        ),
    ],
    "usage": [
        ("from", "query", _DATE, "The first day (UTC); by default the last 30 days"),
        ("to", "query", _DATE, "The last day (UTC); by default today"),
        (
            "userId",
            "query",
            {"type": "string", "pattern": ID_PATTERN},
            "The user; by default all users",
        ),
    ],
}


_LOOKS: tuple[Parameter, ...] = (
    (
        "theme",
        "query",
        {"type": "string", "enum": list(names())},
        "How it looks; by default as its brief says",
    ),
    ("template", "query", _TEMPLATE, "A template of the tenant's in place of a theme"),
)
_KNOWN: Parameter = (
    "If-None-Match",
    "header",
    {"type": "string"},
    "The ETag of an answer that the client has; 304 if it is still the same",
)


def parameters(route: str, of_path: list[str]) -> list[dict[str, Any]]:
    """Returns the parameters of an operation: those of its path, and those beside path and body."""
    required = [
        {"name": to_camel(name), "in": "path", "required": True, "schema": OF_PATHS.get(name, ID)}
        for name in of_path
    ]
    return [*required, *_described(route), {"$ref": "#/components/parameters/RequestId"}]


def components() -> dict[str, Any]:
    """Returns the parameters that all operations share."""
    description = "The client's own id of this request, which the answer and the server's log have too"
    schema = {"type": "string", "pattern": ID_PATTERN}
    return {
        "RequestId": {
            "name": HEADER,
            "in": "header",
            "schema": schema,
            "description": description,
        }
    }


def _described(route: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": place, "schema": schema, "description": description}
        for name, place, schema, description in _beside(route)
    ]


def _beside(route: str) -> list[Parameter]:
    if route in job_kinds():
        return [_KEY]
    if route in names_of_forms():
        return [*(_LOOKS if route.removeprefix("shared_") in _drawn() else ()), _KNOWN]
    return [*PARAMETERS.get(route, ()), *([_KNOWN] if route in TAGGED else ())]


def _drawn() -> set[str]:
    return {each.name for each in formats() if each.is_drawn}
