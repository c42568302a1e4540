"""The brief: the reader's question and audience. The API calls it `context`, its established name."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from deckgen.domain.documents import BaseDocument, PlainText
from deckgen.domain.language.spoken import usual_locale
from deckgen.domain.overrides import ColumnOverride, TableOverride
from deckgen.domain.templates import TemplateReference

MAX_OVERRIDES = 500


def _known_locale(value: str) -> str:
    """Returns the locale in Babel's spelling: `de-DE` and `de_DE` are the same."""
    try:
        return str(Locale.parse(value.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        raise ValueError("must name a locale, such as en_US, de_DE or fr_CH") from None


def _known_language(value: str) -> str:
    """Returns the language as BCP 47 writes it: `de_at` is de-AT."""
    try:
        return str(Locale.parse(value.replace("-", "_"))).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        raise ValueError("must name a language, such as en, de or de-AT") from None


LanguageTag = Annotated[str, Field(max_length=20), AfterValidator(_known_language)]
LocaleName = Annotated[str, Field(max_length=20), AfterValidator(_known_locale)]


ThemeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class Urgency(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Brief(BaseDocument):
    """The purpose of the deck. docs/brief.md says what each field changes."""

    business_context: Annotated[PlainText, Field(max_length=4000)] = Field(
        default="",
        description="The question or the occasion in the user's own words; it is answered first, and "
        "the columns, groups and periods that it names weigh more than others",
    )
    industry: Annotated[PlainText, Field(max_length=200)] = Field(
        default="",
        description="Gives a little more weight to columns that matter to it, and shapes the advice",
    )
    audience: Annotated[PlainText, Field(max_length=200)] = Field(
        default="",
        description="Executives get fewer slides and no statistics; analysts the test of each finding",
    )
    urgency: Urgency = Field(
        default=Urgency.MEDIUM,
        description="High and critical: the advice follows right after the answer, within six slides",
    )
    slide_count: Annotated[int, Field(ge=4, le=30, strict=True)] | None = Field(
        default=None,
        description="The most slides that the deck may have, all included; it is never padded",
    )
    language: LanguageTag | None = Field(
        default=None,
        description="The language of the deck, such as en or de-AT; without it that of the question",
        exclude_if=lambda value: value is None,  # older servers do not know it
    )
    locale: LocaleName = Field(
        default_factory=lambda: "en_US",  # of texts in no known language; the schema has no default
        description="The locale in which numbers and dates are written; without it the usual one of "
        "the language, such as en_US or de_DE",
    )
    theme: ThemeName | None = Field(
        default=None,
        description="How the deck looks, by the name of a theme; without it the standard one",
        exclude_if=lambda value: value is None,  # older servers do not know it
    )
    template: TemplateReference | None = Field(
        default=None,
        description="A template of the tenant's, which the deck wears in place of a theme: `acme`, the "
        "latest version of it, or `acme@2`",
        exclude_if=lambda value: value is None,  # older servers do not know it
    )
    columns: Annotated[dict[PlainText, ColumnOverride], Field(max_length=MAX_OVERRIDES)] = Field(
        default={},
        description="What a column is to be treated as, by its name in the table's header (case and "
        "spaces do not matter)",
    )
    table: TableOverride | None = Field(
        default=None,
        description="What the table is to be treated as: what a row is, its key, its time axis",
        exclude_if=lambda value: value is None,  # older servers do not know it
    )

    @model_validator(mode="before")
    @classmethod
    def _as_is_usual(cls, given: Any) -> Any:
        """Fill in the usual locale of the language, if none is named."""
        if not isinstance(given, Mapping) or "locale" in given:
            return given
        said = given.get("business_context", given.get("businessContext", ""))
        language = given.get("language")
        if not isinstance(said, str) or not isinstance(language, str | None):
            return given
        try:
            return {**given, "locale": usual_locale(language, said)}
        except (ValueError, UnknownLocaleError):
            return given  # what is wrong with the language is said where it is read
