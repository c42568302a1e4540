"""Accept a job: one transaction, after which it will end whatever happens."""

from deckgen.domain import sniff
from deckgen.domain.errors import Conflict, TooLarge
from deckgen.domain.estimates import estimate_seconds, in_words
from deckgen.domain.jobs import JobStatus, Submitted
from deckgen.domain.requests import GenerateRequest
from deckgen.settings import Settings
from deckgen.store import datasets, jobs, presentations
from deckgen.store import pool as store


async def submit(database: store.Pool, settings: Settings, request: GenerateRequest) -> Submitted:
    """Write dataset, deck and job; TooLarge, UnreadableData or Conflict before anything is written."""
    upload = await _pack(request, settings.max_csv_bytes)
    async with store.database():
        estimate = await _estimate(database, request.priority, settings.queue_concurrency)
        async with store.transaction(database) as connection:
            job_id, existing = await _write(connection, request, upload, settings.max_attempts)
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


async def _write(
    connection: store.Connection,
    request: GenerateRequest,
    upload: datasets.Upload | None,
    max_attempts: int,
) -> tuple[str, bool]:
    """The job's id, and whether the deck had it already; the deck's row is locked first."""
    if not await presentations.queue(connection, deck_id=request.deck_id, user_id=request.user_id):
        raise Conflict(
            f"The deck {request.deck_id} belongs to another user. Choose another deckId.",
            code="deck_of_another_user",
        )
    if existing := await jobs.open_job(connection, request.deck_id):
        return existing, True
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
        max_attempts=max_attempts,
    )
    return job_id, False


async def _estimate(database: store.Pool, priority: int, slots: int) -> int:
    return estimate_seconds(
        recent_seconds=await jobs.recent_seconds(database),
        jobs_ahead=await jobs.jobs_ahead(database, priority),
        slots=slots,
    )
