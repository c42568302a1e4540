"""The work of a child process that reads a large body and hands its fields over to the API."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from deckgen.bounded.child import Bounds
from deckgen.bounded.prepared import is_server
from deckgen.domain.errors import FieldError, InvalidRequest, TooLarge
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.new_decks import FORM, LOOK, NewDeckForm
from deckgen.domain.previews import PreviewRequest
from deckgen.domain.requests import parse
from deckgen.web import form_values

CHUNK = 1 << 20
LENGTH_BYTES = 4
NO_TABLE, TABLE = b"-", b"+"
PREVIEW = "preview"


def bodies_with_table() -> dict[str, type[BaseModel]]:
    """Returns the bodies that hold a table, by the names of their routes."""
    kinds = {each.name: each.body for each in job_kinds().values() if each.takes_table}
    return {**kinds, PREVIEW: PreviewRequest}


if is_server:  # each of its children would load all of them anew
    bodies_with_table()


def read(
    bounds: Bounds,
    folder: Path,
    name: str,
    content_type: str,
    path: Path,
    overhead: int,
    max_part_bytes: int,
) -> bytes:
    """Returns the fields of the body at `path` in the form that `unpacked` takes: the table apart.

    `name` is the route that it is sent to. The fields beside the table may have `overhead` bytes.
    Errors: InvalidRequest, TooLarge.
    """
    reading = form_values.read(content_type, _chunks(path), max_part_bytes=max_part_bytes)
    values = asyncio.run(reading)
    table = _table(values)
    other_fields = json.dumps(values).encode()
    if len(other_fields) > overhead:
        raise TooLarge(
            f"The fields beside the table have more than {overhead} bytes. Send less data.",
            code="body_too_large",
        )
    # The fields are checked here, where many thousands of wrong ones hold up nobody.
    bodies = bodies_with_table() | {FORM: NewDeckForm, LOOK: NewDeckForm}
    parse(bodies[name], values if table is None else values | {"csvData": table})
    head = len(other_fields).to_bytes(LENGTH_BYTES) + other_fields
    return head + (NO_TABLE if table is None else TABLE + table)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _table(values: Any) -> bytes | None:
    """Take the table as bytes out of the fields; one of another type stays, and is refused later."""
    if not (isinstance(values, dict) and isinstance(values.get("csvData"), str | bytes)):
        return None
    table = values.pop("csvData")
    try:
        return table.encode() if isinstance(table, str) else table
    except UnicodeEncodeError:
        wrong = FieldError("csvData", "must be text; it holds half a character")
        raise InvalidRequest.of(wrong) from None


def unpacked(answer: bytes) -> Any:
    """Returns the fields that `read` found in another process."""
    end = LENGTH_BYTES + int.from_bytes(answer[:LENGTH_BYTES])
    values = json.loads(answer[LENGTH_BYTES:end])
    if answer[end : end + 1] == TABLE:
        values["csvData"] = answer[end + 1 :]
    return values
