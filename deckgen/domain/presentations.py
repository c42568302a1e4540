"""Presentations: the rows of decks, named as in the users' database."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from deckgen.domain.model import Model


class PresentationStatus(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    ERROR = "error"


class DeckVersion(Model):
    number: int = Field(description="From 1, the oldest")
    completed_at: datetime


class DeckVersions(Model):
    """The decks that a later one has taken the place of, the oldest first."""

    versions: list[DeckVersion]


class Presentation(Model):
    deck_id: str
    user_id: str
    status: PresentationStatus
    job_id: str | None = Field(description="The latest job that was to make it; null if none is kept")
    deck: dict[str, Any] | None = Field(description="The last deck that was completed")
    draft: dict[str, Any] | None = Field(
        default=None,
        description="A complete deck of the offline engine, while a model improves it; it stays if the "
        "job fails",
    )
    error_message: str | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
