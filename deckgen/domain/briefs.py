"""The brief: what the reader wants to know. The API calls it `context`, as its users always have."""

from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field

from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.model import Model, PlainText

MAX_OVERRIDES = 500


def _known_locale(value: str) -> str:
    """The locale as Babel writes it: `de-DE` and `de_DE` are one."""
    try:
        return str(Locale.parse(value.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        raise ValueError("must name a locale, such as en_US, de_DE or fr_CH") from None


class ColumnOverride(Model):
    """What the user knows better about a column than its cells and its name say."""

    role: Role | None = None
    additivity: Additivity | None = Field(default=None, description="For measures")
    unit: Annotated[PlainText, Field(max_length=20)] | None = Field(
        default=None, description="A unit, an ISO code of a currency, or %"
    )


class Brief(Model):
    """`business_context` is the question or the occasion in the user's own words."""

    business_context: Annotated[PlainText, Field(max_length=4000)] = ""
    industry: Annotated[PlainText, Field(max_length=200)] = ""
    audience: Annotated[PlainText, Field(max_length=200)] = ""
    urgency: Literal["low", "medium", "high", "critical"] = "medium"
    slide_count: Annotated[int, Field(ge=4, le=30, strict=True)] | None = Field(
        default=None, description="How many slides the deck shall have at most, all included"
    )
    locale: Annotated[str, Field(max_length=20), AfterValidator(_known_locale)] = Field(
        default="en_US", description="How numbers and dates are written"
    )
    columns: Annotated[dict[PlainText, ColumnOverride], Field(max_length=MAX_OVERRIDES)] = Field(
        default={}, description="By the name in the table's header: what a column shall be taken for"
    )
