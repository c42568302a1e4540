"""Findings: what the step `facts` gives, of which the deck is made."""

from pydantic import Field

from deckgen.domain.answers import Answer
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, Text


class Tested(BaseDocument):
    """The number of times a test was made, and that it held after correction for all tests."""

    name: str
    made: int = Field(ge=0)
    held: int = Field(ge=0)


class Findings(BaseDocument):
    """The answers to the brief's questions, and what a scan found where it asks none."""

    facts: list[Fact]
    based_on: Text = Field(default="", description="The table and the time that it covers")
    answers: list[Answer] = Field(default=[], description="One for each question of the brief")
    scan: list[Answer] = Field(
        default=[],
        description="What was found for a brief that asks nothing, or none of whose questions has an "
        "answer; the most telling first",
    )
    advice: Answer | None = Field(
        default=None, description="What the answers allow to do, with its size, for those who decide"
    )
    remarks: list[Text] = Field(
        default=[], description="Remarks that the reader must know beside the answers, a sentence each"
    )
    limits: list[Text] = Field(
        default=[], description="Limits of the findings, such as small groups, for the appendix"
    )
    tests: list[Tested] = Field(default=[], description="The tests of a scan")

    @property
    def told(self) -> list[Answer]:
        """The answers, then what the scan found."""
        return [*self.answers, *self.scan]
