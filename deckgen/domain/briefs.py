"""The brief: what the reader wants to know. The API calls it `context`, as its users always have."""

from enum import StrEnum
from typing import Annotated

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field

from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.documents import Model, PlainText

MAX_OVERRIDES = 500


def _known_locale(value: str) -> str:
    """The locale as Babel writes it: `de-DE` and `de_DE` are one."""
    try:
        return str(Locale.parse(value.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        raise ValueError("must name a locale, such as en_US, de_DE or fr_CH") from None


class Urgency(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class ColumnOverride(Model):
    """What the user knows better about a column than its cells and its name say."""

    role: Role | None = None
    additivity: Additivity | None = Field(default=None, description="For measures")
    unit: Annotated[PlainText, Field(max_length=20)] | None = Field(
        default=None, description="A unit, an ISO code of a currency, or %"
    )


class Brief(Model):
    """What the deck is for. docs/brief.md says what each field does to it."""

    business_context: Annotated[PlainText, Field(max_length=4000)] = Field(
        default="",
        description="The question or the occasion in the user's own words; it is answered first, and "
        "what it names of columns, groups and periods matters more than the rest",
    )
    industry: Annotated[PlainText, Field(max_length=200)] = Field(
        default="",
        description="Raises columns that matter to it a little, and chooses what advice reckons with",
    )
    audience: Annotated[PlainText, Field(max_length=200)] = Field(
        default="",
        description="Executives get fewer slides and no statistics, analysts the test of each finding",
    )
    urgency: Urgency = Field(
        default=Urgency.MEDIUM,
        description="High and critical: the advice follows the answer at once, at most six slides",
    )
    slide_count: Annotated[int, Field(ge=4, le=30, strict=True)] | None = Field(
        default=None,
        description="How many slides the deck has at most, all included; it is never padded",
    )
    locale: Annotated[str, Field(max_length=20), AfterValidator(_known_locale)] = Field(
        default="en_US", description="How numbers and dates are written"
    )
    columns: Annotated[dict[PlainText, ColumnOverride], Field(max_length=MAX_OVERRIDES)] = Field(
        default={},
        description="By the name in the table's header (case and blanks do not matter): what a column "
        "shall be taken for",
    )
