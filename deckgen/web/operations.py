"""The operations of the API: for each endpoint its body, its answers, its errors and its parameters."""

from typing import Any

from pydantic import BaseModel

from deckgen.domain.api_keys import CreatedKey, Key, Keys, NewKey
from deckgen.domain.asking import AskRequest, Replies
from deckgen.domain.audit import AuditPage
from deckgen.domain.datasets import PARQUET
from deckgen.domain.decks import Deck, Verification
from deckgen.domain.deletions import Receipt, TenantDeletion
from deckgen.domain.documents import ID_PATTERN
from deckgen.domain.finding import MAX_LISTED, FoundJobs, ManyAnswer, ManyRequest
from deckgen.domain.job_kind import JobKind
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.jobs import DeliveryStatus, Job, JobStatus, QueueStatus, Submitted
from deckgen.domain.model_calls import Account
from deckgen.domain.presentations import PRESENTATION, DeckVersions, Presentation
from deckgen.domain.previews import PreviewRequest
from deckgen.domain.refreshing import RefreshedPresentation
from deckgen.domain.requests import PriorityRequest
from deckgen.domain.share_links import CreatedShareLink, NewShareLink, ShareLink, ShareLinks
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.domain.table_models import TableModel
from deckgen.domain.templates import REFERENCE_PATTERN, RemovedTemplate, Template, Templates
from deckgen.domain.webhook_endpoints import (
    Endpoint,
    EndpointChange,
    Endpoints,
    EndpointWithSecret,
    NewEndpoint,
    NewOwnSecret,
    OwnSecret,
    RotateRequest,
)
from deckgen.domain.webhook_log import MAX_LOGGED, LoggedDeliveries, LoggedDelivery
from deckgen.export.format import Format, Use
from deckgen.export.formats import formats
from deckgen.export.themes.theme import names

# An operation: the model of its body, the status and content of its answer, and its errors.
Operation = tuple[type[BaseModel] | None, int, type[BaseModel] | str, tuple[int, ...]]
OPERATIONS: dict[str, Operation] = {
    "preview": (PreviewRequest, 200, TableModel, (413, 422, 503)),
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
    "verify_file": (None, 200, Verification, (404, 409, 413, 422, 503)),
    "refresh": (None, 200, RefreshedPresentation, (404, 413, 422, 503)),
    "ask": (AskRequest, 200, Replies, (404, 409, 413, 422, 503)),
    "table": (None, 200, PARQUET, (404, 409, 422, 503)),
    "put_template": (None, 200, Template, (404, 409, 413, 422, 503)),
    "list_templates": (None, 200, Templates, (503,)),
    "template": (None, 200, Template, (404, 503)),
    "remove_template": (None, 200, RemovedTemplate, (404, 503)),
    "signing_keys": (None, 200, JsonWebKeySet, (503,)),
    "create_share": (NewShareLink, 201, CreatedShareLink, (404, 413, 422, 503)),
    "list_shares": (None, 200, ShareLinks, (404, 503)),
    "revoke_share": (None, 200, ShareLink, (404, 503)),
    "create_key": (NewKey, 201, CreatedKey, (413, 422, 503)),
    "list_keys": (None, 200, Keys, (503,)),
    "revoke_key": (None, 200, Key, (404, 503)),
    "create_endpoint": (NewEndpoint, 201, EndpointWithSecret, (409, 413, 422, 503)),
    "list_endpoints": (None, 200, Endpoints, (503,)),
    "endpoint": (None, 200, Endpoint, (404, 503)),
    "change_endpoint": (EndpointChange, 200, Endpoint, (404, 413, 422, 503)),
    "remove_endpoint": (None, 200, Endpoint, (404, 503)),
    "rotate_endpoint": (RotateRequest, 200, EndpointWithSecret, (404, 413, 422, 503)),
    "own_secret": (None, 200, OwnSecret, (503,)),
    "rotate_own_secret": (RotateRequest, 200, NewOwnSecret, (409, 413, 422, 503)),
    "deliveries": (None, 200, LoggedDeliveries, (422, 503)),
    "redeliver": (None, 202, LoggedDelivery, (404, 409, 503)),
    "delete_deck": (None, 200, Receipt, (404, 503)),
    "delete_user": (None, 202, Receipt, (404, 503)),
    "delete_tenant": (TenantDeletion, 202, Receipt, (413, 422, 503)),
    "deletion": (None, 200, Receipt, (404, 503)),
    "audit": (None, 200, AuditPage, (422, 503)),
    "healthz": (None, 200, "application/json", ()),
    "readyz": (None, 200, "application/json", (503,)),
    "metrics": (None, 200, "text/plain", (401, 403)),
}
# Statuses with which the doors may answer any request, and a request that changes something.
ANY, CHANGING, PROBES = (400, 408, 421, 431, 503), (403, 415), ("healthz", "readyz")
REFUSED = (401, 403, 429)  # of a request that needs a key
OF_FORM = (304, "Unchanged since the answer that If-None-Match names")
# Other answers of an operation that are no problems.
BESIDE: dict[str, tuple[int, str]] = {
    "table": OF_FORM,
    "stream": (204, "The job is over, and the client has received its last event"),
}
# Bodies that are files, by their media types.
FILES = {"verify_file": PRESENTATION, "put_template": PRESENTATION}
# Bodies that are forms with files, by the names of these.
FORMS = {"refresh": ("presentation", "csvData")}
# A 503 of these may also be the queue's status, with the reasons.
UNHEALTHY = ("pause", "resume", "queue_status")
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
        ("status", "query", _several({"enum": list(JobStatus)}), "Any of these statuses"),
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
        ("status", "query", {"enum": list(DeliveryStatus)}, "In this status"),
        ("cursor", "query", {"type": "string"}, "The nextCursor of the previous page"),
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


def all_operations() -> dict[str, Operation]:
    """Returns the operations by the names of their routes, with those of kinds of jobs and forms."""
    forms = {
        f"{way}{each.name}": _of_form(each)
        for each in formats()
        if each.use is not Use.FIELD
        for way in ("", "shared_")
    }
    kinds = {each.name: _of_kind(each) for each in job_kinds().values()}
    return OPERATIONS | forms | kinds


def _of_form(of: Format) -> Operation:
    errors = (404, 409, 422, 503) if of.use is Use.DOWNLOAD else (404, 422, 503)
    return None, 200, of.media_type, errors


def _of_kind(kind: JobKind) -> Operation:
    errors = (400, 408, 409, 413, 422, 429, 503)
    return kind.body, 202, Submitted, errors + ((404,) if kind.changes_deck else ())


def parameters_of(name: str) -> list[Parameter]:
    """Returns the parameters of an operation beside its path and body."""
    if name in job_kinds():
        return [_KEY]
    if name.removeprefix("shared_") in (each.name for each in formats() if each.is_drawn):
        return [
            ("theme", "query", {"enum": list(names())}, "How it looks; by default as its brief says"),
            ("template", "query", _TEMPLATE, "A template of the tenant's in place of a theme"),
        ]
    return PARAMETERS.get(name, [])
