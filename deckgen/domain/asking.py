"""Asking: a question about a table, and its answers, each with what proves it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from deckgen.domain.briefs import LanguageTag, LocaleName
from deckgen.domain.charts import Chart
from deckgen.domain.documents import PLAIN_PATTERN, BaseDocument
from deckgen.domain.facts import Fact
from deckgen.domain.language.languages import ENGLISH
from deckgen.domain.plans import Plan
from deckgen.domain.questions import End

MAX_QUESTION = 1_000


class AskRequest(BaseDocument):
    """A question about the table of a deck; a few in one text are answered one by one."""

    question: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, min_length=1, max_length=MAX_QUESTION, pattern=PLAIN_PATTERN
        ),
    ]
    language: LanguageTag | None = Field(
        default=None,
        description="The language of the answer, such as en or de-AT; else that of the question",
        exclude_if=lambda value: value is None,
    )
    locale: LocaleName | None = Field(
        default=None, description="How numbers and dates are written; else as the deck's brief says"
    )

    def context(self) -> dict[str, str]:
        """Returns the members of a brief that asks the same."""
        said = {
            "businessContext": self.question,
            "locale": self.locale,
            "language": self.language,
        }
        return {name: value for name, value in said.items() if value is not None}


class Reply(BaseDocument):
    """One question with its answer, in which every number is one of its facts."""

    question: str = Field(description="The user's words")
    end: End
    reason: str = Field(default="", description="What is left open and why, in a sentence")
    plan: Plan | None = Field(default=None, description="How it was understood; null if it was not")
    understood: str = Field(default="", description="The plan in words; empty without one")
    text: str = Field(default="", description="The answer in one sentence; empty without one")
    points: list[str] = Field(default=[], description="What a reader should know with it")
    method: str = Field(default="", description="How it was computed")
    facts: list[Fact] = Field(
        default=[], description="The numbers in these texts; the SQL of each gives its value"
    )
    chart: Chart | None = Field(
        default=None, description="What is answered as a chart, its texts filled in"
    )


class Replies(BaseDocument):
    """The answers to a question about a table, one for each question that it holds."""

    name: str = Field(description="The name of the table")
    rows: int = Field(ge=0)
    locale: str = Field(description="The locale in which numbers and dates are written")
    language: str = Field(default=ENGLISH, description="The language in which the texts are written")
    answers: Annotated[list[Reply], Field(min_length=1)]
    warnings: list[str] = Field(description="What a reader of its numbers should know, in words")
    unfinished: list[str] = Field(
        default=[],
        description="What was not decided about the table because time was up, in words; empty if all "
        "was",
    )

    @property
    def is_answered(self) -> bool:
        """True if every question has an answer, perhaps in part."""
        return all(answer.end in (End.ANSWERED, End.IN_PART) for answer in self.answers)
