"""What a form of a deck is: a row in deckgen/export/formats, from which all else follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from deckgen.export.themes.look import Look

# From the deck as JSON, a sentence that stands above it ("" for none) and how it looks, to the file.
Render = Callable[[dict[str, Any], str, Look], bytes]


class Use(StrEnum):
    """How the API serves it."""

    DOWNLOAD = "download"  # a file to save; 409 while there is no deck
    PAGE = "page"  # to read in a browser: while there is no deck, a page that says so
    FIELD = "field"  # a field of what the API tells of the deck


@dataclass(frozen=True)
class Format:
    """One form of a deck: its route, its operation in the OpenAPI document, its content type and the
    command line's ending are made of this row.

    `description` opens with one line, the operation's summary. `libraries` are those whose versions
    change the file, as pip names them. `saved` is what a file gets of the API's answer.
    """

    name: str
    ending: str
    path: str
    media_type: str
    description: str
    render: Render
    use: Use = Use.DOWNLOAD
    libraries: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    saved: Callable[[bytes], bytes] = bytes

    @property
    def is_packed(self) -> bool:
        """True if its bytes are compressed already; texts are not."""
        return not self.media_type.startswith("text/") and self.media_type != "application/json"

    @property
    def is_drawn(self) -> bool:
        """True if it takes a processor for long."""
        return self.use is not Use.FIELD
