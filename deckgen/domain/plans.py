"""Plans: what is computed, as a document that an executor compiles to queries. No SQL stands in it.

Rules write plans from questions, and a language model may write the same ones; all of them run through
one executor. Columns are named as in the table `data`.
"""

import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.formatting.display import Grain, Unit, Value


class Relation(StrEnum):
    IS = "is"  # one of the values
    IS_NOT = "is_not"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    KNOWN = "known"
    BLANK = "blank"
    CONTAINS = "contains"  # one of the texts, in capitals or not


class Delay(BaseDocument):
    """A number of the row that is a time, in the unit."""

    column: str
    unit: Literal["days", "hours"] = "days"


class Condition(BaseDocument):
    """Which rows: a column held against values, or against another column of the row. With `after` both
    are dates, and one is held against the other and that time: delivered 3 days after it was sent.
    """

    column: str
    relation: Relation
    values: list[Value] = []
    other: str | None = Field(default=None, description="The column that it is held against, if any")
    after: Delay | None = Field(default=None, exclude_if=lambda value: value is None)


class Cell(BaseDocument):
    """A number of the row. `sentinels` stand for no value; `once_per` names the column of a parent
    whose value stands on each of its rows, and counts once.
    """

    kind: Literal["cell"] = "cell"
    column: str
    sentinels: list[float] = []
    once_per: str | None = None


class Product(BaseDocument):
    """One number of the row times another: quantity and unit price."""

    kind: Literal["product"] = "product"
    first: str
    second: str


class Gap(BaseDocument):
    """One number of the row less another, row by row."""

    kind: Literal["gap"] = "gap"
    column: str
    less: str


class Booked(BaseDocument):
    """What one side of a ledger's row has more than the other; a blank side is none. One side alone is
    the amount, or the amount with its sign turned.
    """

    kind: Literal["booked"] = "booked"
    plus: str | None = None
    minus: str | None = None


class Elapsed(BaseDocument):
    """The time from one date of the row to another, in the unit."""

    kind: Literal["elapsed"] = "elapsed"
    start: str
    end: str
    unit: Literal["days", "hours", "minutes"] = "days"


RowValue = Annotated[Cell | Product | Gap | Booked | Elapsed, Field(discriminator="kind")]


class Rows(BaseDocument):
    """The number of rows, of those that meet the conditions."""

    kind: Literal["rows"] = "rows"
    where: list[Condition] = []


class Distinct(BaseDocument):
    """The number of different values of a column."""

    kind: Literal["distinct"] = "distinct"
    column: str


class Periods(BaseDocument):
    """The number of different periods of the time axis that have rows."""

    kind: Literal["periods"] = "periods"
    grain: Grain


class Total(BaseDocument):
    kind: Literal["total"] = "total"
    of: RowValue
    where: list[Condition] = []


class Level(BaseDocument):
    """A stock: the total of each date, averaged over the dates."""

    kind: Literal["level"] = "level"
    of: RowValue


class Mean(BaseDocument):
    """The mean of rows; with a weight, of the rows that have both, each as often as its weight says."""

    kind: Literal["mean"] = "mean"
    of: RowValue
    where: list[Condition] = []
    weight: Cell | None = Field(default=None, exclude_if=lambda value: value is None)


class Median(BaseDocument):
    kind: Literal["median"] = "median"
    of: RowValue


class Ratio(BaseDocument):
    """One measure over another, each computed first: never a mean of quotients."""

    kind: Literal["ratio"] = "ratio"
    over: "Measure"
    per: "Measure"
    factor: float = 1


class Difference(BaseDocument):
    kind: Literal["difference"] = "difference"
    of: "Measure"
    less: "Measure"


Measure = Annotated[
    Rows | Distinct | Periods | Total | Level | Mean | Median | Ratio | Difference,
    Field(discriminator="kind"),
]


class Measured(BaseDocument):
    """A measure with its name, its unit, and what may be done with it."""

    measure: Measure
    label: str = Field(description="Its name in plain words")
    noun: str = Field(description="Its name in texts, perhaps a reference to a column")
    unit: Unit
    columns: list[str] = Field(description="The columns that it rests on")
    adds_up: bool = Field(description="True if the values of groups add up to the value of all")
    over_time: bool = Field(description="True if the values of periods add up as well")
    better: Literal["higher", "lower"] | None = Field(default=None, description="Which way is good")


class By(StrEnum):
    """What of a column forms groups."""

    VALUE = "value"
    HOUR = "hour"  # of a time, or of a number such as 1845
    WEEKDAY = "weekday"
    MONTH = "month"  # of any year
    PERIOD = "period"  # of the time axis
    BAND = "band"  # of numbers, between edges


class Group(BaseDocument):
    """What forms groups. Bands are numbered from 0; each begins at an edge, the first below all."""

    column: str
    by: By = By.VALUE
    grain: Grain | None = Field(default=None, description="Of periods")
    edges: list[float] = Field(default=[], description="Of bands, in order")


class Bound(BaseDocument):
    """What the value of each group is held against: more than one order, 40 hours at most."""

    relation: Relation
    value: float


class Span(BaseDocument):
    """A period of the time axis: from `start` up to the day before `end`."""

    start: datetime.date
    end: datetime.date | None = Field(
        default=None, description="The first day after it, if there is one"
    )
    grain: Grain


class Plan(BaseDocument):
    """One question as work: the operation and what it works on."""

    operation: str = Field(description="A room of analyst/operations")
    measures: Annotated[list[Measured], Field(min_length=1)]
    groups: list[Group] = []
    filters: list[Condition] = []
    period: Span | None = None
    base: Span | None = Field(default=None, description="The period that it is compared with")
    compares: Literal["last", "all"] = Field(
        default="last",
        description="Where no periods are named: the last two complete ones, or the first and the last",
    )
    supposed: Literal["rose", "fell"] | None = Field(
        default=None, description="What the question takes for granted of the measure"
    )
    each_group: bool = Field(default=False, description="Each group is told by itself")
    yearly: bool = Field(default=False, description="Growth is told as the average of a year")
    order: Literal["highest", "lowest"] = "highest"
    top: Annotated[int, Field(ge=1, le=50)] | None = None
    bound: Bound | None = Field(
        default=None, description="What the first measure of each group is held against"
    )
    reached: bool = Field(
        default=False, description="True if a group is the last of the steps that its rows went through"
    )
    assumed: float | None = Field(default=None, description="A change that is supposed, as a fraction")
