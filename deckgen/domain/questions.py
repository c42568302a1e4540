"""The questions of a brief: how each is understood, and how it ended."""

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


class Understood(BaseDocument):
    """A question as it is understood, before anything is computed for it; its parts are in words."""

    question: str = Field(description="The user's words")
    operation: str = Field(default="", description="What would be done; empty if nothing fits")
    understood: str = Field(default="", description="The plan in words; empty without one")
    measures: list[str] = []
    groups: list[str] = []
    filters: list[str] = []
    periods: list[str] = Field(default=[], description="The period that is asked about, and its base")
    reason: str = Field(default="", description="Why there is no plan, if there is none")


class Question(BaseDocument):
    """A question of the brief with its end."""

    question: str = Field(description="The user's words")
    end: End
    reason: str = Field(default="", description="What is left open and why, in a sentence")
    plan: Plan | None = Field(default=None, description="How it was understood; null if it was not")
    slide: str | None = Field(default=None, description="The slide that answers it, if one does")
