"""Whether the queue does its work, judged by PostgreSQL and by the workers' heartbeats."""

from collections.abc import Iterator

from deckgen.domain.errors import Unavailable
from deckgen.domain.jobs import JobCounts, QueueMetrics, QueueStatus
from deckgen.settings import Settings
from deckgen.store import away, jobs
from deckgen.store import pool as store

FEWEST_ENDED = 5  # below that an error rate says nothing


async def queue_status(database: store.Pool, settings: Settings) -> QueueStatus:
    """Jobs by status, figures, and the reasons why it is not healthy, if there are any."""
    try:
        async with away.database():
            found = await jobs.figures(database)
    except Unavailable as error:
        return QueueStatus(healthy=False, jobs=JobCounts(), reasons=[error.message])
    reasons = list(_reasons(found.counts, found.metrics, settings))
    return QueueStatus(
        healthy=not reasons,
        jobs=found.counts,
        metrics=found.metrics,
        paused=found.paused,
        reasons=reasons,
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
