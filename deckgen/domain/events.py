"""Events: everything that happened to a job, numbered from one without a gap."""

from datetime import datetime
from typing import Any

from deckgen.domain.model import Model

TERMINAL = frozenset({"job.completed", "job.failed", "job.cancelled"})


class Event(Model):
    number: int
    kind: str
    data: dict[str, Any]
    created_at: datetime

    @property
    def is_terminal(self) -> bool:
        """Whether the job was over with it; a job that is retried goes on all the same."""
        return self.kind in TERMINAL
