"""The form by which people ask for a deck on the pages."""

import base64
import re
import zlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from deckgen.domain.documents import BaseDocument, PlainText
from deckgen.domain.requests import Table

FORM, LOOK = "make", "look"  # the names of the routes that take it
HELD_BYTES = 2_000_000  # of a table that a page without script holds, so that it is chosen once
HELD_LETTERS = 600_000  # of the same table, packed
CORRECTION = re.compile(r"(taken|better|unit|outcome)-(\d{1,3})")

Taken = Literal[
    "flow", "stock", "rate", "price", "score", "duration",
    "dimension", "geography", "time", "id", "text",
]  # fmt: skip
KINDS = frozenset({"flow", "stock", "rate", "price", "score", "duration"})  # the others are roles


class Correction(BaseDocument):
    """What one column is to be taken for, as somebody has set it; "" leaves what was decided."""

    column: Annotated[PlainText, Field(max_length=500)]
    taken: Taken | Literal[""] = ""
    better: Literal["higher", "lower", ""] = ""
    unit: Annotated[PlainText, Field(max_length=20)] = ""
    outcome: Annotated[PlainText, Field(max_length=200)] = ""

    def setting(self) -> dict[str, str]:
        """Returns the column's entry in `context.columns`; empty if nothing was set."""
        found = {"kind" if self.taken in KINDS else "role": self.taken} if self.taken else {}
        others = {"better": self.better, "unit": self.unit, "outcome": self.outcome}
        return found | {name: value for name, value in others.items() if value}


class NewDeckForm(BaseDocument):
    """What was typed, chosen and set right.

    `lost_file` says that a file was chosen before a session was over, `held_table` is one that was
    chosen before, `example` asks for the table of the examples.
    """

    question: Annotated[PlainText, Field(max_length=4_000)] = ""
    audience: Annotated[PlainText, Field(max_length=200)] = ""
    language: Literal["en", "de", ""] = ""
    theme: Annotated[PlainText, Field(max_length=100)] = ""
    example: PlainText = ""
    csv_data: Table | None = None
    csv_name: Annotated[PlainText, Field(max_length=200)] = ""
    held_name: Annotated[PlainText, Field(max_length=200)] = ""
    held_table: Annotated[PlainText, Field(max_length=HELD_LETTERS)] = ""
    lost_file: PlainText = ""
    corrections: Annotated[list[Correction], Field(max_length=1_000)] = []

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: Any) -> Any:
        """Gather the fields of each column, which forms send apart: `column-3`, `taken-3`."""
        if not isinstance(given, Mapping):
            return given
        columns = {name[7:]: value for name, value in given.items() if name.startswith("column-")}
        kept = {name: value for name, value in given.items() if not name.startswith("column-")}
        found: dict[str, dict[str, Any]] = {}
        for name in [*kept]:
            if said := CORRECTION.fullmatch(name):
                value = kept.pop(name)
                if said[2] in columns:
                    found.setdefault(said[2], {"column": columns[said[2]]})[said[1]] = value
        return {**kept, "corrections": [*found.values()]} if found else kept

    @property
    def context(self) -> dict[str, Any]:
        """The brief, with what was set right of the table's columns."""
        found: dict[str, Any] = {"businessContext": self.question}
        chosen = {"audience": self.audience, "language": self.language, "theme": self.theme}
        found |= {name: value for name, value in chosen.items() if value}
        columns = {each.column: each.setting() for each in self.corrections if each.setting()}
        return found | ({"columns": columns} if columns else {})

    def table(self) -> tuple[bytes, str] | None:
        """Returns the table with its name: the file, else the one that the page held."""
        if self.csv_data is not None:
            return self.csv_data, self.csv_name or "uploaded data"
        content = unpacked(self.held_table) if self.held_table else None
        return (content, self.held_name or "uploaded data") if content else None


def packed(content: bytes) -> str:
    """Returns a table as a page holds it; "" if it is too large for that."""
    if len(content) > HELD_BYTES:
        return ""
    text = base64.b64encode(zlib.compress(content)).decode()
    return text if len(text) <= HELD_LETTERS else ""


def unpacked(text: str) -> bytes | None:
    """Returns a table that a page held; None if it was changed meanwhile or is too large."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(text, validate=True), HELD_BYTES + 1)
    except (ValueError, zlib.error):
        return None
    return content if len(content) <= HELD_BYTES and unpacking.eof else None
