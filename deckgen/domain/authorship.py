"""What people changed in a deck by hand: marked, so that everybody can tell it from the rest."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from deckgen.domain.documents import BaseDocument, PlainText

# Ids of facts that were asked for by hand: no deck computes so many by itself.
FACT_PATTERN, ASKED_FACT_PATTERN = r"^f\d+$", r"^f9\d{3}$"
AskedFactId = Annotated[str, StringConstraints(pattern=ASKED_FACT_PATTERN)]
FactId = Annotated[str, StringConstraints(pattern=FACT_PATTERN)]


class Author(BaseDocument):
    """Who changed something by hand, and when (UTC)."""

    name: str = Field(description="The user's id, or what the audit calls who has none")
    at: datetime


class Written(BaseDocument):
    """A text of a slide that a person wrote; the numbers in it are references all the same."""

    place: str = Field(description="title, notes, bullet 2, message 1, …: docs/editing.md lists them")
    author: Author


class Asked(BaseDocument):
    """A question whose answer gave facts that people put into the deck."""

    question: Annotated[PlainText, Field(min_length=1, max_length=1_000)]
    facts: dict[AskedFactId, FactId] = Field(
        description="The ids of facts in the deck, f9000 to f9999, and what the answer calls them"
    )

    def in_deck(self, used: Collection[str]) -> "Asked":
        """Returns the question as a deck keeps it, with those of its facts that are used."""
        facts = {here: there for here, there in self.facts.items() if here in used}
        return Asked(question=self.question, facts=facts)
