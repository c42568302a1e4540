"""The examples of the OpenAPI document: bodies that are accepted as they are, and answers."""

from typing import Any

from deckgen.domain.api_keys import NewKey
from deckgen.domain.asking import AskRequest
from deckgen.domain.deletions import TenantDeletion
from deckgen.domain.editing import Edit, EditRequest
from deckgen.domain.finding import ManyAnswer, ManyRequest, PriorityManyRequest
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.jobs import Submitted
from deckgen.domain.previews import PreviewRequest
from deckgen.domain.requests import PriorityRequest
from deckgen.domain.share_links import NewShareLink
from deckgen.domain.webhook_endpoints import EndpointChange, NewEndpoint, RotateRequest

GENERATE = job_kinds()["generate"].example
EXAMPLES: dict[type, Any] = {
    PreviewRequest: {"csvData": GENERATE["csvData"], "csvName": "sales.csv"},
    AskRequest: {"question": "Which region brings most sales?"},
    EditRequest: {
        "baseVersion": 1,
        "userId": "me",
        "slides": [{"id": "s3", "title": "Revenue fell, as our readers feel it", "hidden": False}],
    },
    Edit: {"slides": [{"id": "s3", "title": "Revenue fell by {{f12}} from its peak"}]},
    NewKey: {"name": "shop", "scopes": ["decks:read", "decks:write"]},
    NewShareLink: {"expiresInDays": 7},
    NewEndpoint: {"url": "https://you.example/deckgen", "events": ["job.completed", "job.failed"]},
    EndpointChange: {"enabled": False},
    RotateRequest: {"overlapHours": 24},
    PriorityRequest: {"priority": 9},
    TenantDeletion: {"tenant": "local"},
    ManyRequest: {"code": ["internal_error"], "since": "24h", "dryRun": True},
    PriorityManyRequest: {"user": "me", "priority": 9, "count": 12},
}
# What is answered, by the model of the answer.
AT, JOB_ID = "2026-01-31T12:00:00Z", "6b0f5f0e-5a53-4d35-8a75-5a9c1b8f7f3e"
ANSWERS: dict[type, Any] = {
    Submitted: {
        "jobId": JOB_ID,
        "deckId": GENERATE["deckId"],
        "status": "waiting",
        "estimatedTime": "under a minute",
        "estimatedSeconds": 5,
        "existing": False,
        "statusUrl": f"/api/ai/jobs/{JOB_ID}",
        "deckUrl": f"/api/presentations/{GENERATE['deckId']}",
    },
    ManyAnswer: {"matched": 3, "changed": 2, "skipped": 1, "reasons": {"job_purged": 1}},
}
PROBLEM = {
    "type": "/docs/errors/job_not_found",
    "title": "Not found",
    "status": 404,
    "code": "job_not_found",
    "detail": f"There is no job '{JOB_ID}'.",
    "retryable": False,
}


def notified(kind: str) -> dict[str, Any]:
    """Returns the body of a webhook that tells of an end."""
    status = kind.removeprefix("job.")
    failure = {"code": "unreadable_data", "message": "The table has no rows."}
    data = {
        "jobId": JOB_ID,
        "deckId": GENERATE["deckId"],
        "userId": GENERATE["userId"],
        "status": status,
        "deckUrl": f"/api/presentations/{GENERATE['deckId']}",
        "error": failure if status == "failed" else None,
    }
    return {"type": kind, "timestamp": AT, "data": data}
