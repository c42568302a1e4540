"""The posts to a webhook, and the schedule of their repetition."""

import random
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from deckgen.domain.documents import BaseDocument, Id
from deckgen.domain.jobs import JobError, JobStatus
from deckgen.domain.webhook_endpoints import EndEvent

# The schedule of Standard Webhooks, to about a day: the first attempt is made at once.
WAITS = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 8 * 3600, 8 * 3600)
JITTER = 0.2


class Ended(BaseDocument):
    job_id: str
    deck_id: Id
    user_id: Id
    status: JobStatus
    deck_url: str
    error: JobError | None


class Notification(BaseDocument):
    """The body of a webhook: a job's end, without anything of its data."""

    type: EndEvent
    timestamp: datetime
    data: Ended


def told(url: str) -> str:
    """Returns what is told of a webhook's URL: scheme, host and path, as the rest may hold a secret."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl()


def notification(
    kind: str, data: dict[str, Any], at: datetime, *, job_id: str, deck_id: str, user_id: str
) -> Notification:
    """Returns the notification of the event `kind` with `data`, such as job.failed with its code."""
    ended = Ended(
        job_id=job_id,
        deck_id=deck_id,
        user_id=user_id,
        status=JobStatus(kind.removeprefix("job.")),
        deck_url=f"/api/presentations/{deck_id}",
        error=JobError(code=data["code"], message=data["message"]) if "code" in data else None,
    )
    return Notification(type=EndEvent(kind), timestamp=at, data=ended)


def webhook_id(job_id: str, event_number: int) -> str:
    """Returns an id that is the same for every attempt of one event, so receivers can drop repeats."""
    return f"{job_id}_{event_number}"


def wait_after(attempt: int, retry_after: float | None = None) -> float | None:
    """Returns the seconds from failed attempt number `attempt` to the next; None after the last.

    `retry_after` is the receiver's wish, which is respected up to the longest wait.
    """
    if attempt > len(WAITS):
        return None
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, guards nothing
    return max(WAITS[attempt - 1] * spread, min(retry_after or 0.0, WAITS[-1]))
