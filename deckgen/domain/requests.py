"""What a client may ask for, and how a wrong request is explained."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    HttpUrl,
    UrlConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import ID_PATTERN, PLAIN_PATTERN, Model
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


class Table(NamedTuple):
    """An uploaded file."""

    name: str
    content: bytes


class JobRequest(ModelPolicy):
    """What requests for jobs have in common, beside what they allow the model."""

    priority: Priority = 5
    webhook_url: WebhookUrl | None = Field(
        default=None, description="The job's end is posted there, signed (Standard Webhooks)"
    )

    if TYPE_CHECKING:  # each request has both as fields

        @property
        def deck_id(self) -> str: ...

        @property
        def user_id(self) -> str: ...

    @property
    def table(self) -> Table | None:
        """The file that came along; None for requests that bring none."""
        return None

    @property
    def brief(self) -> Brief | None:
        """What the deck is to be about; None for requests about a deck that there is."""
        return None

    @property
    def policy(self) -> ModelPolicy:
        return ModelPolicy(**{name: getattr(self, name) for name in ModelPolicy.model_fields})


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
