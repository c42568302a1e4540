"""The schemas of the OpenAPI document: those of the models that serve, told as clients need them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from deckgen.domain.decks import Deck
from deckgen.domain.event_data import told_event
from deckgen.domain.webhooks import Notification
from deckgen.web.error_codes import error_codes
from deckgen.web.large_uploads import bodies_with_table
from deckgen.web.operations import all_operations

Model = tuple[type[BaseModel], Literal["validation", "serialization"]]
Schema = dict[str, Any]
References = dict[type[BaseModel], Schema]
PREFIX = "#/components/schemas/"
FILE: Schema = {"type": "string", "format": "binary"}
# Members that hold a document as it was stored, and errors whose codes are known.
DOCUMENTS = (("Presentation", "deck"), ("Presentation", "draft"))
CODED = ("Problem", "JobError", "JobDelayed", "JobFailed")
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457, with a stable machine code",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "The page of the code: /docs/errors/{code}",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "What was wrong and what to do"},
        "retryable": {
            "type": "boolean",
            "description": "Whether the same request can succeed later",
        },
        "difference": {
            "$ref": f"{PREFIX}DeckComparison",
            "description": "Of `deck_changed`: what others have changed since the version of the edit",
        },
        "errors": {
            "type": "array",
            "description": "Each wrong field, up to twenty",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def reference(name: str) -> Schema:
    """Returns the reference to a component."""
    return {"$ref": PREFIX + name}


def form_of(body: type[BaseModel]) -> str:
    """Returns the name of the schema of a body as a form."""
    return f"{body.__name__.removesuffix('Request')}Form"


def components() -> tuple[dict[str, Schema], References]:
    """Returns all schemas by name, and for each model the reference to its own."""
    return _components(*_models())


@cache
def _components(
    requests: tuple[type[BaseModel], ...], answers: tuple[type[BaseModel], ...]
) -> tuple[dict[str, Schema], References]:
    modes: list[Model] = [(model, "validation") for model in requests]
    modes += [(model, "serialization") for model in answers]
    references, schema = models_json_schema(modes, ref_template=f"{PREFIX}{{model}}")
    named: dict[str, Schema] = schema["$defs"]
    for body in bodies_with_table().values():
        named[form_of(body)] = _form(named[body.__name__])
    named |= {"Problem": PROBLEM, "ErrorCode": _codes()}
    _type(named)
    _tell_apart(named)
    _open(named, {_name(references[model, "validation"]) for model in requests})
    return named, {model: references[model, mode] for model, mode in modes}


def _models() -> tuple[tuple[type[BaseModel], ...], tuple[type[BaseModel], ...]]:
    """Returns the models of requests, and those of answers, webhooks and events."""
    declared = all_operations().values()
    answers: list[type[BaseModel]] = [Deck, Notification, told_event()]
    answers += [answer for _, _, answer, _ in declared if not isinstance(answer, str)]
    bodies: list[type[BaseModel]] = [body for body, _, _, _ in declared if body is not None]
    return (*dict.fromkeys(bodies),), (*dict.fromkeys(answers),)


def _codes() -> Schema:
    description = "Each has a page at /docs/errors/{code}. A release may bring more of them."
    return {
        "type": "string",
        "title": "ErrorCode",
        "description": description,
        "enum": [*error_codes()],
    }


def _type(named: dict[str, Schema]) -> None:
    """Say what the types of the models leave open."""
    for name, member in DOCUMENTS:
        field = named[name]["properties"][member]
        field["anyOf"] = [reference("Deck"), {"type": "null"}]
    for name in CODED:
        # Clients go on with a code that they do not know.
        known_or_not = {"anyOf": [reference("ErrorCode"), {"type": "string"}]}
        named[name]["properties"]["code"] = {"description": "Stable, for machines", **known_or_not}


def _form(schema: Schema) -> Schema:
    """Returns a model's schema as that of a form: a file, and no null, as forms leave out a field."""
    fields = {name: _without_null(field) for name, field in schema["properties"].items()}
    fields["csvData"] = FILE | {"description": fields["csvData"]["description"]}
    fields["csvName"] = {
        name: value for name, value in fields["csvName"].items() if name != "default"
    } | {"description": "Instead of the file's own name"}
    return schema | {"title": f"{schema['title']} as a form", "properties": fields}


def _without_null(field: Schema) -> Schema:
    some = [choice for choice in field.get("anyOf", ()) if choice.get("type") != "null"]
    if len(some) != 1:
        return field
    kept = {key: value for key, value in field.items() if key not in ("anyOf", "default")}
    return {**some[0], **kept}


def _tell_apart(named: dict[str, Schema]) -> None:
    """Require the member by which the kinds of a union are told apart: it is always there."""
    for node in _nodes(named):
        if "discriminator" in node and "oneOf" in node:
            member = node["discriminator"]["propertyName"]
            for choice in node["oneOf"]:
                one = named[_name(choice)]
                one["properties"][member].pop("default", None)
                one["required"] = sorted({*one.get("required", ()), member})


def _open(named: dict[str, Schema], requests: set[str]) -> None:
    """Let answers have further members, as a release may bring; a request may not."""
    closed = _reached(named, requests)
    for name, schema in named.items():
        if name not in closed and schema.get("additionalProperties") is False:
            del schema["additionalProperties"]


def _reached(named: dict[str, Schema], names: set[str]) -> set[str]:
    found, left = set[str](), set(names)
    while left:
        found |= left
        refs = {_name(node) for name in left for node in _nodes(named[name]) if "$ref" in node}
        left = refs - found
    return found


def _nodes(value: Any) -> Iterator[Schema]:
    """Yield every object in a document."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(each)


def _name(ref: Schema) -> str:
    return str(ref["$ref"]).removeprefix(PREFIX)
