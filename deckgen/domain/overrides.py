"""What a request says of a table and its columns. It wins over what names and cells say.

What only the table can refute, such as a value that a column does not have, is refused when it is read.
"""

import re
from typing import Annotated, Any, Literal, Self

from babel.numbers import list_currencies
from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.documents import BaseDocument, PlainText
from deckgen.domain.table_models import MeasureKind, ScenarioKind

MAX_LISTED, MAX_TEXT, MAX_NOUN = 200, 1000, 60
NOUN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
ADDITIVITY = {
    MeasureKind.FLOW: Additivity.FLOW,
    MeasureKind.COUNT: Additivity.FLOW,
    MeasureKind.STOCK: Additivity.STOCK,
}  # of the other kinds: rate
_CURRENCIES = list_currencies()


def _currency(code: str) -> str:
    if code.upper() not in _CURRENCIES:
        raise ValueError("must be the ISO code of a currency, such as EUR or USD")
    return code.upper()


def _noun(text: str) -> str:
    if len(text) > MAX_NOUN or not NOUN.fullmatch(text):
        raise ValueError(f"must be a plural of at most {MAX_NOUN} characters without digits: orders")
    return text


def _filled(value: Any) -> Any:
    if value == "" or (isinstance(value, str) and len(value) > MAX_TEXT):
        raise ValueError(f"must have 1 to {MAX_TEXT:,} characters")
    return value


def folded(name: str) -> str:
    """Returns a column's name for comparison: case and spaces do not matter."""
    return " ".join(name.split()).casefold()


def _once(values: list[Any]) -> list[Any]:
    if len({str(value) for value in values}) < len(values):
        raise ValueError("must name each one once")
    return values


CountCopies = Literal["once", "each"]
Name = Annotated[PlainText, Field(min_length=1, max_length=MAX_TEXT)]
Said = Annotated[PlainText | int | float | bool, AfterValidator(_filled)]
Listed = Annotated[list[Said], Field(max_length=MAX_LISTED), AfterValidator(_once)]


def _unset(value: object) -> bool:
    return value is None


def _setting(description: str, **limits: Any) -> Any:
    """Returns a field that is left out of documents unless it is set: older servers do not know it."""
    return Field(default=None, description=description, exclude_if=_unset, **limits)


class ColumnOverride(BaseDocument):
    """What a column is to be treated as. What is not set is left to deckgen."""

    role: Role | None = None
    additivity: Additivity | None = Field(default=None, description="For measures")
    unit: Annotated[PlainText, Field(max_length=20)] | None = Field(
        default=None, description="A unit, an ISO code of a currency, or %"
    )
    kind: MeasureKind | None = _setting("For measures; it implies the additivity")
    scale: float | None = _setting("The value of one unit: 1000 for a column in thousands", gt=0)
    currency: Annotated[PlainText, AfterValidator(_currency)] | None = _setting(
        "The ISO code of the currency that its amounts are in"
    )
    sentinels: Annotated[list[float], Field(max_length=MAX_LISTED), AfterValidator(_once)] | None = (
        _setting("Numbers that stand for no value; an empty list says that there are none")
    )
    outcome: Said | None = _setting(
        "The value that counts; “(a date)” for a column of dates that is blank where it did not happen"
    )
    good: bool | None = _setting("Whether the outcome is good news")
    numerator: Name | None = _setting("The column whose sum a rate is made of")
    denominator: Name | None = _setting("The column whose sum that one is divided by")
    weight: Name | None = _setting("The column that a mean is weighted with")
    order: Annotated[Listed, Field(min_length=2)] | None = _setting("Its values, the lowest first")
    better: Literal["higher", "lower"] | None = _setting("Which way is good")
    filter: Listed | None = _setting(
        "Values whose rows do not count; an empty list says that all rows count"
    )

    @field_validator("denominator")
    @classmethod
    def _is_another(cls, value: str | None, info: ValidationInfo) -> str | None:
        numerator = info.data.get("numerator")
        if value is not None and numerator is not None and folded(value) == folded(numerator):
            raise ValueError("must be another column than the numerator")
        return value

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Raises ValueError where one setting contradicts another."""
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("must have both numerator and denominator, or neither")
        if self.numerator is not None and self.weight is not None:
            raise ValueError("must have a weight, or numerator and denominator: they weight it already")
        if self.good is not None and self.outcome is None:
            raise ValueError("must have an outcome for good to say something about")
        if self.role not in (None, Role.MEASURE) and self.says_measure:
            raise ValueError(f"must have the role measure, not {self.role.value}, for these settings")
        if self.unit is not None and self.currency not in (None, self.unit.upper()):
            raise ValueError("must have a unit or a currency, not two that differ")
        self._agrees_on_sums()
        return self

    def _agrees_on_sums(self) -> None:
        if self.kind and self.additivity not in (None, ADDITIVITY.get(self.kind, Additivity.RATE)):
            raise ValueError(f"must have another additivity, or none: of the kind {self.kind.value}")
        is_made = self.numerator is not None or self.weight is not None
        if is_made and self.summed not in (None, Additivity.RATE):
            raise ValueError("must be a rate or the like to have a weight or a denominator: no sum has")

    @property
    def summed(self) -> Additivity | None:
        """How it may be summed, by all that is said; None if nothing says it."""
        if self.additivity is not None:
            return self.additivity
        if self.kind is not None:
            return ADDITIVITY.get(self.kind, Additivity.RATE)
        return Additivity.RATE if self.numerator is not None or self.weight is not None else None

    @property
    def says_measure(self) -> bool:
        """True if it says something that only measures have, beside additivity and unit."""
        settings = (self.kind, self.scale, self.currency, self.numerator, self.weight)
        return any(each is not None for each in settings)


class ScenarioOverride(BaseDocument):
    """What was, and what it is held against: columns, or values of one column."""

    column: Name | None = _setting(
        "The column whose values the others are; without it they are columns"
    )
    actual: Said
    budget: Said | None = _setting("Also a plan or a target")
    forecast: Said | None = _setting("What was expected")
    prior: Said | None = _setting("The period before")

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if len(self.members) < 2:
            raise ValueError("must name at least one of budget, forecast and prior beside actual")
        if len({folded(str(each)) for each in self.members.values()}) < len(self.members):
            raise ValueError("must name another column or value for each scenario")
        return self

    @property
    def members(self) -> dict[ScenarioKind, Said]:
        """What is named of each kind, the actual first."""
        return {kind: said for kind in ScenarioKind if (said := getattr(self, kind.value)) is not None}


class TableOverride(BaseDocument):
    """What the table is to be treated as. What is not set is left to deckgen."""

    row: Annotated[PlainText, AfterValidator(_noun)] | None = _setting(
        "What one row is, in the plural and without digits: orders"
    )
    key: Annotated[list[Name], Field(min_length=1, max_length=8), AfterValidator(_once)] | None = (
        _setting("The columns that tell rows apart")
    )
    time_axis: Name | None = _setting("The column of dates or years that is the time axis")
    scenario: ScenarioOverride | None = _setting("What was, what was planned, and the like")
    currency_column: Name | None = _setting(
        "The column that says in which currency a row's amounts are"
    )
    copies: CountCopies | None = _setting(
        "How rows count that are the same in every column: once, or each of them"
    )
