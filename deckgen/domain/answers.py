"""Answers: each question of a brief with its end, and what was computed for it."""

from enum import StrEnum

from pydantic import Field

from deckgen.domain.decks import Chart, Kpi
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Text
from deckgen.domain.plans import Plan


class End(StrEnum):
    """The four ways in which a question ends."""

    ANSWERED = "answered"  # a test that was undecided is an answer
    IN_PART = "answered_in_part"
    LACKS = "table_lacks"  # what it takes is not in the table
    NOT_DONE = "not_done"  # deckgen does not do this


class Answer(BaseDocument):
    """A question of the brief, as it was understood, and how it ended."""

    question: str = Field(description="The user's words")
    end: End
    reason: str = Field(default="", description="What is left open and why, in a sentence")
    plan: Plan | None = Field(default=None, description="How it was understood; null if it was not")
    headline: Text = Field(default="", description="The answer in one sentence")
    points: list[Text] = []
    summed: int = Field(default=2, description="How many of its sentences stand in the summary")
    kpis: list[Kpi] = []
    chart: Chart | None = None
    method: Text = ""
    fact_ids: list[str] = []
