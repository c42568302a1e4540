"""Accept a job: one transaction, after which it will end whatever happens."""

from deckgen.domain import sniff
from deckgen.domain.errors import Conflict, FieldError, InvalidRequest, TooLarge, TooManyJobs
from deckgen.domain.estimates import estimate_seconds, in_words
from deckgen.domain.jobs import JobStatus, Submitted
from deckgen.domain.model import content_hash
from deckgen.domain.requests import GenerateRequest
from deckgen.queue.webhooks import check_webhook
from deckgen.settings import Settings
from deckgen.store import admission, datasets, jobs, presentations
from deckgen.store import pool as store

MAX_KEY = 255


async def submit(
    database: store.Pool, settings: Settings, request: GenerateRequest, key: str | None = None
) -> Submitted:
    """Write dataset, deck and job, or find the job that there is; otherwise nothing is written.

    `key` is an Idempotency-Key of the user's. Errors: TooLarge, UnreadableData, Conflict, TooManyJobs,
    and InvalidRequest for a key that was used for another request.
    """
    if key is not None and not 1 <= len(key) <= MAX_KEY:
        raise InvalidRequest.of(FieldError("Idempotency-Key", "must have 1 to 255 characters"))
    if request.webhook_url is not None:
        check_webhook(request.webhook_url, settings)
    upload = await _pack(request, settings.max_csv_bytes)
    async with store.database():
        estimate = await _estimate(database, request.priority, settings.queue_concurrency)
        async with store.transaction(database) as connection:
            job_id, existing = await _write_once(connection, settings, request, upload, key)
    return Submitted(
        job_id=job_id,
        deck_id=request.deck_id,
        status=JobStatus.WAITING,
        estimated_time=in_words(estimate),
        estimated_seconds=estimate,
        existing=existing,
        status_url=f"/api/ai/jobs/{job_id}",
        deck_url=f"/api/presentations/{request.deck_id}",
    )


async def _pack(request: GenerateRequest, max_bytes: int) -> datasets.Upload | None:
    content = request.csv_data
    if content is None:
        return None
    if len(content) > max_bytes:
        raise TooLarge(
            f"The CSV has {len(content)} bytes; the limit is {max_bytes}.", code="csv_too_large"
        )
    sniff.check_quickly(content)
    return await datasets.pack(request.csv_name, content)


async def _write_once(
    connection: store.Connection,
    settings: Settings,
    request: GenerateRequest,
    upload: datasets.Upload | None,
    key: str | None,
) -> tuple[str, bool]:
    """As `_write`, but a key that was used already is answered as it was then."""
    if key is None:
        return await _write(connection, settings, request, upload)
    sha256 = content_hash(request.model_dump(mode="json", exclude={"csv_data"}) | _hash(upload))
    if used := await admission.request_of_key(connection, request.user_id, key):
        if used[1] != sha256:
            raise InvalidRequest(
                "This Idempotency-Key was used for another request. Use a new one.",
                code="idempotency_key_reused",
            )
        return used[0], True
    job_id, existing = await _write(connection, settings, request, upload)
    await admission.keep_key(connection, request.user_id, key, sha256, job_id)
    return job_id, existing


def _hash(upload: datasets.Upload | None) -> dict[str, str | None]:
    return {"dataset": upload.sha256 if upload else None}


async def _write(
    connection: store.Connection,
    settings: Settings,
    request: GenerateRequest,
    upload: datasets.Upload | None,
) -> tuple[str, bool]:
    """The job's id, and whether the deck had it already; the deck's row is locked first."""
    if not await presentations.queue(connection, deck_id=request.deck_id, user_id=request.user_id):
        raise Conflict(
            f"The deck {request.deck_id} belongs to another user. Choose another deckId.",
            code="deck_of_another_user",
        )
    most = settings.max_queued_per_user
    standing = await admission.standing(connection, request.deck_id, request.user_id, most=most)
    if standing.open_job:
        return standing.open_job, True
    _refuse_too_many(standing, settings, request.user_id)
    if upload is not None:
        await datasets.save(connection, upload)
    job_id = await jobs.insert(
        connection,
        deck_id=request.deck_id,
        user_id=request.user_id,
        priority=request.priority,
        context=request.context.to_json(),
        dataset_sha256=upload and upload.sha256,
        dataset_name=upload and upload.name,
        max_attempts=settings.max_attempts,
        webhook_url=request.webhook_url and str(request.webhook_url),
    )
    return job_id, False


def _refuse_too_many(standing: admission.Standing, settings: Settings, user_id: str) -> None:
    most = settings.max_queued_per_user
    if standing.of_user >= most:
        raise TooManyJobs(
            f"The user {user_id} has {most} jobs that wait already.", code="too_many_jobs_of_user"
        )
    most = settings.max_queue_depth
    if standing.of_all >= most:
        raise TooManyJobs(f"{most} jobs wait already.", code="queue_full")


async def _estimate(database: store.Pool, priority: int, slots: int) -> int:
    outlook = await jobs.outlook(database, priority)
    return estimate_seconds(
        recent_seconds=outlook.recent_seconds, jobs_ahead=outlook.jobs_ahead, slots=slots
    )
