"""The fields of a request for a deck, from a JSON or multipart body, with values as in JSON."""

import json
from collections.abc import AsyncGenerator, Iterable
from pathlib import PurePath
from typing import Any

from starlette.datastructures import FormData, UploadFile

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.http import bodies, forms

NUMBERS = ("priority", "maxTokens")
NULLABLE = ("maxTokens", "maxCost", "webhookUrl")  # fields that may be null in JSON, and are no text
DIGITS = 18  # of a number in a form; a longer one stays text, and is refused as such


async def read(content_type: str, chunks: Iterable[bytes], *, max_part_bytes: int) -> Any:
    """Returns the fields of a whole body; InvalidRequest if it is neither JSON nor a form.

    All fields are wanted in memory in the end, so a file is held there from the start.
    """
    if content_type.partition(";")[0].strip().lower() == bodies.JSON:
        return bodies.loads(b"".join(chunks))
    parsed = forms.parsed(
        content_type, _stream(chunks), max_part_bytes=max_part_bytes, held_bytes=max_part_bytes
    )
    async with parsed as form:
        return await _of_form(form)


async def _stream(chunks: Iterable[bytes]) -> AsyncGenerator[bytes, None]:
    for chunk in chunks:
        yield chunk


async def _of_form(form: FormData) -> dict[str, Any]:
    """Returns a form's fields as in JSON: `context` is JSON text, `csvData` a file or text.

    An empty field counts as absent: forms send one for each field that was not filled in.
    """
    values: dict[str, Any] = {}
    for name, value in form.items():
        if isinstance(value, UploadFile):
            values = await _of_file(name, value) | values
        elif value and not (value == "null" and name in NULLABLE):
            values[name] = _number(value) if name in NUMBERS else value
    if "context" in values:
        values["context"] = _context(values["context"])
    return values


async def _of_file(name: str, upload: UploadFile) -> dict[str, Any]:
    """Returns the table with its name; any other field that is a file becomes its text."""
    content = await upload.read()
    if not (content or upload.filename):  # no file was chosen
        return {}
    if name != "csvData":
        return {name: content.decode(errors="replace")}
    return {name: content, "csvName": _clean_name(upload.filename)}


def _number(text: str) -> Any:
    sign, digits = text[:1] == "-", text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= DIGITS:
        return -int(digits) if sign else int(digits)
    return text


def _context(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        wrong = FieldError("context", 'must be JSON, such as {"businessContext": "..."}')
        raise InvalidRequest.of(wrong) from None


def _clean_name(filename: str | None) -> str:
    """Returns the last part of a path without control characters: slides show it."""
    name = PurePath((filename or "").replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[:200].strip() or "uploaded data"
