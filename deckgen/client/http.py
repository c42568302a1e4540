"""What a client of the HTTP API does for one deck: post, follow, download."""

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

from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.domain.finding import Action, BulkResult, FoundJobs, Preview
from deckgen.domain.jobs import Job, JobStatus, Submitted
from deckgen.export.formats import by_ending

LOCAL = {"localhost", "127.0.0.1", "::1"}
POLL_SECONDS = 0.1
MANY_SECONDS = 1_800  # a change of very many jobs takes its time
OCTETS = "application/octet-stream"  # the server looks at the content


class GenerationFailed(DeckgenError):
    """The job ended without a deck; the message says why."""

    code = "generation_failed"


class Client:
    """A client of the API at `base_url`; errors of the API and of the way to it are DeckgenErrors."""

    def __init__(self, base_url: str, transport: httpx.BaseTransport | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        # A proxy, if the environment names one, can't reach this machine's own loopback.
        local = urlsplit(base_url).hostname in LOCAL
        self._http = httpx.Client(
            base_url=self.base_url,
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
        """Ask for a deck about the table in a file (CSV, XLSX, Parquet), or out of the brief alone.

        `context` are further fields of the brief by their names in JSON; None leaves one out.
        """
        fields = {
            "deckId": deck_id,
            "userId": user_id,
            "priority": str(priority),
            "context": json.dumps({"businessContext": brief, **_given(context)}),
        }
        with ExitStack() as stack:
            # Every part is given as a file, without a name for the fields: that makes it multipart.
            parts: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
            if csv is not None:
                parts["csvData"] = (csv.name, stack.enter_context(_open(csv)), OCTETS)
            answer = self._request("POST", "/api/ai/generate-async", files=parts)
        return Submitted.model_validate_json(answer.content)

    def job(self, job_id: str) -> Job:
        return Job.model_validate_json(self._request("GET", f"/api/ai/jobs/{job_id}").content)

    def find(self, query: Mapping[str, Any]) -> FoundJobs:
        """A page of jobs; the fields are those of the API, and None is not given."""
        answer = self._request("GET", "/api/ai/jobs", params=_given(query))
        return FoundJobs.model_validate_json(answer.content)

    def preview(self, action: Action, query: Mapping[str, Any]) -> Preview:
        """What `action` would be done to."""
        return Preview.model_validate_json(self._many(action, {**query, "dryRun": True}))

    def change(self, action: Action, query: Mapping[str, Any], count: int) -> BulkResult:
        """Do `action` to all jobs that match, if they are `count`."""
        return BulkResult.model_validate_json(self._many(action, {**query, "count": count}))

    def change_one(self, action: Action, job_id: str) -> Job:
        answer = self._request("POST", f"/api/ai/jobs/{quote(job_id, safe='')}/{action}")
        return Job.model_validate_json(answer.content)

    def _many(self, action: Action, body: Mapping[str, Any]) -> bytes:
        options: dict[str, Any] = {"json": _given(body), "timeout": MANY_SECONDS}
        return self._request("POST", f"/api/ai/jobs/{action}", **options).content

    def follow(self, job_id: str, on_progress: Callable[[Job], None] = lambda job: None) -> Job:
        """Wait for the job's end, telling `on_progress` of every look; or GenerationFailed."""
        while True:
            job = self.job(job_id)
            on_progress(job)
            if job.status is JobStatus.COMPLETED:
                return job
            if job.status.is_terminal:
                reason = job.error.message if job.error else f"The job was {job.status}."
                raise GenerationFailed(reason, code=job.error.code if job.error else None)
            time.sleep(POLL_SECONDS)

    def download(self, deck_id: str, path: Path) -> None:
        """Save the deck as `path`, whose ending (.json, .pptx, .html) says in which form."""
        form = by_ending()[path.suffix]
        content = form.saved(self._request("GET", form.path.format(deck_id=deck_id)).content)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise InvalidRequest(f"Can't write {path}: {error.strerror}.") from error

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
    user_id: str = "local",
    priority: int = 5,
    context: Mapping[str, Any] = MappingProxyType({}),
    on_submitted: Callable[[Submitted], None] = lambda submitted: None,
    on_progress: Callable[[Job], None] = lambda job: None,
) -> Job:
    """Have a deck made and save it under each of `outputs`; `context` as in `Client.submit`."""
    deck_id = str(uuid4())
    with Client(base_url) as client:
        submitted = client.submit(
            csv, brief, deck_id=deck_id, user_id=user_id, priority=priority, context=context
        )
        on_submitted(submitted)
        job = client.follow(submitted.job_id, on_progress)
        with ThreadPoolExecutor() as threads:  # the server draws them at the same time
            list(threads.map(partial(client.download, job.deck_id), outputs))
    return job


def _given(context: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in context.items() if value is not None}


def _open(csv: Path) -> BinaryIO:
    try:
        return csv.open("rb")
    except OSError as error:
        raise InvalidRequest(f"Can't read {csv}: {error.strerror}.") from error


def _problem(answer: httpx.Response) -> DeckgenError:
    """The API's own words (problem+json), or the status line of whatever else answered."""
    try:
        problem = answer.json()
        return DeckgenError(problem["detail"], code=problem.get("code"))
    except (ValueError, TypeError, KeyError):
        url, status = answer.request.url, f"{answer.status_code} {answer.reason_phrase}"
        return DeckgenError(f"{url} answered {status}.")
