"""Whether the queue does its work: asked is what the work asks, and what is wrong has a name."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from deckgen.config.settings import Settings
from deckgen.domain.errors import Unavailable
from deckgen.domain.jobs import JobCounts, QueueMetrics, QueueStatus
from deckgen.queue.pool import DeliveryPool
from deckgen.redis import refusals
from deckgen.store import away, jobs, retention, workers
from deckgen.store import pool as store

ANSWER_SECONDS = 2.0  # a server that takes longer is as good as away
PROBE, PROBED = "readiness", "deckgen:probed"  # a row and a key that nobody reads
FEWEST_ENDED = 5  # below that an error rate says nothing


async def queue_status(database: store.Pool, delivery: DeliveryPool, settings: Settings) -> QueueStatus:
    """Jobs by status, figures, and the reasons why it is not healthy, if there are any."""
    try:
        async with away.database():
            found = await jobs.figures(database)
            warnings = [one async for one in _warnings(database, settings)]
    except Unavailable as error:
        return QueueStatus(healthy=False, jobs=JobCounts(), reasons=[error.message])
    reasons = [
        *_reasons(found.counts, found.metrics, settings),
        *([f"No worker takes jobs. {found.reason}"] if found.reason else []),
        *await why_not_stored(database),
        *await why_not_delivered(delivery),
    ]
    return QueueStatus(
        healthy=not reasons,
        jobs=found.counts,
        metrics=found.metrics,
        paused=found.paused,
        reasons=reasons,
        warnings=warnings,
    )


async def why_not_stored(database: store.Pool) -> list[str]:
    """Why no row can be written, in a sentence; empty if one can."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await workers.write_probe(database, PROBE)
    except away.AWAY as error:
        return [away.reason(error)]
    return []


async def why_not_delivered(delivery: DeliveryPool) -> list[str]:
    """Why no key can be set, in a sentence; empty if one can."""
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
    if found := await retention.expiring(database, outage_days=days):
        expires = found.first_failed_at + timedelta(days=days)
        yield (
            f"Jobs that infrastructure failed are kept for {days} days, which are soon over for "
            f"{found.jobs:,} of them, for the first at {expires:%Y-%m-%d %H:%M} UTC. Retry or dismiss "
            "them."
        )


def _reasons(counts: JobCounts, metrics: QueueMetrics, settings: Settings) -> Iterator[str]:
    depth = counts.waiting + counts.delayed
    if metrics.workers == 0:
        yield "No worker lives."
    if metrics.ended >= FEWEST_ENDED and metrics.error_rate > settings.health_max_error_rate:
        yield f"Of the {metrics.ended} jobs of the last five minutes {metrics.error_rate:.0%} failed."
    if counts.active > settings.health_max_active:
        yield f"{counts.active} jobs are active; the limit is {settings.health_max_active}."
    if depth > settings.health_max_depth:
        yield f"{depth} jobs wait; the limit is {settings.health_max_depth}."
    if metrics.oldest_waiting_seconds > settings.health_max_waiting_seconds:
        yield (
            f"The oldest job has waited for {metrics.oldest_waiting_seconds:.0f} s; "
            f"the limit is {settings.health_max_waiting_seconds:g} s."
        )
