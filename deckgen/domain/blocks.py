"""What a slide is made of, beside its title: sentences, figures, charts and tables."""

from typing import Annotated, Literal

from pydantic import Field

from deckgen.domain.charts import Chart
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import Unit, Value

Tone = Literal["good", "bad", "plain"]


class Bullets(BaseDocument):
    type: Literal["bullets"] = "bullets"
    items: list[Text]


class Trend(BaseDocument):
    """The course of a figure over time, without numerals; the values are the result of `sql`."""

    sql: str
    values: list[float | int | None]


class Kpi(BaseDocument):
    label: Text
    value: Text = Field(description="A reference to one fact")
    change: Text = ""
    tone: Tone = Field(
        default="plain", exclude_if=lambda tone: tone == "plain", description="What the change means"
    )
    trend: Trend | None = Field(default=None, exclude_if=lambda trend: trend is None)


class Kpis(BaseDocument):
    type: Literal["kpis"] = "kpis"
    items: list[Kpi]


class Callout(BaseDocument):
    """A highlighted sentence: what the slide means for the reader."""

    type: Literal["callout"] = "callout"
    text: Text


class Message(BaseDocument):
    """An answer in the summary: its figure and what that is, a sentence, its support, its slide."""

    figure: Text = Field(description="A reference to one fact")
    label: Text
    text: Text
    support: Text = ""
    slide: Text = Field(default="", description="A reference to the slide that shows it")
    tone: Tone = Field(
        default="plain", exclude_if=lambda tone: tone == "plain", description="What the figure means"
    )


class Messages(BaseDocument):
    """The answers of a deck, a row each."""

    type: Literal["messages"] = "messages"
    items: list[Message]


class Action(BaseDocument):
    """Something to do: what it rests on, what it is worth, and what to do first."""

    action: Text
    evidence: Text = ""
    size: Text = Field(default="", description="A reference to one fact, or nothing")
    first_step: Text = ""


class Actions(BaseDocument):
    type: Literal["actions"] = "actions"
    size_label: Text = Field(description="What the sizes measure")
    items: list[Action]


class TableColumn(BaseDocument):
    label: Text
    unit: Unit


class Table(BaseDocument):
    """Rows are the result of `sql`; where that is empty, text of the deck itself (roles, warnings)."""

    type: Literal["table"] = "table"
    title: Text
    sql: str = ""
    columns: list[TableColumn]
    rows: list[list[Value]]


Block = Annotated[
    Chart | Bullets | Kpis | Callout | Messages | Actions | Table, Field(discriminator="type")
]
