"""The requests that clients may send, and the explanation of wrong ones."""

from typing import Annotated, Any, TypeVar

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    HttpUrl,
    UrlConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import ID_PATTERN, PLAIN_PATTERN, BaseDocument, Id, PlainText
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.model_calls import ModelPolicy

T = TypeVar("T", bound=BaseModel)

MAX_URL = 2_048
MAX_ERRORS = 20  # named in an answer, which is no larger than its request


def _is_plain(url: HttpUrl) -> HttpUrl:
    """Returns a URL without credentials; its length is that of the escaped form, which is used."""
    if url.username is not None or url.password is not None:
        raise ValueError("must not contain a user name or password: the signature proves the sender")
    if len(str(url)) > MAX_URL:
        raise ValueError(f"must have at most {MAX_URL} characters")
    return url


WebhookUrl = Annotated[HttpUrl, UrlConstraints(max_length=MAX_URL), AfterValidator(_is_plain)]

Priority = Annotated[int, Field(ge=1, le=10, strict=True, description="Higher is more urgent")]


class JobRequest(ModelPolicy):
    """The fields that all requests for jobs share, beside the limits for the model."""

    priority: Priority = 5
    webhook_url: WebhookUrl | None = Field(
        default=None, description="Receives a signed POST when the job ends (Standard Webhooks)"
    )

    @property
    def policy(self) -> ModelPolicy:
        return ModelPolicy(**{name: getattr(self, name) for name in ModelPolicy.model_fields})


class GenerateRequest(JobRequest):
    """`csv_data` is a table as a file; without it the deck is built from the brief alone."""

    deck_id: Id
    user_id: Id
    context: Brief = Brief()
    csv_data: bytes | None = Field(
        default=None,
        description="A table with its header. In JSON the text of a CSV; in multipart/form-data a "
        "file: CSV, XLSX (the first visible sheet with a table) or Parquet, recognised by its content",
    )
    csv_name: Annotated[PlainText, Field(min_length=1, max_length=200)] = "uploaded data"

    @model_validator(mode="after")
    def has_something_to_tell(self) -> "GenerateRequest":
        if not self.context.business_context and self.csv_data is None:
            raise ValueError("give context.businessContext, csvData or both: a deck needs one of them")
        return self


def parse(document_type: type[T], value: Any) -> T:
    """Returns `value` as a document; InvalidRequest names every wrong field."""
    try:
        return document_type.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        field_errors = [_explain(detail) for detail in details[:MAX_ERRORS]]
        if len(details) > MAX_ERRORS:
            field_errors.append(
                FieldError("request", f"has {len(details) - MAX_ERRORS} more wrong fields")
            )
        raise InvalidRequest.of(*field_errors) from None


def parse_json(document_type: type[T], content: bytes) -> T:
    """Returns the JSON in `content` as a document; InvalidRequest if it is none of this type."""
    try:
        return parse(document_type, orjson.loads(content))
    except orjson.JSONDecodeError as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}.", code="invalid_json") from None


class PriorityRequest(BaseDocument):
    priority: Priority


class Revision(BaseDocument):
    """The slide that is to be rewritten, and the instruction for it."""

    slide_id: Id
    instruction: Annotated[PlainText, Field(min_length=1, max_length=1000)]


class ReviseRequest(JobRequest):
    """The body of a request to rewrite a slide; the URL names the slide."""

    user_id: Id = Field(description="The user that the deck belongs to")
    instruction: Annotated[PlainText, Field(min_length=1, max_length=1000)] = Field(
        description="How the slide should change, in the user's own words"
    )


class RevisionRequest(ReviseRequest):
    """The whole request to rewrite a slide."""

    deck_id: Id
    slide_id: Id

    @property
    def revision(self) -> Revision:
        return Revision(slide_id=self.slide_id, instruction=self.instruction)


PATTERNS = {
    ID_PATTERN: "must be 1 to 128 characters of A-Z, a-z, 0-9, dot, underscore and hyphen",
    PLAIN_PATTERN: "must not contain the character U+0000",
}


def _explain(error: ErrorDetails) -> FieldError:
    match error["type"]:
        case "missing":
            message = "is missing"
        case "extra_forbidden":
            message = "is not a known field"
        case "string_pattern_mismatch":
            message = PATTERNS[error["ctx"]["pattern"]]
        case _:
            message = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return FieldError(".".join(str(part) for part in error["loc"]) or "request", message)
