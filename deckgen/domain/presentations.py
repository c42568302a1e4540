"""Presentations: the database rows of decks, named as in the users' database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from deckgen.domain.documents import BaseDocument

PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


class PresentationStatus(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    ERROR = "error"


MADE, REVISED, EDITED = "made", "revised", "edited"
# What the kinds of jobs do to a deck, and who edits it; a kind that somebody added goes by its name.
CHANGES = {"generate": MADE, "revise": REVISED, "edit": EDITED}


class DeckVersion(BaseDocument):
    number: int = Field(description="From 1, the oldest")
    completed_at: datetime
    change: str | None = Field(
        default=None,
        description="made, revised (by a sentence, through the model) or edited (by hand); another "
        "kind of job goes by its name; null for decks of before 0.5.0",
    )
    author: str | None = Field(
        default=None, description="The user of the job, or who edited it; null if that is not known"
    )


class DeckVersions(BaseDocument):
    """The decks that a later one has replaced, oldest first, and the present one."""

    versions: list[DeckVersion]
    current: DeckVersion | None = Field(
        default=None, description="The last completed deck, which an edit is based on; null without one"
    )


class Presentation(BaseDocument):
    deck_id: str
    user_id: str
    status: PresentationStatus
    job_id: str | None = Field(description="The latest job for it; null if none is kept")
    deck: dict[str, Any] | None = Field(description="The last completed deck")
    draft: dict[str, Any] | None = Field(
        default=None,
        description="A complete deck of the offline engine, while a model improves it; it remains if "
        "the job fails",
    )
    error_message: str | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True)
class PresentationSummary:
    """A presentation without its documents: the hashes of deck and draft replace them."""

    deck_id: str
    user_id: str
    status: PresentationStatus
    job_id: str | None
    error_message: str | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    deck_sha256: str | None
    draft_sha256: str | None
    template: str | None = None  # that it names, such as `acme@2`
    template_sha256: str | None = None  # of how that looks; None if it is gone

    @property
    def shown_sha256(self) -> str | None:
        """The hash of the document that is shown: the deck, or else its draft."""
        return self.deck_sha256 or self.draft_sha256

    @property
    def sha256s(self) -> set[str]:
        return {sha256 for sha256 in (self.deck_sha256, self.draft_sha256) if sha256}

    @property
    def without_documents(self) -> Presentation:
        names = Presentation.model_fields.keys() - {"deck", "draft"}
        return Presentation(deck=None, **{name: getattr(self, name) for name in names})


@dataclass(frozen=True)
class ListedDeck:
    """A deck in a list: with the question and the table of its latest job, while that is kept."""

    deck_id: str
    status: PresentationStatus
    question: str
    table_name: str
    error_message: str | None
    created_at: datetime
    completed_at: datetime | None
