"""Charts as the deck holds them: values, what they are, and what is pointed at. No looks."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import Unit, Value


class ChartKind(StrEnum):
    """What a chart argues; deckgen/export/charts/kinds has a file for each."""

    LINE = "line"  # over time
    COLUMN = "column"  # over time, few periods
    BAR = "bar"  # groups, largest first
    WATERFALL = "waterfall"  # first and last category are totals, those between are changes
    SCATTER = "scatter"  # the category is the x value; a series of context is a trend
    STACKED = "stacked"  # parts of a sum, over time or by group
    SHARES = "shares"  # parts of a whole, in per cent
    INDEXED = "indexed"  # several over time, each from 100
    MULTIPLES = "multiples"  # a small chart for each series, on common axes
    VARIANCE = "variance"  # actual against plan by group, with the difference
    SLOPE = "slope"  # two periods, a line for each series
    PARETO = "pareto"  # groups, largest first, and the share that they reach together
    HEAT = "heat"  # a series is a row, a category a column, the value a shade
    DISTRIBUTION = "distribution"  # of groups: low, quartile, median, quartile and high
    FUNNEL = "funnel"  # steps; a second series is what each keeps of the one before
    SCALE = "scale"  # a series is an answer, from bad to good, around the middle
    TREE = "tree"  # three series: a ratio, and what is divided by what
    FORECAST = "forecast"  # over time: actual, and beyond it plan, low and high


class SeriesRole(StrEnum):
    """What a series is to the others."""

    ACTUAL = "actual"
    PLAN = "plan"
    PRIOR = "prior"
    LOW = "low"  # of a range
    HIGH = "high"
    REACHED = "reached"  # together with all before
    OTHER = "other"  # context


class Series(BaseDocument):
    label: Text
    unit: Unit
    values: list[float | int | None]
    role: SeriesRole = Field(
        default=SeriesRole.ACTUAL, exclude_if=lambda role: role is SeriesRole.ACTUAL
    )


class Annotation(BaseDocument):
    """Something that a chart points at, in words that refer to a fact.

    A `difference` is an arrow between two categories of a series, a `line` lies at the value of a fact,
    a `band` reaches from one category to another, a `callout` and an `event` stand at one.
    """

    kind: Literal["difference", "line", "band", "callout", "event"]
    text: Text
    at: list[int] = Field(default=[], description="Indexes of the categories that it stands at")
    series: int = 0
    value: str | None = Field(default=None, description="Of a line: the fact at whose value it lies")
    across: bool = Field(
        default=False,
        exclude_if=lambda across: not across,
        description="Of a scatter's line: whether the value is one of its categories",
    )


class Chart(BaseDocument):
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
    focus: list[int] = Field(
        default=[],
        exclude_if=lambda focus: not focus,
        description="Indexes of the series that the slide is about, of several",
    )
    partial: list[int] = Field(default=[], description="Indexes of periods that are not complete")
    annotations: list[Annotation] = Field(default=[], exclude_if=lambda annotations: not annotations)
    alt: Text = Field(description="The chart in words, for those who can't see it")
