"""The audit: who did what when."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from deckgen.domain.documents import BaseDocument, PlainText, content_hash
from deckgen.domain.finding import MAX_LISTED, Since

Text = Annotated[PlainText, Field(min_length=1, max_length=200)]


class AuditRequest(BaseDocument):
    """A page of the audit: every given condition must hold; `cursor` is that of the page before."""

    actor: Text | None = Field(default=None, description="Who did it, such as key:3f9aZk2P")
    action: Text | None = Field(default=None, description="What was done, such as job.cancelled")
    target: Text | None = Field(default=None, description="The id of what it was done to")
    since: Since | None = Field(
        default=None, description="Done since this time, or within `24h`, `7d` and the like"
    )
    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 50

    @property
    def since_time(self) -> datetime | None:
        return datetime.now(UTC) - self.since if isinstance(self.since, timedelta) else self.since

    @property
    def digest(self) -> str:
        """A hash that is equal for equal filters."""
        return content_hash(self.model_dump(mode="json", exclude={"cursor", "limit"}))[:16]


class Target(BaseDocument):
    """What something was done to; the queue and many jobs at once have no id."""

    kind: str
    id: str | None


class AuditEntry(BaseDocument):
    """One thing that was done. Times are UTC."""

    entry_id: int
    at: datetime
    actor: str = Field(description="key:ID, proxy:USER, or server for the command line and Python")
    user_id: str | None = Field(description="The user that the actor is bound to")
    action: str
    target: Target
    details: dict[str, Any]


class AuditPage(BaseDocument):
    entries: list[AuditEntry] = Field(description="What was done, the newest first")
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")
