"""The questions of a brief: how each was understood, and how it ended."""

from enum import StrEnum

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.plans import Plan


class End(StrEnum):
    """The four ways in which a question ends."""

    ANSWERED = "answered"  # a test that was undecided is an answer
    IN_PART = "answered_in_part"
    LACKS = "table_lacks"  # what it takes is not in the table
    NOT_DONE = "not_done"  # deckgen does not do this


class Question(BaseDocument):
    """A question of the brief with its end."""

    question: str = Field(description="The user's words")
    end: End
    reason: str = Field(default="", description="What is left open and why, in a sentence")
    plan: Plan | None = Field(default=None, description="How it was understood; null if it was not")
    slide: str | None = Field(default=None, description="The slide that answers it, if one does")
