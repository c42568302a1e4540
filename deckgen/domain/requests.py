"""The requests that clients may send, and the explanation of wrong ones."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    HttpUrl,
    UrlConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails

from deckgen.domain.authorship import ASKED_FACT_PATTERN, FACT_PATTERN
from deckgen.domain.briefs import Brief
from deckgen.domain.documents import ID_PATTERN, PLAIN_PATTERN, BaseDocument
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.model_calls import ModelPolicy
from deckgen.domain.templates import REFERENCE_PATTERN

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

# In JSON it is text, and in a form a file.
Table = Annotated[bytes, WithJsonSchema({"type": "string"})]
Priority = Annotated[int, Field(ge=1, le=10, strict=True, description="Higher is more urgent")]


class UploadedTable(NamedTuple):
    """An uploaded file."""

    name: str
    content: bytes


class JobRequest(ModelPolicy):
    """The fields that all requests for jobs share, beside the limits for the model."""

    priority: Priority = 5
    webhook_url: WebhookUrl | None = Field(
        default=None, description="Receives a signed POST when the job ends (Standard Webhooks)"
    )

    if TYPE_CHECKING:  # each request has both as fields

        @property
        def deck_id(self) -> str: ...

        @property
        def user_id(self) -> str: ...

    @property
    def table(self) -> UploadedTable | None:
        """The file of the request; None without one."""
        return None

    @property
    def brief(self) -> Brief | None:
        """The brief of a new deck; None for requests about an existing one."""
        return None

    @property
    def policy(self) -> ModelPolicy:
        return ModelPolicy(**{name: getattr(self, name) for name in ModelPolicy.model_fields})


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


PATTERNS = {
    REFERENCE_PATTERN: "must name a template, such as acme, or a version of it, such as acme@2",
    ID_PATTERN: "must be 1 to 128 characters of A-Z, a-z, 0-9, dot, underscore and hyphen",
    FACT_PATTERN: "must be the id of a fact, such as f3",
    ASKED_FACT_PATTERN: "must be an id from f9000 to f9999",
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
