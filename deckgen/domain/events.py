"""Events: everything that happens to a job, numbered from one without gaps."""

from datetime import datetime
from typing import Any

from pydantic import field_validator

from deckgen.domain.documents import BaseDocument

# The meaning of each kind, as in docs/events.md; the SQL statements that write events name them.
KINDS = {
    "job.accepted": "The request is stored, and is certain to end.",
    "job.started": "A worker has begun an attempt, or continues one: `attempt`.",
    "step.completed": "A step is done and saved: `step`, `part` (of several slides), `seconds`.",
    "draft.ready": "The draft can be read while a model improves it.",
    "job.delayed": "Another attempt follows: `code`, `message`, `delaySeconds`, `attempt`.",
    "job.released": "A worker has given the job back: it is stopping, or another one continues.",
    "job.reclaimed": "The worker stopped responding, and the job waits for another one: `worker`.",
    "job.priority_changed": "`priority` is the new one.",
    "job.redriven": "The failed job was retried by a person or a client.",
    "job.completed": "The end: the deck can be read. `model` and `warnings` say what to know of it.",
    "job.failed": "The end: there is no deck. `code` and `message` say why.",
    "job.cancelled": "The end: the job was cancelled.",
}
TERMINAL = frozenset({"job.completed", "job.failed", "job.cancelled"})
# Before 0.3.0 the event had another name: streams send both, and rows may still hold the old one.
FORMER_NAMES = {"draft.ready": "draft_ready"}


class Event(BaseDocument):
    number: int
    kind: str
    data: dict[str, Any]
    created_at: datetime

    @field_validator("kind")
    @classmethod
    def by_its_name(cls, kind: str) -> str:
        """Returns today's name of the kind."""
        return next((name for name, former in FORMER_NAMES.items() if kind == former), kind)

    @property
    def is_terminal(self) -> bool:
        """True if the job ended with it; a retry may continue the job all the same."""
        return self.kind in TERMINAL
