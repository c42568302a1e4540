"""The base of every document that leaves a process: frozen, strict, camelCase in JSON."""

import hashlib
import json
import re
from typing import Annotated, Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel


class BaseDocument(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
    )

    def to_json(self) -> Any:
        """The document as JSON values, in the camelCase that clients see."""
        return self.model_dump(mode="json", by_alias=True)


def canonical_json(value: Any) -> bytes:
    """One byte string for equal values: sorted keys, no spaces, UTF-8."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # whole numbers of more than 64 bits
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def content_hash(value: Any) -> str:
    """SHA-256 (hex) of the canonical JSON of `value`."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


# PostgreSQL's text and jsonb can't hold U+0000, so it is refused in every request.
PLAIN_PATTERN = r"^[^\x00]*$"
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
ID_PATTERN = r"^[A-Za-z0-9._-]{1,128}$"
PlainText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=PLAIN_PATTERN)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]


def uuid_of(text: str) -> UUID | None:
    """Returns an id as we write it; None for other text. Python and PostgreSQL know further forms."""
    return UUID(text) if UUID_FORM.fullmatch(text) else None


def is_id(value: str) -> bool:
    """True if `value` can be the id of a deck, a user or a slide."""
    return re.fullmatch(ID_PATTERN, value) is not None
