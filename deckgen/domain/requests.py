"""What a client may ask for, and how a wrong request is explained."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator

from deckgen.domain.briefs import Brief
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.model import Id, Model

T = TypeVar("T", bound=BaseModel)


class GenerateRequest(Model):
    """`csv_data` is the text of a CSV; without it the deck is built from the brief alone."""

    deck_id: Id
    user_id: Id
    context: Brief = Brief()
    csv_data: str | None = Field(default=None, description="The text of a CSV, with its header")
    priority: Annotated[int, Field(ge=1, le=10, strict=True, description="Higher is more urgent")] = 5

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
        fields = tuple(_explain(one["loc"], one["type"], one["msg"]) for one in error.errors())
        summary = "; ".join(f"{one.field}: {one.message}" for one in fields[:3])
        raise InvalidRequest(f"The request can't be used. {summary}.", errors=fields) from None


def _explain(location: tuple[int | str, ...], kind: str, message: str) -> FieldError:
    match kind:
        case "missing":
            message = "is missing"
        case "extra_forbidden":
            message = "is not a known field"
        case "string_pattern_mismatch" if location[-1:] != ("businessContext",):
            message = "must be 1 to 128 characters of A-Z, a-z, 0-9, dot, underscore and hyphen"
        case _:
            message = message.removeprefix("Value error, ").removeprefix("Input ")
    return FieldError(".".join(str(part) for part in location) or "request", message)
