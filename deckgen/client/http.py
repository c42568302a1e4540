"""A client of the HTTP API: it requests decks, follows and changes jobs, and downloads."""

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Self
from urllib.parse import quote, urlsplit
from uuid import uuid4

import httpx

from deckgen.domain.asking import Replies
from deckgen.domain.deletions import Receipt, What
from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.domain.finding import Action, BulkResult, FoundJobs, Preview
from deckgen.domain.jobs import Job, JobStatus, Submitted
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.templates import Template
from deckgen.export.formats import by_ending

LOCAL = {"localhost", "127.0.0.1", "::1"}
POLL_SECONDS = 0.1
MANY_SECONDS = 1_800  # a change of very many jobs takes long
OCTETS = "application/octet-stream"  # the server recognises the content


class GenerationFailed(DeckgenError):
    """The job ended without a deck; the message says why."""

    code = "generation_failed"


class Client:
    """A client of the API at `base_url`; all errors, of the connection too, are DeckgenErrors.

    `key` is one of `deckgen keys create`: it says whose decks these are, and is sent with each request.
    """

    def __init__(
        self, base_url: str, key: str | None = None, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.base_url = base_url.rstrip("/")
        # A proxy, if the environment names one, can't reach this machine's own loopback.
        local = urlsplit(base_url).hostname in LOCAL
        self._http = httpx.Client(
            base_url=self.base_url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            trust_env=not local,
            timeout=60,
            follow_redirects=True,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def submit(
        self,
        csv: Path | None,
        brief: str,
        *,
        deck_id: str,
        user_id: str,
        priority: int = 5,
        context: Mapping[str, Any] = MappingProxyType({}),
    ) -> Submitted:
        """Ask for a deck about the table in a file (CSV, XLSX, Parquet), or from the brief alone.

        `context` has further fields of the brief by their names in JSON; None leaves one out.
        """
        fields = {
            "deckId": deck_id,
            "userId": user_id,
            "priority": str(priority),
            "context": json.dumps({"businessContext": brief, **_without_none(context)}),
        }
        with ExitStack() as stack:
            # Fields go as files without a name, which makes the request multipart.
            parts: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
            if csv is not None:
                parts["csvData"] = (csv.name, stack.enter_context(_open(csv)), OCTETS)
            answer = self._request("POST", "/api/ai/generate-async", files=parts)
        return Submitted.model_validate_json(answer.content)

    def job(self, job_id: str) -> Job:
        return Job.model_validate_json(self._request("GET", f"/api/ai/jobs/{job_id}").content)

    def find(self, query: Mapping[str, Any]) -> FoundJobs:
        """Returns a page of jobs. The fields are those of the API; those that are None are left out."""
        answer = self._request("GET", "/api/ai/jobs", params=_without_none(query))
        return FoundJobs.model_validate_json(answer.content)

    def preview(self, action: Action, query: Mapping[str, Any]) -> Preview:
        """Returns the jobs that `action` would change."""
        return Preview.model_validate_json(self._bulk(action, {**query, "dryRun": True}))

    def change(self, action: Action, query: Mapping[str, Any], count: int) -> BulkResult:
        """Do `action` to all jobs that match, if there are exactly `count`."""
        return BulkResult.model_validate_json(self._bulk(action, {**query, "count": count}))

    def change_one(self, action: Action, job_id: str) -> Job:
        """Do `action` to a job."""
        answer = self._request("POST", f"/api/ai/jobs/{quote(job_id, safe='')}/{action}")
        return Job.model_validate_json(answer.content)

    def delete(self, what: What, target: str) -> Receipt:
        """Delete a deck, a user or a tenant, by its id; the receipt may not be complete yet."""
        if what is What.TENANT:
            answer = self._request("DELETE", "/api/tenant", json={"tenant": target})
        else:
            place = "presentations" if what is What.DECK else "users"
            answer = self._request("DELETE", f"/api/{place}/{quote(target, safe='')}")
        return Receipt.model_validate_json(answer.content)

    def _bulk(self, action: Action, body: Mapping[str, Any]) -> bytes:
        options: dict[str, Any] = {"json": _without_none(body), "timeout": MANY_SECONDS}
        return self._request("POST", f"/api/ai/jobs/{action}", **options).content

    def follow(self, job_id: str, on_progress: Callable[[Job], None] = lambda job: None) -> Job:
        """Wait for the job's end, passing each state to `on_progress`; raises GenerationFailed."""
        while True:
            job = self.job(job_id)
            on_progress(job)
            if job.status is JobStatus.COMPLETED:
                return job
            if job.status.is_terminal:
                reason = job.error.message if job.error else f"The job was {job.status}."
                raise GenerationFailed(reason, code=job.error.code if job.error else None)
            time.sleep(POLL_SECONDS)

    def put_template(self, name: str, path: Path) -> Template:
        """Upload a file as a template; returns what was read from it."""
        options: dict[str, Any] = {"content": _content(path), "headers": {"Content-Type": PRESENTATION}}
        answer = self._request("PUT", f"/api/templates/{quote(name, safe='')}", **options)
        return Template.model_validate_json(answer.content)

    def download(self, deck_id: str, path: Path) -> None:
        """Save the deck as `path`, whose ending (.json, .pptx, .html) is that of its form."""
        form = by_ending()[path.suffix]
        _save(form.saved(self._request("GET", form.path.format(deck_id=deck_id)).content), path)

    def download_table(self, deck_id: str, path: Path) -> None:
        """Save the table of a deck as it was read, as Parquet, over which the SQL of its facts runs."""
        place = f"/api/presentations/{quote(deck_id, safe='')}/data.parquet"
        _save(self._request("GET", place, timeout=MANY_SECONDS).content, path)

    def ask(
        self, deck_id: str, question: str, *, locale: str | None = None, language: str | None = None
    ) -> Replies:
        """Returns the answers to a question about the table of a deck; nothing of it is kept."""
        place = f"/api/presentations/{quote(deck_id, safe='')}/ask"
        body = _without_none({"question": question, "locale": locale, "language": language})
        return Replies.model_validate_json(self._request("POST", place, json=body).content)

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **options)
        except httpx.TransportError as error:
            raise Unavailable(f"No deckgen answers at {self.base_url} ({error}).") from error
        if answer.is_success:
            return answer
        raise _problem(answer)


def generate(
    base_url: str,
    csv: Path | None,
    brief: str,
    outputs: list[Path],
    *,
    key: str | None = None,
    user_id: str = "local",
    priority: int = 5,
    context: Mapping[str, Any] = MappingProxyType({}),
    on_submitted: Callable[[Submitted], None] = lambda submitted: None,
    on_progress: Callable[[Job], None] = lambda job: None,
) -> Job:
    """Have a deck made, and save it under each of `outputs`; `context` as in `Client.submit`."""
    deck_id = str(uuid4())
    with Client(base_url, key) as client:
        submitted = client.submit(
            csv, brief, deck_id=deck_id, user_id=user_id, priority=priority, context=context
        )
        on_submitted(submitted)
        job = client.follow(submitted.job_id, on_progress)
        with ThreadPoolExecutor() as threads:  # the server renders them at the same time
            list(threads.map(partial(client.download, job.deck_id), outputs))
    return job


def _without_none(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _content(path: Path) -> bytes:
    with _open(path) as file:
        return file.read()


def _open(csv: Path) -> BinaryIO:
    try:
        return csv.open("rb")
    except OSError as error:
        raise InvalidRequest(f"Can't read {csv}: {error.strerror}.") from error


def _save(content: bytes, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise InvalidRequest(f"Can't write {path}: {error.strerror}.") from error


def _problem(answer: httpx.Response) -> DeckgenError:
    """Returns the API's words (problem+json), or the status line of whatever else answered."""
    try:
        problem = answer.json()
        return DeckgenError(problem["detail"], code=problem.get("code"))
    except (ValueError, TypeError, KeyError):
        url, status = answer.request.url, f"{answer.status_code} {answer.reason_phrase}"
        return DeckgenError(f"{url} answered {status}.")
