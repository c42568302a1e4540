"""Accept a job: one statement, after which it will end whatever happens."""

import asyncio
from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.decks import Layout
from deckgen.domain.documents import content_hash
from deckgen.domain.errors import (
    Conflict,
    FieldError,
    InvalidRequest,
    NotFound,
    TooLarge,
    TooManyJobs,
)
from deckgen.domain.model_calls import ModelPolicy
from deckgen.domain.requests import GenerateRequest, JobRequest, RevisionRequest
from deckgen.domain.uploads import sniff
from deckgen.queue.webhooks import check_webhook
from deckgen.store import admission, away, datasets
from deckgen.store import pool as store
from deckgen.store.admission import Key, Limits, Outcome

MAX_KEY = 255
Requested = GenerateRequest | RevisionRequest


async def accept(
    database: store.Pool, settings: Settings, request: GenerateRequest, key: str | None = None
) -> tuple[str, bool]:
    """Write dataset, deck and job, or find the job that there is; otherwise nothing is written.

    Returns the job's id and whether it was there before. `key` is an Idempotency-Key of the user's.
    Errors: TooLarge, UnreadableData, Conflict, TooManyJobs, and InvalidRequest for a key that was used
    for another request.
    """
    _check(request, settings, key)
    upload = await _pack(request, settings.max_csv_bytes)
    # What has its default is left out of what is new: keys of former versions stay what they were.
    policy = set(ModelPolicy.model_fields)
    wanted = request.model_dump(mode="json", exclude={"csv_data"} | policy)
    wanted |= request.policy.model_dump(mode="json", exclude_defaults=True)
    wanted["dataset"] = upload.sha256 if upload else None
    limits = _limits(settings)
    async with away.database():
        accepted = await admission.accept(database, request, upload, _key(wanted, key), limits)
    return _accepted(accepted, request, limits)


async def accept_revision(
    database: store.Pool, settings: Settings, request: RevisionRequest, key: str | None = None
) -> tuple[str, bool]:
    """Write a job that rewrites a slide; the same in all else.

    Errors beside those of `accept`: NotFound without a deck, Conflict while a job is at work on it.
    """
    _check(request, settings, key)
    limits = _limits(settings)
    wanted = request.model_dump(mode="json")
    async with away.database():
        accepted = await admission.accept_revision(database, request, _key(wanted, key), limits)
    return _accepted(accepted, request, limits)


def check_slide(request: RevisionRequest, deck: dict[str, Any] | None) -> None:
    """NotFound for a slide that the deck does not have, InvalidRequest for one that no model words.

    A deck that there is not yet is told of by `accept_revision`.
    """
    if deck is None:
        return
    slide = next((one for one in deck["slides"] if one["id"] == request.slide_id), None)
    if slide is None:
        raise NotFound(
            f"The deck {request.deck_id!r} has no slide {request.slide_id!r}.", code="slide_not_found"
        )
    if not Layout(slide["layout"]).is_worded:
        raise InvalidRequest(
            f"A slide of the kind {slide['layout']} is not worded by a model: it can't be revised.",
            code="slide_not_revisable",
        )


def _check(request: JobRequest, settings: Settings, key: str | None) -> None:
    if key is not None and not 1 <= len(key) <= MAX_KEY:
        raise InvalidRequest.of(FieldError("Idempotency-Key", "must have 1 to 255 characters"))
    if request.webhook_url is not None:
        check_webhook(request.webhook_url, settings)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.max_queued_per_user, settings.max_queue_depth, settings.max_attempts)


def _accepted(
    accepted: tuple[Outcome, str | None], request: Requested, limits: Limits
) -> tuple[str, bool]:
    outcome, job_id = accepted
    if job_id is None or outcome is Outcome.KEY_REUSED:
        raise _refusal(outcome, request, limits)
    return job_id, outcome is Outcome.EXISTING


async def _pack(request: GenerateRequest, max_bytes: int) -> datasets.Upload | None:
    content = request.csv_data
    if content is None:
        return None
    if len(content) > max_bytes:
        raise TooLarge(
            f"The table has {len(content)} bytes; the limit is {max_bytes}.", code="csv_too_large"
        )
    await asyncio.to_thread(sniff.check_quickly, content)
    return await datasets.pack(request.csv_name, content)


def _key(wanted: dict[str, Any], key: str | None) -> Key | None:
    return None if key is None else Key(key, content_hash(wanted))


def _refusal(outcome: Outcome, request: Requested, limits: Limits) -> Exception:
    match outcome:
        case Outcome.NO_DECK:
            return NotFound(
                f"There is no deck {request.deck_id!r} whose slides could be revised.",
                code="deck_not_found",
            )
        case Outcome.DECK_IN_WORK:
            return Conflict(
                f"A job is at work on the deck {request.deck_id}. Revise it when that job is over.",
                code="deck_in_work",
            )
        case Outcome.KEY_REUSED:
            return InvalidRequest(
                "This Idempotency-Key was used for another request. Use a new one.",
                code="idempotency_key_reused",
            )
        case Outcome.DECK_OF_ANOTHER_USER:
            return Conflict(
                f"The deck {request.deck_id} belongs to another user. Choose another deckId.",
                code="deck_of_another_user",
            )
        case Outcome.TOO_MANY_OF_USER:
            return TooManyJobs(
                f"The user {request.user_id} has {limits.of_user} jobs that wait already.",
                code="too_many_jobs_of_user",
            )
        case _:
            return TooManyJobs(f"{limits.of_all} jobs wait already.", code="queue_full")
