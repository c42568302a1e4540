"""A tenant's endpoints, to which the ends of its jobs are told, and the secrets that sign."""

import base64
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from deckgen.domain.documents import BaseDocument, PlainText
from deckgen.domain.requests import WebhookUrl

MAX_ENDPOINTS = 20  # of a tenant: each event is posted to each of them
MAX_OVERLAP_HOURS = 7 * 24
SECRET_BYTES = 32  # Standard Webhooks wants 24 to 64


class EndEvent(StrEnum):
    """What an endpoint can be told of."""

    COMPLETED = "job.completed"
    FAILED = "job.failed"
    CANCELLED = "job.cancelled"


Events = Annotated[frozenset[EndEvent], Field(min_length=1, description="What it is told of")]
Description = Annotated[PlainText, Field(max_length=200, description="What the endpoint is for")]


def new_secret() -> str:
    """Returns random bytes in the form of Standard Webhooks."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


class NewEndpoint(BaseDocument):
    """The body of a request for an endpoint."""

    url: WebhookUrl = Field(description="Receives a signed POST for each event")
    events: Events = frozenset(EndEvent)
    description: Description = ""


class EndpointChange(BaseDocument):
    """The body of a change: what is absent or null stays as it is."""

    url: WebhookUrl | None = None
    events: Events | None = None
    description: Description | None = None
    enabled: Annotated[bool, Field(strict=True)] | None = Field(
        default=None, description="false: nothing more is sent, and what was to be sent is given up"
    )

    @model_validator(mode="after")
    def changes_something(self) -> Self:
        if all(getattr(self, name) is None for name in EndpointChange.model_fields):
            raise ValueError("give what is to be changed: url, events, description or enabled")
        return self


class RotateRequest(BaseDocument):
    """The body of a rotation."""

    overlap_hours: Annotated[int, Field(ge=0, le=MAX_OVERLAP_HOURS, strict=True)] = Field(
        default=24, description="Hours for which the former secret signs beside the new one"
    )


class Endpoint(BaseDocument):
    """An endpoint as lists show it, without its secrets. Times are UTC."""

    endpoint_id: str
    url: str = Field(description="Without the query, which may hold a secret")
    events: list[EndEvent]
    description: str
    created_at: datetime
    disabled_at: datetime | None = Field(
        description="The time since which nothing is sent to it: you disabled it, or it answered 410"
    )
    secret_since: datetime = Field(description="Since when the newest secret signs")
    previous_secret_until: datetime | None = Field(
        description="Until when the secret of before signs beside it; null if none does"
    )


class EndpointList(BaseDocument):
    endpoints: list[Endpoint] = Field(description="The endpoints of the tenant, the latest first")


class EndpointWithSecret(Endpoint):
    """An endpoint with its new secret, which can't be shown again."""

    secret: str


class OwnSecret(BaseDocument):
    """The secret that signs for the `webhookUrl` of requests, but for the secret itself."""

    is_setting: bool = Field(description="True for WEBHOOK_SECRET, which the operator changes")
    since: datetime | None = Field(description="Since when it signs; null if nothing was signed yet")
    previous_until: datetime | None = Field(
        description="Until when the secret of before signs beside it; null if none does"
    )


class NewOwnSecret(OwnSecret):
    """The same with the new secret, which can't be shown again."""

    secret: str
