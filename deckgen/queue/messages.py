"""What goes through Redis: ids and numbers, as JSON; nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from deckgen.store import deliveries, dispatches

JOB_FUNCTION = "generate_deck"
WEBHOOK_FUNCTION = "deliver_webhook"
# arq starts what has the lowest score first. The score is the time at which it was due, and a month
# earlier for each step of priority, which keeps the bands apart.
PRIORITY_BAND = timedelta(days=30)
WEBHOOK_PRIORITY = 11  # ahead of every job: it is short, and somebody waits for it
CLOCK_PRIORITY = 12  # ahead of all: it is short and rare, and behind a backlog it would never be done


@dataclass(frozen=True)
class Message:
    """A job of arq: `function` is to be called with `arguments`; the lowest score is started first."""

    function: str
    id: str
    arguments: tuple[Any, ...]
    score: float


def job_message(one: dispatches.JobDispatch) -> Message:
    """Work on a job."""
    due = one.due_at - PRIORITY_BAND * one.priority
    return Message(
        JOB_FUNCTION, delivery_id(one.job_id, one.number), (one.job_id, one.number), _score(due)
    )


def webhook_message(one: deliveries.WebhookDispatch) -> Message:
    """Tell the event of a job to its webhook."""
    arguments = (one.job_id, one.event_number, one.number)
    due = one.due_at - PRIORITY_BAND * WEBHOOK_PRIORITY
    return Message(WEBHOOK_FUNCTION, webhook_delivery_id(*arguments), arguments, _score(due))


def clock_due_at() -> datetime:
    """When what the clock wants now was due, as far as arq can tell."""
    return datetime.now(UTC) - PRIORITY_BAND * CLOCK_PRIORITY


def _score(due: datetime) -> float:
    """arq's unit is the millisecond; the microseconds keep the order of what was due at once."""
    return due.timestamp() * 1000


# What `delivery_id` makes, as a pattern of Lua's.
DELIVERY_ID = "^%x+%-%x+%-%x+%-%x+%-%x+:%d+$"


def delivery_id(job_id: str, number: int) -> str:
    """arq's id of one dispatch; a new number is a new id, so nothing old can block it."""
    return f"{job_id}:{number}"


def webhook_delivery_id(job_id: str, event_number: int, number: int) -> str:
    """arq's id of one dispatch of an event."""
    return f"webhook:{job_id}:{event_number}:{number}"
