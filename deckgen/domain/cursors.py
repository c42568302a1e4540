"""Cursors: the point where a list continues, as an opaque text that clients hand back unchanged."""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from deckgen.domain.errors import FieldError, InvalidRequest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PLACE = struct.Struct(">q16s")
CHECK_BYTES = 8


@dataclass(frozen=True)
class Cursor:
    """The last job of a page: the next one begins after it."""

    created_at: datetime
    job_id: UUID

    def encoded(self, query: str) -> str:
        """The cursor as text; it is valid for the next page of the same `query` only."""
        micros = (self.created_at - EPOCH) // timedelta(microseconds=1)
        place = PLACE.pack(micros, self.job_id.bytes)
        return base64.urlsafe_b64encode(place + _check(place, query)).decode().rstrip("=")

    @classmethod
    def decoded(cls, text: str, query: str) -> Self:
        """Returns the cursor in `text`; InvalidRequest if it is none, or belongs to another query."""
        try:
            content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise _invalid() from None
        place, check = content[: PLACE.size], content[PLACE.size :]
        if len(place) != PLACE.size or check != _check(place, query):
            raise _invalid()
        micros, job_id = PLACE.unpack(place)
        try:
            return cls(EPOCH + timedelta(microseconds=micros), UUID(bytes=job_id))
        except OverflowError:
            raise _invalid() from None


def _check(place: bytes, query: str) -> bytes:
    """A checksum against mistakes, not against forgery: a place in a list is no secret."""
    return hashlib.sha256(place + query.encode()).digest()[:CHECK_BYTES]


def _invalid() -> InvalidRequest:
    return InvalidRequest.of(
        FieldError(
            "cursor",
            "must be the nextCursor of a page with the same filter; leave it out to start over",
        ),
        code="invalid_cursor",
    )
