"""The log of deliveries: what was sent to whom, and what became of it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from deckgen.domain.documents import BaseDocument, content_hash
from deckgen.domain.jobs import DeliveryStatus
from deckgen.domain.webhook_endpoints import EndEvent

MAX_LOGGED = 200


class LogRequest(BaseDocument):
    """A page of deliveries: every given condition must hold; `cursor` is the `nextCursor` before."""

    job: UUID | None = None
    endpoint: UUID | None = None
    status: DeliveryStatus | None = None
    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LOGGED)] = 50

    @property
    def digest(self) -> str:
        """A hash that is equal for equal filters."""
        return content_hash(self.model_dump(mode="json", include={"job", "endpoint", "status"}))[:16]


class LoggedDelivery(BaseDocument):
    """One event on its way to one receiver. Times are UTC."""

    delivery_id: str
    job_id: str
    event: EndEvent
    endpoint_id: str | None = Field(description="null: it goes to the webhookUrl of the request")
    url: str = Field(description="Without the query, which may hold a secret")
    status: DeliveryStatus
    attempts: int = Field(description="Since it was requested, or redelivered")
    last_error: str | None = Field(description="The error of the last attempt")
    last_http_status: int | None = Field(description="The status of the receiver's last answer")
    created_at: datetime
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None = Field(description="null once it is over")
    delivered_at: datetime | None


class LoggedDeliveries(BaseDocument):
    deliveries: list[LoggedDelivery] = Field(description="The deliveries, newest first")
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")
