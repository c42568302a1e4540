"""Every request to the API, with what reads its answer; the two clients differ in how they send it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx

from deckgen.client.answers import completed_deck, content, document, problem
from deckgen.domain.asking import Replies
from deckgen.domain.comparing import DeckComparison
from deckgen.domain.decks import Deck, Verification
from deckgen.domain.deletions import Receipt, What
from deckgen.domain.editing import EditCheck, EditedDeck
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.finding import Action, BulkResult, FoundJobs, Preview
from deckgen.domain.jobs import Job, QueueStatus, Submitted
from deckgen.domain.presentations import PRESENTATION, DeckVersions, Presentation
from deckgen.domain.share_links import DEFAULT_DAYS, CreatedShareLink, ShareLink, ShareLinks
from deckgen.domain.table_models import TableModel
from deckgen.domain.templates import Template
from deckgen.domain.workers import WorkerList
from deckgen.export.formats import by_ending

T = TypeVar("T")

JOBS, PRESENTATIONS = "/api/ai/jobs", "/api/presentations"
OCTETS = "application/octet-stream"  # the server recognises the content
UNNAMED = "uploaded data"
MANY_SECONDS = 1_800  # a change of very many jobs takes long
NOTHING: Mapping[str, Any] = MappingProxyType({})

Upload = Path | bytes  # a file, or what is in one


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request: `options` are those of httpx, and `also` is a status that comes with an answer too."""

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    options: Mapping[str, Any] = field(default_factory=dict)
    also: int | None = None

    def answered(self, answer: httpx.Response) -> T:
        """Returns what is answered; raises the error that the answer is."""
        is_document = answer.headers.get("content-type", "").startswith("application/json")
        if answer.is_success or (answer.status_code == self.also and is_document):
            return self.read(answer)
        raise problem(answer)


def submit(
    table: Upload | None,
    brief: str = "",
    *,
    deck_id: str | None = None,
    user_id: str = "local",
    table_name: str | None = None,
    theme: str | None = None,
    template: str | None = None,
    context: Mapping[str, Any] = NOTHING,
    priority: int = 5,
    webhook_url: str | None = None,
    policy: Mapping[str, Any] = NOTHING,
    idempotency_key: str | None = None,
) -> Call[Submitted]:
    """Ask for a deck about a table (CSV, XLSX, Parquet), or from the brief alone.

    `context` has further fields of the brief by their names in JSON (`audience`, `slideCount`, ...),
    `policy` those of what a model may take (`maxTokens`, `maxCost`, `onModelFailure`); None leaves one
    out. Without a `deck_id` the deck is a new one. A second request with the same `idempotency_key`
    gets the job of the first.
    """
    said = {"businessContext": brief, **context, "theme": theme, "template": template}
    fields = {
        "deckId": deck_id or str(uuid4()),
        "userId": user_id,
        "priority": priority,
        "webhookUrl": webhook_url,
        **policy,
    }
    headers = _without_none({"Idempotency-Key": idempotency_key})
    options = {"files": _form(fields, said, table, table_name), "headers": headers}
    return Call("POST", "/api/ai/generate-async", document(Submitted), options)


def preview(
    table: Upload,
    brief: str = "",
    *,
    table_name: str | None = None,
    context: Mapping[str, Any] = NOTHING,
) -> Call[TableModel]:
    """Returns what a table means, with reasons, and how the brief's questions are understood."""
    form = _form({}, {"businessContext": brief, **context}, table, table_name)
    return Call("POST", "/api/ai/preview", document(TableModel), {"files": form})


def job(job_id: str) -> Call[Job]:
    """Returns the job's status, progress by step, attempts, times, error and warnings."""
    return Call("GET", _path(JOBS, job_id), document(Job))


def change_job(action: Action, job_id: str) -> Call[Job]:
    """Retry, cancel or dismiss a job (its priority is not changed here); returns it as it is then."""
    return Call("POST", _path(JOBS, job_id, action), document(Job))


def find_jobs(query: Mapping[str, Any] = NOTHING) -> Call[FoundJobs]:
    """Returns a page of jobs, the newest first; the fields are those of the API: `status`, `since`."""
    return Call("GET", JOBS, document(FoundJobs), {"params": _without_none(query)})


def preview_change(action: Action, query: Mapping[str, Any]) -> Call[Preview]:
    """Returns the jobs that `action` would change, with their count."""
    return _bulk(action, document(Preview), {**query, "dryRun": True})


def change_jobs(action: Action, query: Mapping[str, Any], count: int) -> Call[BulkResult]:
    """Do `action` to all jobs that match, if there are exactly `count`; a `priority` is a field too."""
    return _bulk(action, document(BulkResult), {**query, "count": count})


def queue_status() -> Call[QueueStatus]:
    """Returns the jobs by status, the health of the queue, and figures."""
    return Call("GET", "/api/ai/queue-status", document(QueueStatus), also=503)


def workers() -> Call[WorkerList]:
    """Returns the workers that live, with what each does, to an operator."""
    return Call("GET", "/api/ai/workers", document(WorkerList))


def presentation(deck_id: str) -> Call[Presentation]:
    """Returns the deck's status, its JSON once it is completed, or the error message."""
    return Call("GET", _path(PRESENTATIONS, deck_id), document(Presentation))


def deck(deck_id: str) -> Call[Deck]:
    """Returns the last completed deck; Conflict if there is none yet."""
    return Call("GET", _path(PRESENTATIONS, deck_id), completed_deck)


