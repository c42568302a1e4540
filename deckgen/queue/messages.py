"""The messages in Redis: ids and numbers, as JSON, and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from deckgen.store import deliveries, dispatches

JOB_FUNCTION = "generate_deck"
WEBHOOK_FUNCTION = "deliver_webhook"
# A name of its own: workers of 0.4.0, which know no endpoints, leave it, and it is handed over again.
ENDPOINT_FUNCTION = "deliver_to_endpoint"
# arq starts the lowest score first. The score is the time at which a job was due, a month earlier for
# each step of priority, which keeps the bands apart.
PRIORITY_BAND = timedelta(days=30)
WEBHOOK_PRIORITY = 11  # ahead of every job: a delivery is short, and a receiver waits for it
CLOCK_PRIORITY = (
    12  # ahead of all: the clock's jobs are short and rare, and a backlog would hold them up
)


@dataclass(frozen=True)
class QueueMessage:
    """A job of arq: the `function` that it calls with `arguments`; the lowest score starts first."""

    function: str
    id: str
    arguments: tuple[Any, ...]
    score: float


def job_message(dispatch: dispatches.JobDispatch) -> QueueMessage:
    """Returns the message to work on a job."""
    due = dispatch.due_at - PRIORITY_BAND * dispatch.priority
    return QueueMessage(
        JOB_FUNCTION,
        delivery_id(dispatch.job_id, dispatch.number),
        (dispatch.job_id, dispatch.number),
        _score(due),
    )


def webhook_message(dispatch: deliveries.WebhookDispatch) -> QueueMessage:
    """Returns the message to deliver a job's event to the request's webhook, or to an endpoint."""
    arguments: tuple[Any, ...] = (dispatch.job_id, dispatch.event_number, dispatch.number)
    function = WEBHOOK_FUNCTION
    if dispatch.endpoint_id is not None:
        function, arguments = ENDPOINT_FUNCTION, (*arguments, dispatch.endpoint_id)
    due = dispatch.due_at - PRIORITY_BAND * WEBHOOK_PRIORITY
    return QueueMessage(function, webhook_delivery_id(dispatch), arguments, _score(due))


def clock_due_at() -> datetime:
    """Returns the time that gives the clock's jobs of now their place in the queue."""
    return datetime.now(UTC) - PRIORITY_BAND * CLOCK_PRIORITY


def _score(due: datetime) -> float:
    """Returns milliseconds, arq's unit; the fraction keeps the order of jobs that were due together."""
    return due.timestamp() * 1000


# A pattern of Lua's for what `delivery_id` returns.
DELIVERY_ID = "^%x+%-%x+%-%x+%-%x+%-%x+:%d+$"


def delivery_id(job_id: str, number: int) -> str:
    """Returns arq's id of one dispatch; a new number is a new id, so nothing old can block it."""
    return f"{job_id}:{number}"


def webhook_delivery_id(handover: deliveries.Handover) -> str:
    """Returns arq's id of one dispatch of an event."""
    parts = ("webhook", handover.job_id, handover.event_number, handover.number, handover.endpoint_id)
    return ":".join(str(part) for part in parts if part is not None)
