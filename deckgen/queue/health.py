"""The health of the queue: probes do what its work does, and each reason is a sentence."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from deckgen.config.settings import Settings
from deckgen.domain.errors import Unavailable
from deckgen.domain.jobs import JobCounts, QueueMetrics, QueueStatus, Readiness
from deckgen.queue.pool import DeliveryPool
from deckgen.redis import refusals
from deckgen.store import away, jobs, retention, workers
from deckgen.store import pool as store

ANSWER_SECONDS = 2.0  # a server that takes longer is as good as away
PROBE, PROBED = "readiness", "deckgen:probed"  # a row and a key that nobody reads
FEWEST_ENDED = 5  # fewer ended jobs than that give no error rate


async def queue_status(database: store.Pool, delivery: DeliveryPool, settings: Settings) -> QueueStatus:
    """Returns all jobs by status, figures, and the reasons why the queue is not healthy, if any."""
    try:
        async with away.database():
            figures = await jobs.figures(database)
            warnings = [warning async for warning in _warnings(database, settings)]
    except Unavailable as error:
        return QueueStatus(healthy=False, jobs=JobCounts(), reasons=[error.message])
    reasons = [
        *_reasons(figures.counts, figures.metrics, settings),
        *([f"No worker can take jobs. {figures.reason}"] if figures.reason else []),
        *await why_not_stored(database),
        *await why_not_delivered(delivery),
    ]
    return QueueStatus(
        healthy=not reasons,
        jobs=figures.counts,
        metrics=figures.metrics,
        paused=figures.paused,
        reasons=reasons,
        warnings=warnings,
    )


async def readiness(database: store.Pool, delivery: DeliveryPool) -> Readiness:
    """Returns the reasons why no row can be written; without Redis jobs are accepted, and wait."""
    stored, delivered = await asyncio.gather(why_not_stored(database), why_not_delivered(delivery))
    return Readiness(reasons=stored, warnings=delivered)


async def why_not_stored(database: store.Pool) -> list[str]:
    """Returns a sentence that says why no row can be written; empty if one can."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await workers.write_probe(database, PROBE)
    except away.AWAY as error:
        return [away.reason(error)]
    return []


async def why_not_delivered(delivery: DeliveryPool) -> list[str]:
    """Returns a sentence that says why no key can be set; empty if one can."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await delivery.set(PROBED, b"", ex=1)
    except refusals.REDIS_AWAY as error:
        return [refusals.reason(error)]
    return []


async def _warnings(database: store.Pool, settings: Settings) -> AsyncIterator[str]:
    days = settings.retain_outage_days
    if days == "all" or not days:
        return
    if expiring := await retention.expiring(database, outage_days=days):
        expires = expiring.first_failed_at + timedelta(days=days)
        yield (
            f"Jobs that infrastructure failed are kept for {days} days. That time ends soon for "
            f"{expiring.jobs:,} of them, for the first at {expires:%Y-%m-%d %H:%M} UTC. Retry or "
            "dismiss them."
        )


def _reasons(counts: JobCounts, metrics: QueueMetrics, settings: Settings) -> Iterator[str]:
    depth = counts.waiting + counts.delayed
    if metrics.workers == 0:
        yield "No worker is running."
    if metrics.ended >= FEWEST_ENDED and metrics.error_rate > settings.health_max_error_rate:
        yield f"{metrics.error_rate:.0%} of the {metrics.ended} jobs of the last five minutes failed."
    if counts.active > settings.health_max_active:
        yield f"{counts.active} jobs are active; the limit is {settings.health_max_active}."
    if depth > settings.health_max_depth:
        yield f"{depth} jobs are waiting; the limit is {settings.health_max_depth}."
    if metrics.oldest_waiting_seconds > settings.health_max_waiting_seconds:
        yield (
            f"The oldest waiting job has waited for {metrics.oldest_waiting_seconds:.0f} s; "
            f"the limit is {settings.health_max_waiting_seconds:g} s."
        )
