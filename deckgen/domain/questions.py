"""Questions as they were understood: slots instead of phrases."""

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.plans import Condition, Group, Measured, Span


class Asked(BaseDocument):
    """One question with its slots; what is empty was not asked for, or not understood."""

    text: str
    cues: list[str] = Field(default=[], description="What its words ask for")
    measures: list[Measured] = Field(default=[], description="The measures that it names, best first")
    groups: list[Group] = Field(default=[], description="The columns that it asks by")
    filters: list[Condition] = Field(default=[], description="The groups that it names")
    periods: list[Span] = Field(default=[], description="The periods that it names, in its order")
    missing: list[str] = Field(
        default=[], description="Its telling words that nothing in the table fits"
    )
