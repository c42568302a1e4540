"""Events: everything that happened to a job, numbered from one without a gap."""

from datetime import datetime
from typing import Any

from pydantic import field_validator

from deckgen.domain.documents import Model

# What each kind says, as in docs/events.md; the names are in the statements that write them.
KINDS = {
    "job.accepted": "The request is stored, and will come to an end.",
    "job.started": "A worker has begun an attempt, or goes on with one: `attempt`.",
    "step.completed": "A step is done and saved: `step`, `part` (of several slides), `seconds`.",
    "draft.ready": "The draft can be read while a model improves it.",
    "job.delayed": "Another attempt follows: `code`, `message`, `delaySeconds`, `attempt`.",
    "job.released": "A worker has given the job back: it stops, or another one goes on.",
    "job.reclaimed": "The worker fell silent, and the job waits for another one: `worker`.",
    "job.priority_changed": "`priority` is the new one.",
    "job.redriven": "Somebody retried the job after it had failed.",
    "job.completed": "The end: the deck can be read. `model` says what a model wrote of it.",
    "job.failed": "The end: there is no deck. `code` and `message` say why.",
    "job.cancelled": "The end: somebody cancelled the job.",
}
TERMINAL = frozenset({"job.completed", "job.failed", "job.cancelled"})
# What it was called before 0.3.0: streams tell it by both names, and rows may still have the old one.
FORMER_NAMES = {"draft.ready": "draft_ready"}


class Event(Model):
    number: int
    kind: str
    data: dict[str, Any]
    created_at: datetime

    @field_validator("kind")
    @classmethod
    def by_its_name(cls, kind: str) -> str:
        """That of today."""
        return next((name for name, former in FORMER_NAMES.items() if kind == former), kind)

    @property
    def is_terminal(self) -> bool:
        """Whether the job was over with it; a job that is retried goes on all the same."""
        return self.kind in TERMINAL
