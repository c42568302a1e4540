"""Refusals in OpenAI's words: what is wrong with a request, as status, body and code."""

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
        said = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": said}


# What pydantic calls a fault, what OpenAI calls it, and what it says then.
_SAID = {
    "extra_forbidden": ("unknown_parameter", "Unknown parameter: '{path}'."),
    "missing": ("missing_required_parameter", "Missing required parameter: '{path}'."),
    "union_tag_not_found": ("missing_required_parameter", "Missing required parameter: '{path}'."),
    "literal_error": ("invalid_value", "Invalid value: '{given}'. Supported values are: {expected}."),
    "union_tag_invalid": (
        "invalid_value",
        "Invalid value: '{tag}'. Supported values are: {expected_tags}.",
    ),
    "greater_than_equal": (
        "{number}_below_min_value",
        "Invalid '{path}': {number} below minimum value. "
        "Expected a value >= {ge:g}, but got {given} instead.",
    ),
    "less_than_equal": (
        "{number}_above_max_value",
        "Invalid '{path}': {number} above maximum value. "
        "Expected a value <= {le:g}, but got {given} instead.",
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
    "Invalid type for '{path}': expected {wanted}, but got {got} instead.",
)
_WANTED = {
    "string_type": "a string",
    "int_type": "an integer",
    "float_type": "a decimal",
    "bool_type": "a boolean",
    "list_type": "an array",
}
_GOT = {
    "str": "a string",
    "int": "an integer",
    "float": "a decimal",
    "bool": "a boolean",
    "list": "an array",
    "dict": "an object",
    "NoneType": "null",
}


def refusal(body: dict[str, Any], error: ValidationError) -> Refused:
    """The first thing that is wrong with the request, as OpenAI says it."""
    first = error.errors(include_url=False)[0]
    about: dict[str, Any] = dict(first.get("ctx", {}))
    path, given = _path(body, first["loc"]), first["input"]
    if first["type"].startswith("union_tag"):
        path = f"{path}.{about['discriminator'].strip(chr(39))}"
    code, message = _SAID.get(first["type"], _OTHERWISE)
    words = about | {
        "path": path,
        "given": given,
        "number": "decimal" if isinstance(about.get("le", about.get("ge")), float) else "integer",
        "wanted": _WANTED.get(first["type"], "an object"),
        "got": _GOT[type(given).__name__],
    }
    return Refused(400, message.format(**words), code.format(**words), path)


def _path(body: Any, places: Sequence[int | str]) -> str:
    """messages[0].role: without the names of alternatives, which pydantic counts as places."""
    path, here = "", body
    for number, place in enumerate(places, start=1):
        if isinstance(place, int):
            path, here = f"{path}[{place}]", here[place]
        elif isinstance(here, dict) and (place in here or number == len(places)):
            path, here = f"{path}.{place}".lstrip("."), here.get(place)
    return path
