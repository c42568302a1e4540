"""Links by which whoever has one reads one deck."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from deckgen.domain.documents import BaseDocument, Id

DEFAULT_DAYS, MAX_DAYS = 30, 365


class NewShareLink(BaseDocument):
    """The body of a request for a link."""

    expires_in_days: Annotated[int, Field(ge=1, le=MAX_DAYS)] = Field(
        default=DEFAULT_DAYS, description="Days after which the link opens nothing"
    )


class ShareLink(BaseDocument):
    """A link as lists show it. Times are UTC."""

    share_id: str
    deck_id: Id
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class ShareLinks(BaseDocument):
    links: list[ShareLink] = Field(description="The links to the deck, the latest first")


class CreatedShareLink(ShareLink):
    """A new link with its path, which is not kept and can't be shown again."""

    url: str = Field(description="Path of the deck's page; other forms have their ending behind it")
