"""The examples on the page /docs: bodies that are accepted as they are."""

import json
from typing import Any

from deckgen.domain.api_keys import NewKey
from deckgen.domain.asking import AskRequest
from deckgen.domain.deletions import TenantDeletion
from deckgen.domain.finding import ManyRequest
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.previews import PreviewRequest
from deckgen.domain.requests import MAX_URL, PriorityRequest
from deckgen.domain.share_links import NewShareLink
from deckgen.domain.webhook_endpoints import EndpointChange, NewEndpoint, RotateRequest

GENERATE = job_kinds()["generate"].example
EXAMPLES: dict[type, Any] = {
    PreviewRequest: {"csvData": GENERATE["csvData"], "csvName": "sales.csv"},
    AskRequest: {"question": "Which region brings most sales?"},
    NewKey: {"name": "shop", "scopes": ["decks:read", "decks:write"]},
    NewShareLink: {"expiresInDays": 7},
    NewEndpoint: {"url": "https://you.example/deckgen", "events": ["job.completed", "job.failed"]},
    EndpointChange: {"enabled": False},
    RotateRequest: {"overlapHours": 24},
    PriorityRequest: {"priority": 9},
    TenantDeletion: {"tenant": "local"},
    ManyRequest: {"code": "internal_error", "since": "24h", "dryRun": True},
}
# A field of a form is text or a file; an empty one counts as absent.
EMPTY = {"type": "string", "example": ""}
OF_FIELDS: dict[str, dict[str, Any]] = {
    "deckId": {"example": GENERATE["deckId"]},
    "userId": {"example": GENERATE["userId"]},
    "context": {"type": "string", "example": json.dumps(GENERATE["context"])},
    "csvData": {"type": "string", "format": "binary"},
    "csvName": EMPTY | {"maxLength": 200},
    "maxTokens": EMPTY | {"pattern": "^[0-9]{0,9}$"},
    "maxCost": EMPTY | {"pattern": "^([0-9]{1,9}([.][0-9]{1,9})?)?$"},
    "webhookUrl": EMPTY | {"maxLength": MAX_URL},
}
IN_A_FORM = {"context": "The brief as JSON text", "csvName": "Instead of the file's own name"}


def form(schema: dict[str, Any]) -> dict[str, Any]:
    """Returns a model's schema as that of a form."""
    fields = {name: _field(name, field) for name, field in schema["properties"].items()}
    return schema | {"title": f"{schema['title']} as a form", "properties": fields}


def _field(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    of_form = OF_FIELDS.get(name, {})
    described = {key: schema[key] for key in ("description", "title") if key in schema}
    if name in IN_A_FORM:
        described["description"] = IN_A_FORM[name]
    return of_form | described if "type" in of_form else schema | of_form
