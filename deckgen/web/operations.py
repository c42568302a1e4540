"""The operations of the API: for each endpoint its body, its answer and its errors."""

from pydantic import BaseModel

from deckgen.domain.api_keys import CreatedKey, Key, KeyList, NewKey
from deckgen.domain.asking import AskRequest, Replies
from deckgen.domain.audit import AuditPage
from deckgen.domain.comparing import DeckComparison
from deckgen.domain.datasets import PARQUET
from deckgen.domain.decks import Deck, Verification
from deckgen.domain.deletions import Receipt, TenantDeletion
from deckgen.domain.editing import Edit, EditCheck, EditedDeck, EditRequest
from deckgen.domain.finding import FoundJobs, ManyAnswer, ManyRequest, PriorityManyRequest
from deckgen.domain.job_kind import JobKind
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.jobs import Alive, Job, QueueStatus, Ready, Submitted
from deckgen.domain.model_calls import Account
from deckgen.domain.presentations import PRESENTATION, DeckVersions, Presentation
from deckgen.domain.previews import PreviewRequest
from deckgen.domain.refreshing import RefreshedPresentation
from deckgen.domain.requests import PriorityRequest
from deckgen.domain.share_links import CreatedShareLink, NewShareLink, ShareLink, ShareLinks
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.domain.table_models import TableModel
from deckgen.domain.templates import RemovedTemplate, Template, TemplateList
from deckgen.domain.webhook_endpoints import (
    Endpoint,
    EndpointChange,
    EndpointList,
    EndpointWithSecret,
    NewEndpoint,
    NewOwnSecret,
    OwnSecret,
    RotateRequest,
)
from deckgen.domain.webhook_log import LoggedDeliveries, LoggedDelivery
from deckgen.domain.workers import WorkerList
from deckgen.export.format import Format, Use
from deckgen.export.formats import formats

STREAM = "text/event-stream"
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
    "change_priorities": (PriorityManyRequest, 200, ManyAnswer, (409, 413, 422, 503)),
    "stream": (None, 200, STREAM, (400, 404, 503)),
    "pause": (None, 200, QueueStatus, (503,)),
    "resume": (None, 200, QueueStatus, (503,)),
    "queue_status": (None, 200, QueueStatus, (503,)),
    "workers": (None, 200, WorkerList, (503,)),
    "usage": (None, 200, Account, (422, 503)),
    "versions": (None, 200, DeckVersions, (404, 503)),
    "version": (None, 200, Deck, (404, 503)),
    "presentation": (None, 200, Presentation, (404, 503)),
    "verify": (None, 200, Verification, (404, 409, 422, 503)),
    "verify_file": (None, 200, Verification, (404, 409, 413, 422, 503)),
    "refresh": (None, 200, RefreshedPresentation, (404, 413, 422, 503)),
    "ask": (AskRequest, 200, Replies, (404, 409, 413, 422, 503)),
    "edit": (EditRequest, 200, EditedDeck, (404, 409, 413, 422, 503)),
    "check_edit": (Edit, 200, EditCheck, (404, 409, 413, 422, 503)),
    "compare": (None, 200, DeckComparison, (404, 422, 503)),
    "table": (None, 200, PARQUET, (404, 409, 422, 503)),
    "put_template": (None, 200, Template, (404, 409, 413, 422, 503)),
    "list_templates": (None, 200, TemplateList, (503,)),
    "template": (None, 200, Template, (404, 503)),
    "remove_template": (None, 200, RemovedTemplate, (404, 503)),
    "signing_keys": (None, 200, JsonWebKeySet, (503,)),
    "create_share": (NewShareLink, 201, CreatedShareLink, (404, 413, 422, 503)),
    "list_shares": (None, 200, ShareLinks, (404, 503)),
    "revoke_share": (None, 200, ShareLink, (404, 503)),
    "create_key": (NewKey, 201, CreatedKey, (413, 422, 503)),
    "list_keys": (None, 200, KeyList, (503,)),
    "revoke_key": (None, 200, Key, (404, 503)),
    "create_endpoint": (NewEndpoint, 201, EndpointWithSecret, (409, 413, 422, 503)),
    "list_endpoints": (None, 200, EndpointList, (503,)),
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
    "healthz": (None, 200, Alive, ()),
    "readyz": (None, 200, Ready, (503,)),
}
# Statuses with which the doors may answer any request, one for a host that is not served, and one that
# changes something.
ANY, OF_HOST, CHANGING = (400, 408, 431, 503), (421,), (403, 415)
PROBES = ("healthz", "readyz")  # are answered for any host
REFUSED = (401, 403, 429)  # of a request that needs a key
# Answers with an ETag, beside those of the forms of a deck: 304 to who has them.
TAGGED = ("presentation", "table", "job", "find")
# Bodies that are files, by their media types.
FILES = {"verify_file": PRESENTATION, "put_template": PRESENTATION}
# Bodies that are forms with files, by the names of these.
FORMS = {"refresh": ("presentation", "csvData")}
# A 503 of these may also be the queue's status, with the reasons.
UNHEALTHY = ("pause", "resume", "queue_status")


def all_operations() -> dict[str, Operation]:
    """Returns the operations by the names of their routes, with those of kinds of jobs and forms."""
    forms = {
        f"{way}{each.name}": _of_form(each, shared=bool(way))
        for each in formats()
        if each.use is not Use.FIELD
        for way in ("", "shared_")
    }
    kinds = {each.name: _of_kind(each) for each in job_kinds().values()}
    return OPERATIONS | forms | kinds


def names_of_forms() -> set[str]:
    """Returns the names of the routes that serve a deck in one of its forms."""
    return {
        f"{way}{each.name}"
        for each in formats()
        if each.use is not Use.FIELD
        for way in ("", "shared_")
    }


def _of_form(of: Format, *, shared: bool) -> Operation:
    return None, 200, of.media_type, (404, 409, *((410,) if shared else ()), 422, 503)


def _of_kind(kind: JobKind) -> Operation:
    errors = (400, 408, 409, 413, 422, 429, 503)
    return kind.body, 202, Submitted, errors + ((404,) if kind.changes_deck else ())
