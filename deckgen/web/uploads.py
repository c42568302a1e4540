"""Turn the body of a request for a deck, JSON or multipart, into the same GenerateRequest."""

import json
from pathlib import PurePath
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.requests import GenerateRequest, parse
from deckgen.http import bodies
from deckgen.settings import Settings

# What surrounds the table: the brief, names and boundaries.
OVERHEAD = 1_000_000


async def read_generate_request(request: Request, settings: Settings) -> GenerateRequest:
    """The request of a JSON or multipart body; InvalidRequest or TooLarge in words otherwise."""
    limit = settings.max_csv_bytes + OVERHEAD
    kind = bodies.media_type(request)
    # JSON writes a quote or a line's end as two bytes.
    max_bytes = 2 * limit if kind == bodies.JSON else limit
    bounded = bodies.bounded(request, max_bytes=max_bytes, timeout=settings.body_timeout_seconds)
    match kind:
        case bodies.JSON:
            return parse(GenerateRequest, await bodies.read_json(bounded))
        case bodies.MULTIPART:
            return parse(GenerateRequest, await _read_multipart(bounded, limit))
    raise InvalidRequest(
        f"The content type {kind or '(none)'} is not accepted. Send application/json, or "
        "multipart/form-data with the table (CSV, XLSX or Parquet) as the file csvData.",
        code="unsupported_media_type",
    )


async def _read_multipart(request: Request, limit: int) -> dict[str, Any]:
    """Fields as in JSON: `context` is JSON text, `csvData` a file or text, numbers are their digits."""
    async with bodies.read_form(request, max_part_bytes=limit) as form:
        values: dict[str, Any] = dict(form)
        upload = values.get("csvData")
        if isinstance(upload, UploadFile):
            values["csvData"] = await upload.read()
            values.setdefault("csvName", _clean_name(upload.filename))
    if "context" in values:
        values["context"] = _context(values["context"])
    for name in ("priority", "maxTokens"):
        if str(values.get(name, "")).lstrip("-").isdecimal():
            values[name] = int(values[name])
    return values


def _context(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        wrong = FieldError("context", 'must be JSON, such as {"businessContext": "..."}')
        raise InvalidRequest.of(wrong) from None


def _clean_name(filename: str | None) -> str:
    """The last part of a path, without control characters: it is shown on slides."""
    name = PurePath((filename or "").replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[:200].strip() or "uploaded data"
