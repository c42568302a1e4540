"""What a client may ask for, and how a wrong request is explained."""

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
from deckgen.domain.documents import ID_PATTERN, PLAIN_PATTERN, Id, Model, PlainText
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.model_calls import ModelPolicy

T = TypeVar("T", bound=BaseModel)

MAX_URL = 2_048
MAX_ERRORS = 20  # that are named: an answer is no larger than its request


def _is_plain(url: HttpUrl) -> HttpUrl:
    """Escaping can make a URL longer; what is kept and posted to is the escaped one."""
    if url.username is not None or url.password is not None:
        raise ValueError("must not hold a user or a password: the signature proves who posts")
    if len(str(url)) > MAX_URL:
        raise ValueError(f"URL should have at most {MAX_URL} characters")
    return url


WebhookUrl = Annotated[HttpUrl, UrlConstraints(max_length=MAX_URL), AfterValidator(_is_plain)]

Priority = Annotated[int, Field(ge=1, le=10, strict=True, description="Higher is more urgent")]


class JobRequest(ModelPolicy):
    """What requests for jobs have in common, beside what they allow the model."""

    priority: Priority = 5
    webhook_url: WebhookUrl | None = Field(
        default=None, description="The job's end is posted there, signed (Standard Webhooks)"
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
        "file: CSV, XLSX (the first visible sheet with a table) or Parquet, which its content tells",
    )
    csv_name: Annotated[PlainText, Field(min_length=1, max_length=200)] = "uploaded data"

    @model_validator(mode="after")
    def has_something_to_tell(self) -> "GenerateRequest":
        if not self.context.business_context and self.csv_data is None:
            raise ValueError("give context.businessContext, csvData or both: there is nothing to tell")
        return self


def parse(model: type[T], value: Any) -> T:
    """`value` as a `model`; InvalidRequest that names every wrong field otherwise."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        listed = error.errors(include_input=False, include_url=False)
        wrong = [_explain(one) for one in listed[:MAX_ERRORS]]
        if len(listed) > MAX_ERRORS:
            wrong.append(FieldError("request", f"has {len(listed) - MAX_ERRORS} more wrong fields"))
        raise InvalidRequest.of(*wrong) from None


def parse_json(model: type[T], content: bytes) -> T:
    """The JSON in `content` as a `model`; InvalidRequest if it is no JSON, or no such document."""
    try:
        return parse(model, orjson.loads(content))
    except orjson.JSONDecodeError as error:
        raise InvalidRequest(f"This is not valid JSON: {error}.", code="invalid_json") from None


class PriorityRequest(Model):
    priority: Priority


class Revision(Model):
    """Which slide is to be rewritten, and how."""

    slide_id: Id
    instruction: Annotated[PlainText, Field(min_length=1, max_length=1000)]


class ReviseRequest(JobRequest):
    """The body of a request to rewrite a slide; the URL says which one."""

    user_id: Id = Field(description="The user that the deck belongs to")
    instruction: Annotated[PlainText, Field(min_length=1, max_length=1000)] = Field(
        description="What the slide shall be like, in the user's own words"
    )


class RevisionRequest(ReviseRequest):
    """A request to rewrite a slide, whole."""

    deck_id: Id
    slide_id: Id

    @property
    def revision(self) -> Revision:
        return Revision(slide_id=self.slide_id, instruction=self.instruction)


PATTERNS = {
    ID_PATTERN: "must be 1 to 128 characters of A-Z, a-z, 0-9, dot, underscore and hyphen",
    PLAIN_PATTERN: "must not hold the character U+0000",
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
