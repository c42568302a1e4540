"""A presentation that people edited, with the numbers of a new table: what became of it."""

from typing import Any

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.signatures import SignatureReport


class Doubtful(BaseDocument):
    """A sentence whose numbers are new and whose claim does not hold with them, or can't be told."""

    slide: int = Field(description="The number of the slide in the file, from 1")
    place: str = Field(description="Which text of the slide: headline, takeaways, notes …")
    sentence: str = Field(description="As it reads in the refreshed file")
    why: list[str]


class Left(BaseDocument):
    """A number that was left as it was: somebody wrote it, and no fact of the deck gives it."""

    slide: int = Field(description="From 1; 0 for what stands on many slides")
    place: str
    why: str = Field(description="The number, and what it stands for")


class Lacking(BaseDocument):
    """A fact that the new table can't give; its old value still stands in the file."""

    fact: str
    label: str
    display: str = Field(description="What still stands")
    why: str


class Refresh(BaseDocument):
    """What a refresh did to a presentation."""

    holds: bool = Field(
        description="true: every sentence holds with the new numbers, and every fact has one"
    )
    numbers: int = Field(ge=0, description="Numbers and names that were looked at in texts and tables")
    changed: int = Field(ge=0, description="Those that are others now")
    charts: int = Field(ge=0, description="Charts with new data")
    doubtful: list[Doubtful] = []
    left: list[Left] = []
    lacking: list[Lacking] = []
    notes: list[str] = []
    signature: SignatureReport | None = Field(
        default=None, description="What the signature of the presentation that was given proves"
    )
    is_signed: bool = Field(default=False, description="Whether the refreshed deck was signed again")


class RefreshedFile(BaseDocument):
    """What a bounded process gives beside the file: `before` and `deck` are the decks inside it, before
    and after, whose signatures are others' work.
    """

    refresh: Refresh
    before: dict[str, Any]
    deck: dict[str, Any]
