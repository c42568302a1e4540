"""Refusals of requests in OpenAI's words, with status, body and code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError


@dataclass(eq=False)
class Refused(Exception):
    """A request is answered with an error."""

    status: int
    message: str
    code: str | None = None
    param: str | None = None
    kind: str = "invalid_request_error"

    def body(self) -> dict[str, Any]:
        """Returns the JSON of the error, as OpenAI answers it."""
        error = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": error}


# The code and the message of OpenAI for each type of error of pydantic.
_MESSAGES = {
    "extra_forbidden": ("unknown_parameter", "Unknown parameter: '{path}'."),
    "missing": ("missing_required_parameter", "Missing required parameter: '{path}'."),
    "union_tag_not_found": ("missing_required_parameter", "Missing required parameter: '{path}'."),
    "literal_error": ("invalid_value", "Invalid value: '{value}'. Supported values are: {expected}."),
    "union_tag_invalid": (
        "invalid_value",
        "Invalid value: '{tag}'. Supported values are: {expected_tags}.",
    ),
    "greater_than_equal": (
        "{number}_below_min_value",
        "Invalid '{path}': {number} below minimum value. "
        "Expected a value >= {ge:g}, but got {value} instead.",
    ),
    "less_than_equal": (
        "{number}_above_max_value",
        "Invalid '{path}': {number} above maximum value. "
        "Expected a value <= {le:g}, but got {value} instead.",
    ),
    "string_pattern_mismatch": (
        "invalid_value",
        "Invalid '{path}': string does not match pattern. "
        "Expected a string that matches the pattern '{pattern}'.",
    ),
    "string_too_long": (
        "string_above_max_length",
        "Invalid '{path}': string too long. Expected a string with maximum length {max_length}.",
    ),
    "too_short": (
        "empty_array",
        "Invalid '{path}': empty array. "
        "Expected an array with minimum length {min_length}, but got an empty array instead.",
    ),
}
_OTHERWISE = (
    "invalid_type",
    "Invalid type for '{path}': expected {expected_type}, but got {actual_type} instead.",
)
_EXPECTED_TYPES = {
    "string_type": "a string",
    "int_type": "an integer",
    "float_type": "a decimal",
    "bool_type": "a boolean",
    "list_type": "an array",
}
_ACTUAL_TYPES = {
    "str": "a string",
    "int": "an integer",
    "float": "a decimal",
    "bool": "a boolean",
    "list": "an array",
    "dict": "an object",
    "NoneType": "null",
}


def refusal(body: dict[str, Any], error: ValidationError) -> Refused:
    """Returns the refusal of the first thing that is wrong with the request."""
    first = error.errors(include_url=False)[0]
    context: dict[str, Any] = dict(first.get("ctx", {}))
    path, value = _path(body, first["loc"]), first["input"]
    if first["type"].startswith("union_tag"):
        path = f"{path}.{context['discriminator'].strip(chr(39))}"
    code, message = _MESSAGES.get(first["type"], _OTHERWISE)
    words = context | {
        "path": path,
        "value": value,
        "number": "decimal" if isinstance(context.get("le", context.get("ge")), float) else "integer",
        "expected_type": _EXPECTED_TYPES.get(first["type"], "an object"),
        "actual_type": _ACTUAL_TYPES[type(value).__name__],
    }
    return Refused(400, message.format(**words), code.format(**words), path)


def _path(body: Any, places: Sequence[int | str]) -> str:
    """Returns a path such as messages[0].role, without alternatives, which pydantic puts into it."""
    path, value = "", body
    for number, place in enumerate(places, start=1):
        if isinstance(place, int):
            path, value = f"{path}[{place}]", value[place]
        elif isinstance(value, dict) and (place in value or number == len(places)):
            path, value = f"{path}.{place}".lstrip("."), value.get(place)
    return path
