"""What can be deleted, and the receipt of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from deckgen.domain.documents import BaseDocument, Id

NOBODY = "deleted"  # whose calls to a model those of deleted users and decks are


class What(StrEnum):
    DECK = "deck"
    USER = "user"
    TENANT = "tenant"


Count = Annotated[int, Field(ge=0)]


class Counts(BaseDocument):
    """How much has gone so far."""

    decks: Count = 0
    versions: Count = Field(default=0, description="Former decks")
    tables: Count = Field(default=0, description="Uploaded tables that nothing else needs")
    jobs: Count = 0
    steps: Count = Field(default=0, description="Results of the jobs' steps")
    attempts: Count = 0
    events: Count = 0
    deliveries: Count = Field(default=0, description="Of events to webhooks")
    calls: Count = Field(
        default=0, description="Calls to a model that stay in the account, without their names"
    )
    links: Count = Field(default=0, description="Links to decks, for whoever had one")
    keys: Count = Field(default=0, description="Keys of the API")
    endpoints: Count = Field(default=0, description="Endpoints of webhooks")
    templates: Count = Field(
        default=0,
        description="Versions of templates",
        exclude_if=lambda value: not value,  # older servers do not know it
    )

    def plus(self, other: "Counts") -> "Counts":
        return Counts(**{name: value + getattr(other, name) for name, value in self})


class Receipt(BaseDocument):
    """What was deleted, on whose request. Times are UTC."""

    deletion_id: str
    what: What
    id: Id = Field(description="Of the deck, user or tenant")
    requested_by: str = Field(description="Who asked for it, as the audit calls them")
    requested_at: datetime
    completed_at: datetime | None = Field(
        description="Since when nothing is left in the database; null while it goes on by itself"
    )
    counts: Counts
    url: str = Field(description="The address of this receipt")


class TenantDeletion(BaseDocument):
    """The body of the request to delete a tenant."""

    tenant: Id = Field(description="The id of your tenant, so that nobody deletes it by mistake")
