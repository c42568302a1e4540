"""The deck document: content and proof, no theme. Its JSON Schema is `Deck.model_json_schema()`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, Literal, Self

from pydantic import Field

from deckgen.domain.authorship import Asked, Author, Written
from deckgen.domain.blocks import Block, Bullets, Table
from deckgen.domain.briefs import Brief
from deckgen.domain.charts import Chart
from deckgen.domain.claims import Claim
from deckgen.domain.datasets import Source
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, References, Text
from deckgen.domain.formatting.display import COEFFICIENT, Formatter, formatter
from deckgen.domain.language.languages import ENGLISH
from deckgen.domain.model_calls import Usage
from deckgen.domain.questions import Question
from deckgen.domain.signatures import Signature, SignatureReport


class Layout(StrEnum):
    TITLE = "title"
    SUMMARY = "summary"
    AGENDA = "agenda"
    KPI = "kpi"
    CHART = "chart"
    COMPARISON = "comparison"
    TABLE = "table"
    RECOMMENDATION = "recommendation"
    APPENDIX = "appendix"

    @property
    def is_worded(self) -> bool:
        """True if a model may word it: title and agenda repeat the questions, an appendix documents
        the work.
        """
        return self not in (Layout.TITLE, Layout.AGENDA, Layout.APPENDIX)


class Provenance(BaseDocument):
    """The origin of a slide.

    A `fallback` is a slide of the offline engine that stands where the model should have written one;
    `reason` says why. On a title slide it says why the storyline is the draft's. `attempts` counts the
    model's answers.
    """

    engine: Literal["offline", "model"] = "offline"
    model: str | None = None
    prompt_version: str | None = None
    parameters: dict[str, float | int | str] = {}
    attempts: int = 1
    fallback: bool = False
    reason: str = ""


class Slide(BaseDocument):
    id: str
    layout: Layout
    title: Text
    blocks: list[Block] = []
    notes: Text = ""
    source_line: Text = ""
    made: Provenance = Provenance()
    hidden: bool = Field(
        default=False,
        exclude_if=lambda hidden: not hidden,
        description="Left out of page and PDF, and hidden in PowerPoint; it is proved like the others",
    )
    edited: Author | None = Field(
        default=None,
        exclude_if=lambda edited: edited is None,
        description="Who changed it by hand last: its words, its bullets, or whether it is hidden",
    )
    written: list[Written] = Field(
        default=[],
        exclude_if=lambda written: not written,
        description="The texts that are a person's; all others are computed, or a model's",
    )

    @property
    def points(self) -> list[Text]:
        """The texts of its bullets."""
        return [item for block in self.blocks if isinstance(block, Bullets) for item in block.items]


class Storyline(BaseDocument):
    question: Text
    answer: Text
    arguments: list[Text]


class Check(BaseDocument):
    """One mechanical check of the whole deck; `problems` names each place where it does not hold."""

    name: str
    passed: bool
    problems: list[str] = []


class Proof(BaseDocument):
    """One part of a verification: what is false, and what could not be proved, each with the reason."""

    name: str
    passed: bool | None = Field(
        description="null if nothing is wrong but not everything could be proved"
    )
    problems: list[str] = []
    unproved: list[str] = []


SCHEMA_VERSION: Final = 2
# The parts of a verification that a trusted signature settles.
MADE_AS_SAID, CHOSEN_BEFORE = "made_as_said", "chosen_over_an_earlier_table"


class Verification(BaseDocument):
    """The verdict on a deck recomputed from its data; of the deck itself only the brief is trusted."""

    verified: bool | None = Field(
        description="true: everything holds; false: something does not; null: not everything could be "
        "proved, and `unproved` lists what, and why"
    )
    facts: int = Field(description="The number of facts")
    charts: int = Field(description="The number of charts and tables")
    checks: list[Proof]
    unproved: list[str] = Field(default=[], description="What could not be proved, and why")
    notes: list[str] = Field(
        default=[], description="What no data can prove, and so is trusted or left out"
    )
    signature: SignatureReport | None = Field(
        default=None, description="What the deck's signature proves, if it was checked"
    )

    def believing_the_signer(self) -> Self:
        """Returns the verdict for readers who trust the signer's key: it proves each slide's origin,
        and over which table it was written.
        """
        checks = [
            check.model_copy(update={"passed": not check.problems, "unproved": []})
            if check.name in (MADE_AS_SAID, CHOSEN_BEFORE)
            else check
            for check in self.checks
        ]
        unproved = [sentence for check in checks for sentence in check.unproved]
        verified = False if self.verified is False else None if unproved else True
        return self.model_copy(update={"checks": checks, "unproved": unproved, "verified": verified})


class PresentationVerification(BaseDocument):
    """The verdict on a presentation, and the deck inside it, whose signature is checked by others."""

    verification: Verification
    deck: dict[str, Any] | None = Field(description="null if it could not be read within the limits")


class Draft(BaseDocument):
    """A complete deck that has not been checked yet."""

    title: Text
    storyline: Storyline
    slides: list[Slide]
    answering: list[str] = Field(
        default=[], description="The ids of the slides that answer the brief's questions"
    )
    questions: list[Question] = Field(
        default=[],
        exclude_if=lambda questions: not questions,
        description="The brief's questions with their ends",
    )


class Refreshed(BaseDocument):
    """Says that slides were written over an earlier table, and have their numbers from this one."""

    first_sha256: str = Field(description="Of the table over which they were written")


class Deck(BaseDocument):
    schema_version: Literal[1, 2] = Field(
        default=SCHEMA_VERSION,
        description="2 has rows of a summary and of advice, and charts of all kinds; 1 is still read",
    )
    made_with: str = Field(default="", description="The version of deckgen that made it")
    title: Text
    brief: Brief
    language: str = Field(
        default=ENGLISH,
        exclude_if=lambda code: code == ENGLISH,
        description="The language that it is written in, by its ISO code; English if absent",
    )
    language_wanted: str = Field(
        default="",
        exclude_if=lambda code: not code,
        description="The language that it should be in, if deckgen does not write that one",
    )
    source: Source | None = Field(description="null for a deck made from a brief alone")
    facts: list[Fact]
    questions: list[Question] = Field(
        default=[],
        exclude_if=lambda questions: not questions,
        description="Each question of the brief, how it was understood and how it ended; absent from "
        "decks of deckgen before 0.5.0, and from those that ask nothing",
    )
    storyline: Storyline
    slides: list[Slide]
    claims: list[Claim] = Field(
        default=[],
        exclude_if=lambda claims: not claims,
        description="What titles and takeaways assert; absent from decks of deckgen before 0.5.0",
    )
    quality: list[Check]
    usage: Usage
    refreshed: Refreshed | None = Field(
        default=None,
        exclude_if=lambda refreshed: refreshed is None,
        description="Set if what it tells was chosen over an earlier table; absent from other decks",
    )
    edited: Author | None = Field(
        default=None,
        exclude_if=lambda edited: edited is None,
        description="Who changed it by hand last; absent from a deck that nobody did",
    )
    asked: list[Asked] = Field(
        default=[],
        exclude_if=lambda asked: not asked,
        description="Questions beside those of the brief, whose facts people put into texts",
    )
    signature: Signature | None = Field(
        default=None,
        exclude_if=lambda signature: signature is None,
        description="Who completed it; absent from decks of version 0.1.0, and from drafts",
    )

    @property
    def writes(self) -> Formatter:
        """What writes the deck's numbers and dates."""
        return formatter(self.brief.locale, self.language)

    @property
    def computed_blocks(self) -> int:
        """The number of charts and tables that have a query of their own."""
        blocks = [block for slide in self.slides for block in slide.blocks]
        return sum(
            isinstance(block, Chart) or (isinstance(block, Table) and bool(block.sql))
            for block in blocks
        )

    def reference_values(self) -> References:
        """Returns what each reference in the deck's text stands for, computed once."""
        # Until Python 3.12 a cached_property has one lock for all decks, in which threads would queue.
        if "_references" not in self.__dict__:
            found = reference_values(self.brief, self.source, self.facts, self.language)
            # A slide that was moved has the number of the place where it stands now.
            places = {slide.id: str(number) for number, slide in enumerate(self.slides, start=1)}
            self.__dict__["_references"] = References(places | found)
        values: References = self.__dict__["_references"]
        return values

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Returns a copy without the original's cached references, which pydantic would copy along."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_references", None)
        return copied


def reference_values(
    brief: Brief, source: Source | None, facts: list[Fact], language: str = ENGLISH
) -> References:
    """Returns the display form of every reference that text may use, in a language."""
    values = References({fact.id: fact.display for fact in facts})
    writes = formatter(brief.locale, language)
    for fact in facts:
        if fact.statistics:
            number = fact.id.removeprefix("f")
            values[f"t{number}"] = writes.display(fact.statistics.statistic, COEFFICIENT)
            values[f"q{number}"] = writes.p_value(fact.statistics.q_value)
    values["brief"] = brief.business_context
    if source is not None:
        values["source"] = source.name
        for index, column in enumerate(source.columns):
            values[f"c{index}"] = column.label
            values[f"C{index}"] = column.label[:1].upper() + column.label[1:]
    return values
