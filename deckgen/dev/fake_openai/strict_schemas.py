"""The JSON Schemas that OpenAI accepts as strict, and the smallest answer that fits one."""

from collections.abc import Iterator
from typing import Any

from deckgen.dev.fake_openai.refusals import Refused

Schema = dict[str, Any]
SchemaPath = tuple[str, ...]

MAX_LEVELS, MAX_PROPERTIES, MAX_ENUM = 10, 5000, 1000
KEYWORDS = {
    *("$defs", "definitions", "$ref", "anyOf", "enum", "const", "type", "properties", "required"),
    *("additionalProperties", "items", "description", "title", "pattern", "format", "multipleOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems"),
}
FORMATS = {
    *("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"),
}
TYPES = {"string", "number", "integer", "boolean", "object", "array", "null"}
SMALLEST = {"string": "text", "boolean": False, "null": None}


def check_strict(name: str, schema: Schema) -> None:
    """Raise Refused with the first thing that OpenAI does not accept in a strict schema."""
    problem = next(_problems(schema), None)
    if problem is not None:
        message = f"Invalid schema for response_format '{name}': {problem}"
        raise Refused(400, message, param="response_format")


def _problems(root: Schema) -> Iterator[str]:
    if "anyOf" in root:
        yield "schema must not have 'anyOf' at its top level."
    if root.get("type") != "object":
        yield f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{root.get('type')}\"'."
    properties = choices = 0
    for place, schema, level in _parts(root, (), 1):
        properties += len(schema.get("properties", {}))
        choices += len(schema.get("enum", []))
        if level > MAX_LEVELS:
            yield f"{level} levels of nesting exceeds limit of {MAX_LEVELS}."
        if problem := _problem(schema, root):
            yield f"In context={place}, {problem}"
    if choices > MAX_ENUM:
        yield f"{choices} enum values exceeds limit of {MAX_ENUM}."
    if properties > MAX_PROPERTIES:
        yield f"{properties} properties exceeds limit of {MAX_PROPERTIES}."


def _parts(schema: Any, place: SchemaPath, level: int) -> Iterator[tuple[SchemaPath, Schema, int]]:
    """Yield the schema and every one within it; objects in objects are levels."""
    if not isinstance(schema, dict):
        return
    yield place, schema, level
    below = level + 1 if schema.get("type") == "object" else level
    for keyword in ("properties", "$defs", "definitions"):
        for name, part in schema.get(keyword, {}).items():
            yield from _parts(part, (*place, keyword, name), below if keyword == "properties" else 1)
    for number, part in enumerate(schema.get("anyOf", [])):
        yield from _parts(part, (*place, "anyOf", str(number)), level)
    yield from _parts(schema.get("items"), (*place, "items"), level)


def _problem(schema: Schema, root: Schema) -> str | None:
    """Returns the problem of this schema, if it has one, without those within it."""
    if unknown := sorted(set(schema) - KEYWORDS):
        return f"'{unknown[0]}' is not permitted."
    if "$ref" in schema:
        return _problem_of_reference(schema, root)
    if not {"type", "anyOf", "enum", "const"} & set(schema):
        return "schema must have a 'type' key."
    if schema.get("enum") == []:
        return "enum must have at least one value."
    types = _types(schema)
    if wrong := sorted(set(types) - TYPES):
        return f"'{wrong[0]}' is not a valid type."
    if schema.get("format", "date") not in FORMATS:
        return f"'{schema['format']}' is not a valid format."
    if "array" in types and "items" not in schema:
        return "array schema missing items."
    return _problem_of_object(schema) if "object" in types else None


def _problem_of_reference(schema: Schema, root: Schema) -> str | None:
    if len(schema) > 1:
        return f"$ref cannot have keywords {set(schema) - {'$ref'}}."
    try:
        _resolved(schema, root)
    except (KeyError, ValueError):
        return f"reference to component '{schema['$ref']}' which was not found in the schema."
    return None


def _problem_of_object(schema: Schema) -> str | None:
    if schema.get("additionalProperties") is not False:
        return "'additionalProperties' is required to be supplied and to be false."
    properties, required = set(schema.get("properties", {})), set(schema.get("required", []))
    every = (
        "'required' is required to be supplied and to be an array including every key in properties."
    )
    if missing := sorted(properties - required):
        return f"{every} Missing '{missing[0]}'."
    if extra := sorted(required - properties):
        return f"{every} Extra required key '{extra[0]}' supplied."
    return None


def _types(schema: Schema) -> list[str]:
    types = schema.get("type", [])
    return [types] if isinstance(types, str) else types


def _resolved(schema: Schema, root: Schema) -> Schema:
    """Returns the target of a $ref; raises KeyError or ValueError if there is none."""
    while "$ref" in schema:
        origin, *names = schema["$ref"].split("/")
        if origin != "#":
            raise ValueError(schema["$ref"])
        schema = root
        for name in names:
            schema = schema[name]
    return schema


def smallest(schema: Schema, root: Schema | None = None) -> Any:
    """Returns the smallest instance that fits the schema; its texts are "text"."""
    root = schema if root is None else root
    schema = _resolved(schema, root)
    for keyword in ("const", "enum", "anyOf"):
        if keyword in schema:
            return _chosen(keyword, schema[keyword], root)
    types = _types(schema) or ["object"]
    kind = "null" if "null" in types else types[0]
    if kind == "object":
        return {name: smallest(part, root) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [smallest(schema["items"], root) for _ in range(schema.get("minItems", 0))]
    return _number(schema) if kind in ("number", "integer") else SMALLEST[kind]


def _chosen(keyword: str, value: Any, root: Schema) -> Any:
    if keyword == "const":
        return value
    if keyword == "enum":
        return value[0]
    # Null ends schemas that contain themselves.
    null = {"type": "null"}
    return None if null in value else smallest(value[0], root)


def _number(schema: Schema) -> int | float:
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema))
    number: int | float = min(low, schema.get("maximum", low))
    return number
