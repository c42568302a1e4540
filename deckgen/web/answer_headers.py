"""The headers of answers, for the OpenAPI document."""

from typing import Any

from deckgen.domain.deletions import Receipt
from deckgen.domain.jobs import Submitted
from deckgen.export.format import Use
from deckgen.export.formats import formats
from deckgen.web.operations import Operation

HEADERS: dict[str, tuple[dict[str, Any], str]] = {
    "Location": ({"type": "string", "format": "uri-reference"}, "Where to ask how far it is"),
    "Retry-After": ({"type": "integer"}, "Seconds after which the same request can succeed"),
    "RateLimit": (
        {"type": "string"},
        "Where keys are asked for: the requests that are left, and the seconds until there are more",
    ),
    "RateLimit-Policy": ({"type": "string"}, "The requests of a key within so many seconds"),
    "ETag": ({"type": "string"}, "The tag of this answer, for If-None-Match"),
    "Content-Disposition": ({"type": "string"}, "The name under which to save the file"),
    "X-Request-ID": ({"type": "string"}, "The id of the request, in the server's log as well"),
    "WWW-Authenticate": ({"type": "string"}, "How to say who asks"),
}
ID = "X-Request-ID"
_RATE = ("RateLimit", "RateLimit-Policy")
_ACCEPTED, _UNKNOWN, _LATER = 202, 401, (429, 503)


def components() -> dict[str, Any]:
    """Returns every header by its name."""
    return {
        name: {"description": description, "schema": schema}
        for name, (schema, description) in HEADERS.items()
    }


def of_success(route: str, declared: Operation, *, is_tagged: bool, has_key: bool) -> dict[str, Any]:
    """Returns the headers of an answer that is no problem."""
    _, status, answer, _ = declared
    names = [ID, *(_RATE if has_key else ())]
    if status == _ACCEPTED and answer in (Submitted, Receipt):
        names.append("Location")
    if is_tagged:
        names.append("ETag")
    if route.removeprefix("shared_") in _saved():
        names.append("Content-Disposition")
    return _references(names)


def of_problem(status: int, *, has_key: bool) -> dict[str, Any]:
    """Returns the headers of a problem."""
    if status == _UNKNOWN:
        return _references([ID, "WWW-Authenticate"])
    return _references(
        [ID, *(_RATE if has_key else ()), *(["Retry-After"] if status in _LATER else [])]
    )


def _references(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _saved() -> set[str]:
    return {each.name for each in formats() if each.use is Use.DOWNLOAD} | {"table"}
