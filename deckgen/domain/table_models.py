"""The table model: what a table means, decided before anything is added up.

Every decision has a reason and says how sure it is. A decision that is not there was not made: nothing
in the table speaks for it.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from deckgen.domain.datasets import Column
from deckgen.domain.documents import BaseDocument
from deckgen.domain.formatting.display import Grain
from deckgen.domain.questions import Understood


class Confidence(StrEnum):
    SURE = "sure"  # the cells prove it, or name and cells say it both
    LIKELY = "likely"  # the name or the cells say it, and nothing speaks against it
    GUESS = "guess"  # it may be so; nothing should rest on it alone


class Decision(BaseDocument):
    """What all decisions have."""

    reason: str = Field(description="Why, in plain English")
    confidence: Confidence


class MeasureKind(StrEnum):
    FLOW = "flow"  # adds up over everything: revenue
    COUNT = "count"  # a flow that counts things: orders, units
    STOCK = "stock"  # a level: adds up over groups, never over time
    RATE = "rate"  # of one amount to another: a margin, a share
    PRICE = "price"  # an amount of money for one unit
    DURATION = "duration"
    SCORE = "score"  # a mark on a scale
    INDEX = "index"  # relative to a base, such as 100 in 2015


class MeasureModel(Decision):
    kind: MeasureKind


class RateModel(Decision):
    """A column that is one column divided by another, in every row that was looked at."""

    numerator: str
    less: str | None = Field(
        default=None, description="The column that is subtracted from the numerator before the division"
    )
    denominator: str
    factor: Literal[1, 100, 1000, 10_000, 100_000, 1_000_000] = Field(
        description="What the quotient is multiplied with: 100 for percentages, 1000 for so many each "
        "thousand, and so on"
    )
    rows: int = Field(
        ge=0,
        description="Rows that were looked at, all of which fit; 0 if the request says it",
    )


class WeightModel(Decision):
    """What the mean of a column is weighted with."""

    column: str


class Sentinel(Decision):
    """A number that stands for no value, such as -999."""

    value: float
    rows: int = Field(ge=0)


class Outcome(Decision):
    """A column that says whether something happened."""

    counts: str = Field(description="The value that counts; “(a date)” where any date says so")
    otherwise: str = Field(
        description="The other value; empty where a blank says so, “(any other value)” for several"
    )
    rows: int = Field(ge=0, description="Rows with the value that counts")
    share: float = Field(ge=0, le=1, description="Their share of the rows with either value")
    good: bool | None = Field(description="True if it is good that it happens, null if nothing says so")


class OrderModel(Decision):
    """The order of values that have one, from the lowest or first to the highest or last."""

    scale: Literal["answers", "sizes", "levels", "bands", "months", "weekdays", "numbered", "requested"]
    values: list[str]


class Direction(Decision):
    better: Literal["higher", "lower"]


class ColumnModel(Column):
    """A column as the profile has it, and what was decided beside it."""

    confidence: Confidence = Field(description="Of the role")
    measure: MeasureModel | None = Field(default=None, description="The kind of a measure")
    rate: RateModel | None = Field(default=None, description="What a rate is made of")
    weight: WeightModel | None = Field(default=None, description="What its mean is weighted with")
    sentinels: list[Sentinel] = []
    outcome: Outcome | None = None
    order: OrderModel | None = None
    direction: Direction | None = Field(default=None, description="Which way is good")


class Repeated(Decision):
    """A measure of a parent on the rows of its parts: an order's total on the order's lines."""

    column: str
    parent: str = Field(description="The column that identifies the parent")
    where: Literal["each row", "first row"] = Field(
        description="The value stands on each of the parent's rows, or on the first one only"
    )


class CopiesModel(Decision):
    """Exact copies of rows that were left out when the table was read: each row counts once."""

    left_out: int = Field(ge=1, description="Rows that were left out")
    repeated: int = Field(ge=1, description="Different rows that had copies")


class GrainModel(Decision):
    """What one row is."""

    noun: str = Field(description="A plural for people: orders, days; “rows” if there is none")
    key: list[str] = Field(description="The columns that tell rows apart; empty if none do")
    duplicates: int | None = Field(
        ge=0,
        description="Rows that count although they are exact copies of an earlier one; null if they "
        "were not counted",
    )
    repeated: list[Repeated] = []
    copies: CopiesModel | None = Field(
        default=None, description="What was left out on reading", exclude_if=lambda value: value is None
    )


class DerivedKind(StrEnum):
    DIFFERENCE = "difference"  # the first column minus the second
    PRODUCT = "product"  # the first column times the second, row by row
    RATIO = "ratio"  # the first column over the second; of three, the first two's difference over it
    PER_ROW = "per_row"  # the column over the number of rows
    ATTAINMENT = "attainment"  # the first column over the second, which was aimed at
    VARIANCE = "variance"  # the first column minus the second, which was aimed at or came before
    DURATION = "duration"  # in days, from the first column to the second
    OUTCOME_SHARE = "outcome_share"  # the share of rows in which the outcome is the one that counts


class DerivedMeasure(Decision):
    """A measure that no column holds."""

    kind: DerivedKind
    label: str = Field(description="Its name for people")
    columns: list[str] = Field(description="The columns that it is made of, in the order of its kind")
    symbol: str = Field(default="", description="Its unit, an ISO code of a currency, % or days")


class ScenarioKind(StrEnum):
    ACTUAL = "actual"
    BUDGET = "budget"  # also plan and target
    FORECAST = "forecast"
    PRIOR = "prior"  # the period before, mostly a year


class ScenarioMember(BaseDocument):
    kind: ScenarioKind
    name: str = Field(description="A column, or a value of the scenario's column")


class Scenario(Decision):
    """Columns, or values of one column, that hold what was, what was planned, and the like."""

    column: str | None = Field(description="The column whose values they are; null if they are columns")
    members: list[ScenarioMember]


class Indicator(BaseDocument):
    name: str
    rows: int = Field(ge=0)
    typical: float | None = Field(description="The median of its values")


class LongTable(Decision):
    """Pairs of an indicator and its value: each indicator is a measure of its own."""

    indicator: str = Field(description="The column that names the indicators")
    value: str = Field(description="The column that holds their values")
    indicators: list[Indicator] = Field(description="The most frequent ones")


class Ledger(Decision):
    """Accounts with their amounts: which are revenue and which are costs; others are neither."""

    account: str = Field(description="The column that names accounts")
    debit: str = Field(description="The column of debits, or of all amounts")
    credit: str | None = Field(description="The column of credits, if there is one")
    way: Literal["credit", "signed", "unsigned"] = Field(
        description="Revenue is booked as a credit or below zero; it is above zero and costs below it; "
        "or both are above zero"
    )
    revenue: list[str] = Field(description="The accounts of revenue")
    costs: list[str] = Field(description="The accounts of costs")


class DateModel(Decision):
    column: str
    dates: str = Field(description="What it dates: order, delivery; or the row")


class TimeModel(Decision):
    """The time axis."""

    axis: str
    grain: Grain
    first: str
    last: str
    missing: list[str] = Field(description="The first periods between first and last without any row")
    missing_count: int = Field(ge=0)
    missing_grain: Grain = Field(description="The length of the periods that were looked for")
    unfinished: str | None = Field(
        default=None, description="The last period, if its data end before it does"
    )
    unfinished_grain: Grain | None = None


class FilterValue(BaseDocument):
    value: str
    rows: int = Field(ge=0)


class Filter(Decision):
    """A column of statuses, some of which change what a row means."""

    column: str
    apart: list[FilterValue] = Field(description="The values whose rows are to be counted apart")
    rows: int = Field(ge=0, description="All of these rows")


class Currencies(Decision):
    """A column that says in which currency a row's amounts are: one at a time is added up."""

    column: str
    codes: list[str]


class Components(Decision):
    """A column that is the sum of others, row by row."""

    total: str
    parts: list[str]


class TableModel(BaseDocument):
    """What was understood of a table. It is made anew for each question, and never kept."""

    name: str
    rows: int = Field(ge=0)
    grain: GrainModel | None = Field(description="Null if time was up before")
    columns: list[ColumnModel]
    derived: list[DerivedMeasure] = []
    scenarios: list[Scenario] = []
    long_table: LongTable | None = None
    ledger: Ledger | None = Field(default=None, exclude_if=lambda value: value is None)
    time: TimeModel | None = None
    dates: list[DateModel] = Field(default=[], description="What each column of dates dates")
    filters: list[Filter] = []
    currencies: Currencies | None = None
    components: Components | None = None
    questions: list[Understood] = Field(
        default=[], description="The questions of the context, as they are understood"
    )
    warnings: list[str] = Field(description="What a reader of its numbers should know, in words")
    unfinished: list[str] = Field(
        default=[], description="What was not decided because time was up, in words; empty if all was"
    )
