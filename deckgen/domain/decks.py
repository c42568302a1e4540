"""The deck document: content and proof, no theme. Its JSON Schema is `Deck.model_json_schema()`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.documents import Model
from deckgen.domain.facts import Fact, References, Text
from deckgen.domain.formatting.display import COEFFICIENT, Unit, Value, display, display_p
from deckgen.domain.model_calls import Usage
from deckgen.domain.signatures import Signature, SignatureReport


class ChartKind(StrEnum):
    LINE = "line"  # over time
    COLUMN = "column"  # over time, few periods
    BAR = "bar"  # groups, largest first
    WATERFALL = "waterfall"  # first and last category are totals, those between are changes
    SCATTER = "scatter"  # the category is the x value


class Series(Model):
    label: Text
    unit: Unit
    values: list[float | int | None]


class Chart(Model):
    """`categories` and the series' values are, column by column, the result of `sql`."""

    type: Literal["chart"] = "chart"
    kind: ChartKind
    title: Text
    sql: str
    category_label: Text
    category_unit: Unit
    categories: list[Value]
    series: Annotated[list[Series], Field(min_length=1)]
    highlight: list[int] = Field(
        default=[], description="Indexes of the categories that the slide is about"
    )
    partial: list[int] = Field(default=[], description="Indexes of periods that are not complete")
    alt: Text = Field(description="The chart in words, for those who can't see it")


class Bullets(Model):
    type: Literal["bullets"] = "bullets"
    items: list[Text]


class Kpi(Model):
    label: Text
    value: Text = Field(description="A reference to one fact")
    change: Text = ""


class Kpis(Model):
    type: Literal["kpis"] = "kpis"
    items: list[Kpi]


class Callout(Model):
    """One sentence that is set apart: what the slide means for the reader."""

    type: Literal["callout"] = "callout"
    text: Text


class TableColumn(Model):
    label: Text
    unit: Unit


class Table(Model):
    """Rows are the result of `sql`, or text of the deck's own (roles, warnings) where it is empty."""

    type: Literal["table"] = "table"
    title: Text
    sql: str = ""
    columns: list[TableColumn]
    rows: list[list[Value]]


Block = Annotated[Chart | Bullets | Kpis | Callout | Table, Field(discriminator="type")]


class Layout(StrEnum):
    TITLE = "title"
    SUMMARY = "summary"
    KPI = "kpi"
    CHART = "chart"
    COMPARISON = "comparison"
    TABLE = "table"
    RECOMMENDATION = "recommendation"
    APPENDIX = "appendix"

    @property
    def is_worded(self) -> bool:
        """Whether a model may word it: a title says the question, an appendix what was done."""
        return self not in (Layout.TITLE, Layout.APPENDIX)


class Made(Model):
    """How a slide came to be.

    A `fallback` is a slide of the offline engine in the place of one that the model should have
    written; `reason` says why. On a title it says why the storyline is the draft's. `attempts` counts
    the model's answers.
    """

    engine: Literal["offline", "model"] = "offline"
    model: str | None = None
    prompt_version: str | None = None
    parameters: dict[str, float | int | str] = {}
    attempts: int = 1
    fallback: bool = False
    reason: str = ""


class Slide(Model):
    id: str
    layout: Layout
    title: Text
    blocks: list[Block] = []
    notes: Text = ""
    source_line: Text = ""
    made: Made = Made()


class Storyline(Model):
    question: Text
    answer: Text
    arguments: list[Text]


class Check(Model):
    """One mechanical check of the whole deck; `problems` names each place where it does not hold."""

    name: str
    passed: bool
    problems: list[str] = []


class Proof(Model):
    """One part of a verification: what does not hold, and what could not be proved, with the reason."""

    name: str
    passed: bool | None = Field(description="null where nothing is wrong, and not all could be proved")
    problems: list[str] = []
    unproved: list[str] = []


MADE_AS_SAID = "made_as_said"  # the part of a verification that a trusted signature settles


class Verification(Model):
    """What became of computing a deck again from its data; of the deck only its brief is believed."""

    verified: bool | None = Field(
        description="true: all of it holds; false: something does not; null: that could not be told, "
        "and `unproved` says of what, and why"
    )
    facts: int = Field(description="How many facts there are")
    charts: int = Field(description="How many charts and tables there are")
    checks: list[Proof]
    unproved: list[str] = Field(default=[], description="What could not be proved, and why")
    notes: list[str] = Field(
        default=[], description="What no data can prove, and is believed or left out"
    )
    signature: SignatureReport | None = Field(
        default=None, description="What the deck's signature proves, where it was looked at"
    )

    def believing_the_signer(self) -> Self:
        """The same for who trusts the key of a valid signature: it proves how each slide came to be."""
        checks = [
            one.model_copy(update={"passed": not one.problems, "unproved": []})
            if one.name == MADE_AS_SAID
            else one
            for one in self.checks
        ]
        unproved = [sentence for one in checks for sentence in one.unproved]
        verified = False if self.verified is False else None if unproved else True
        return self.model_copy(update={"checks": checks, "unproved": unproved, "verified": verified})


class Draft(Model):
    """A complete deck that was not yet checked."""

    title: Text
    storyline: Storyline
    slides: list[Slide]
    answering: list[str] = Field(default=[], description="The slides that answer the brief's questions")


class Deck(Model):
    schema_version: Literal[1] = 1
    made_with: str = Field(default="", description="The version of deckgen that made it")
    title: Text
    brief: Brief
    source: Source | None = Field(description="null for a deck out of a brief alone")
    facts: list[Fact]
    storyline: Storyline
    slides: list[Slide]
    quality: list[Check]
    usage: Usage
    signature: Signature | None = Field(
        default=None,
        exclude_if=lambda signature: signature is None,
        description="Who completed it; absent from decks of version 0.1.0, and from drafts",
    )

    @property
    def computed_blocks(self) -> int:
        """How many charts and tables were computed by a query of their own."""
        blocks = [block for slide in self.slides for block in slide.blocks]
        return sum(
            isinstance(one, Chart) or (isinstance(one, Table) and bool(one.sql)) for one in blocks
        )

    def reference_values(self) -> References:
        """What each reference in the deck's text stands for."""
        # Kept as a cached_property would, which until Python 3.12 has one lock for all decks: threads
        # that look at slides of several would queue.
        if "_references" not in self.__dict__:
            self.__dict__["_references"] = reference_values(self.brief, self.source, self.facts)
        kept: References = self.__dict__["_references"]
        return kept

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """pydantic copies what was computed of the original along, though the copy has other facts."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_references", None)
        return copied


def reference_values(brief: Brief, source: Source | None, facts: list[Fact]) -> References:
    """The display form of every reference that text may use."""
    values = References({fact.id: fact.display for fact in facts})
    for fact in facts:
        if fact.statistics:
            number = fact.id.removeprefix("f")
            values[f"t{number}"] = display(fact.statistics.statistic, COEFFICIENT, brief.locale)
            values[f"q{number}"] = display_p(fact.statistics.q_value, brief.locale)
    values["brief"] = brief.business_context
    if source is not None:
        values["source"] = source.name
        for index, column in enumerate(source.columns):
            values[f"c{index}"] = column.label
            values[f"C{index}"] = column.label[:1].upper() + column.label[1:]
    return values