def export(
    deck_id: str, ending: str, *, theme: str | None = None, template: str | None = None
) -> Call[bytes]:
    """Returns the file of a deck in the form that has this ending: .pptx, .pdf, .html, .json."""
    form = by_ending().get(ending)
    if form is None:
        raise InvalidRequest(f"There is no form {ending!r} of a deck, only {', '.join(by_ending())}.")
    path = form.path.format(deck_id=quote(deck_id, safe=""))
    worn = _without_none({"theme": theme, "template": template})
    return Call("GET", path, lambda answer: form.saved(answer.content), {"params": worn})


def table_as_read(deck_id: str) -> Call[bytes]:
    """Returns the table of a deck as it was read, as Parquet, over which the SQL of its facts runs."""
    path = _path(PRESENTATIONS, deck_id, "data.parquet")
    return Call("GET", path, content, {"timeout": MANY_SECONDS})


def ask(
    deck_id: str, question: str, *, locale: str | None = None, language: str | None = None
) -> Call[Replies]:
    """Returns the answers to a question about the table of a deck; nothing of it is kept."""
    body = _without_none({"question": question, "locale": locale, "language": language})
    return Call("POST", _path(PRESENTATIONS, deck_id, "ask"), document(Replies), {"json": body})


def edit(deck_id: str, edit: Mapping[str, Any]) -> Call[EditedDeck]:
    """Save an edit by hand: `baseVersion`, `slides`, `order`, `asked`, `userId` as of the API.

    Conflict if the deck was changed since, InvalidRequest for what the checks refuse.
    """
    return Call("POST", _path(PRESENTATIONS, deck_id, "edits"), document(EditedDeck), {"json": edit})


def check_edit(deck_id: str, edit: Mapping[str, Any]) -> Call[EditCheck]:
    """Returns what the checks find in an edit, sentence by sentence; nothing is changed."""
    path = _path(PRESENTATIONS, deck_id, "edits", "check")
    return Call("POST", path, document(EditCheck), {"json": edit})


def versions(deck_id: str) -> Call[DeckVersions]:
    """Returns the decks that a later one has replaced, and the present one."""
    return Call("GET", _path(PRESENTATIONS, deck_id, "versions"), document(DeckVersions))


def compare_versions(deck_id: str, before: int, after: int) -> Call[DeckComparison]:
    """Returns what differs between two versions of a deck."""
    path = _path(PRESENTATIONS, deck_id, "versions", str(before), "compare", str(after))
    return Call("GET", path, document(DeckComparison))


def verify(deck_id: str) -> Call[Verification]:
    """Have all of a deck computed again; returns what does not hold."""
    options = {"timeout": MANY_SECONDS}
    return Call("POST", _path(PRESENTATIONS, deck_id, "verify"), document(Verification), options)


def verify_file(deck_id: str, file: Upload) -> Call[Verification]:
    """Verify a PowerPoint file of a deck that people may have edited."""
    path = _path(PRESENTATIONS, deck_id, "verify-file")
    return Call("POST", path, document(Verification), {**_powerpoint(file), "timeout": MANY_SECONDS})


def share(deck_id: str, *, days: int = DEFAULT_DAYS) -> Call[CreatedShareLink]:
    """Make a link to a deck for whoever has it: its `url` is a path at this server, told only once."""
    options = {"json": {"expiresInDays": days}}
    return Call("POST", _path(PRESENTATIONS, deck_id, "shares"), document(CreatedShareLink), options)


def shares(deck_id: str) -> Call[ShareLinks]:
    """Returns the links to a deck, the latest first."""
    return Call("GET", _path(PRESENTATIONS, deck_id, "shares"), document(ShareLinks))


def revoke_share(deck_id: str, share_id: str) -> Call[ShareLink]:
    """Revoke a link: it opens nothing from now on."""
    return Call("DELETE", _path(PRESENTATIONS, deck_id, "shares", share_id), document(ShareLink))


def delete(what: What, target: str) -> Call[Receipt]:
    """Delete a deck, a user or a tenant, by its id; the receipt may not be complete yet."""
    if what is What.TENANT:
        return Call("DELETE", "/api/tenant", document(Receipt), {"json": {"tenant": target}})
    place = PRESENTATIONS if what is What.DECK else "/api/users"
    return Call("DELETE", _path(place, target), document(Receipt))


def put_template(name: str, file: Upload) -> Call[Template]:
    """Upload a .potx or .pptx file as a template; returns what was read from it."""
    return Call("PUT", _path("/api/templates", name), document(Template), _powerpoint(file))


def _bulk(action: Action, read: Callable[[httpx.Response], T], body: Mapping[str, Any]) -> Call[T]:
    options = {"json": _without_none(body), "timeout": MANY_SECONDS}
    return Call("POST", f"{JOBS}/{action}", read, options)


def _form(
    fields: Mapping[str, Any], context: Mapping[str, Any], table: Upload | None, name: str | None
) -> dict[str, Any]:
    """Returns a form with the table as a file; so are the fields, without names: it is multipart."""
    texts = _without_none(fields) | {"context": json.dumps(_without_none(context))}
    parts: dict[str, Any] = {key: (None, str(value)) for key, value in texts.items()}
    if table is not None:
        own = table.name if isinstance(table, Path) else UNNAMED
        parts["csvData"] = (name or own, _bytes(table), OCTETS)
    return parts


def _powerpoint(file: Upload) -> dict[str, Any]:
    return {"content": _bytes(file), "headers": {"Content-Type": PRESENTATION}}


def _bytes(file: Upload) -> bytes:
    if isinstance(file, bytes):
        return file
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidRequest(f"Can't read {file}: {error.strerror}.") from error


def _path(place: str, *parts: str) -> str:
    return "/".join((place, *(quote(part, safe="") for part in parts)))


def _without_none(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
