"""Accept a job: one statement, after which it will end whatever happens."""

from deckgen.domain import sniff
from deckgen.domain.errors import Conflict, FieldError, InvalidRequest, TooLarge, TooManyJobs
from deckgen.domain.model import content_hash
from deckgen.domain.requests import GenerateRequest
from deckgen.queue.webhooks import check_webhook
from deckgen.settings import Settings
from deckgen.store import admission, datasets
from deckgen.store import pool as store
from deckgen.store.admission import Key, Limits, Outcome

MAX_KEY = 255


async def accept(
    database: store.Pool, settings: Settings, request: GenerateRequest, key: str | None = None
) -> tuple[str, bool]:
    """Write dataset, deck and job, or find the job that there is; otherwise nothing is written.

    Returns the job's id and whether it was there before. `key` is an Idempotency-Key of the user's.
    Errors: TooLarge, UnreadableData, Conflict, TooManyJobs, and InvalidRequest for a key that was used
    for another request.
    """
    if key is not None and not 1 <= len(key) <= MAX_KEY:
        raise InvalidRequest.of(FieldError("Idempotency-Key", "must have 1 to 255 characters"))
    if request.webhook_url is not None:
        check_webhook(request.webhook_url, settings)
    upload = await _pack(request, settings.max_csv_bytes)
    limits = Limits(settings.max_queued_per_user, settings.max_queue_depth, settings.max_attempts)
    async with store.database():
        outcome, job_id = await admission.accept(
            database, request, upload, _key(request, upload, key), limits
        )
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
    sniff.check_quickly(content)
    return await datasets.pack(request.csv_name, content)


def _key(request: GenerateRequest, upload: datasets.Upload | None, key: str | None) -> Key | None:
    if key is None:
        return None
    wanted = request.model_dump(mode="json", exclude={"csv_data"})
    return Key(key, content_hash(wanted | {"dataset": upload.sha256 if upload else None}))


def _refusal(outcome: Outcome, request: GenerateRequest, limits: Limits) -> Exception:
    match outcome:
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
