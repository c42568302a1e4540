"""What the API answers, as documents and as errors, whichever client has asked."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from deckgen.domain.decks import Deck
from deckgen.domain.errors import (
    Conflict,
    DeckgenError,
    FieldError,
    InvalidRequest,
    NotAllowed,
    NotFound,
    TooLarge,
    TooManyJobs,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from deckgen.domain.jobs import Job, JobStatus
from deckgen.domain.presentations import Presentation

M = TypeVar("M", bound=BaseModel)

ERRORS: dict[int, type[DeckgenError]] = {
    400: InvalidRequest,
    401: Unauthenticated,
    403: NotAllowed,
    404: NotFound,
    408: Unavailable,
    409: Conflict,
    413: TooLarge,
    415: InvalidRequest,
    422: InvalidRequest,
    429: TooManyRequests,
    502: Unavailable,  # of a proxy, as 504
    503: Unavailable,
    504: Unavailable,
}
TOO_MANY_JOBS = frozenset({"queue_full", "too_many_jobs_of_key", "too_many_jobs_of_user"})
SECONDS = re.compile("[0-9]{1,9}")


class Problem(BaseModel):
    """What is read of a problem+json."""

    detail: str
    code: str | None = None
    errors: list[FieldError] = []


class GenerationFailed(DeckgenError):
    """The job ended without a deck; the message says why."""

    code = "generation_failed"


class AnswerNotUnderstood(DeckgenError):
    """What answers is no deckgen, or one of a later version that this client is too old for."""

    code = "answer_not_understood"


@contextmanager
def reaching(base_url: str) -> Iterator[None]:
    """Raise Unavailable if the connection fails within the block."""
    try:
        yield
    except httpx.RequestError as error:
        lost = Unavailable(f"No deckgen answers at {base_url} ({error or type(error).__name__}).")
        lost.retry_after = None  # nobody has said when
        raise lost from error


@contextmanager
def understanding(url: str) -> Iterator[None]:
    """Raise AnswerNotUnderstood if what `url` has answered is not of the expected form."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise AnswerNotUnderstood(
            f"The answer of {url} can't be read: {where}: {first['msg']}."
        ) from None


def document(model: type[M]) -> Callable[[httpx.Response], M]:
    """Returns what reads an answer; members that a later version adds are left out."""

    def read(answer: httpx.Response) -> M:
        with understanding(str(answer.request.url)):
            return model.model_validate_json(answer.content, extra="ignore")

    return read


def completed_deck(answer: httpx.Response) -> Deck:
    """Returns the completed deck of what is told of it; Conflict if there is none yet."""
    told = document(Presentation)(answer)
    if told.deck is None:
        raise Conflict(told.error_message or "This deck is not ready yet.", code="deck_not_completed")
    with understanding(str(answer.request.url)):
        return Deck.model_validate(told.deck, extra="ignore")


def content(answer: httpx.Response) -> bytes:
    return answer.content


def is_completed(job: Job) -> bool:
    """False for a job that goes on; raises GenerationFailed if it ended without a deck."""
    if job.status.is_terminal and job.status is not JobStatus.COMPLETED:
        reason = job.error.message if job.error else f"The job was {job.status}."
        raise GenerationFailed(reason, code=job.error.code if job.error else None)
    return job.status is JobStatus.COMPLETED


def problem(answer: httpx.Response) -> DeckgenError:
    """Returns the API's words (problem+json), or the status line of whatever else answered."""
    error = _in_words(answer)
    error.status = answer.status_code
    wait = answer.headers.get("retry-after", "")
    error.retry_after = float(wait) if SECONDS.fullmatch(wait) else None
    return error


def _in_words(answer: httpx.Response) -> DeckgenError:
    kind = ERRORS.get(answer.status_code, DeckgenError)
    try:
        told = Problem.model_validate_json(answer.content)
    except ValidationError:
        status = f"{answer.status_code} {answer.reason_phrase}"
        return kind(f"{answer.request.url} answered {status}.")
    if told.code in TOO_MANY_JOBS:
        return TooManyJobs(told.detail, code=told.code)
    if issubclass(kind, InvalidRequest):
        return kind(told.detail, code=told.code, errors=tuple(told.errors))
    return kind(told.detail, code=told.code)
