"""What is rendered of a deck, and the key under which the same is not rendered again."""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from deckgen.domain import decks
from deckgen.domain.decks import Deck
from deckgen.domain.documents import content_hash
from deckgen.export.html.page import render_html
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes import DEFAULT, Theme

# The folders whose code and templates say how a deck looks, and the libraries that draw and write.
RENDERERS = (Path(__file__).parent, Path(decks.__file__).parent)
LIBRARIES = (
    "deckgen",
    "babel",
    "jinja2",
    "lxml",
    "orjson",
    "python-pptx",
    "reportlab",
    "vl-convert-python",
    "xlsxwriter",
)


class Kind(StrEnum):
    JSON = "json"
    PAGE = "page"
    PPTX = "pptx"

    @property
    def is_drawn(self) -> bool:
        """Whether it takes a processor for long."""
        return self is not Kind.JSON


@dataclass(frozen=True)
class Export:
    """One rendering of the deck that has this hash; `notice` is a sentence that stands above a page.

    The locale is the deck's own, so its hash stands for it.
    """

    deck_id: str
    deck_sha256: str
    kind: Kind
    notice: str = ""
    theme: Theme = DEFAULT

    @cached_property
    def key(self) -> str:
        """SHA-256 (hex): equal for equal bytes, another one for each version of the renderer."""
        parts = [self.deck_sha256, renderer(), self.kind, repr(self.theme), self.notice]
        return content_hash(parts)

    def render(self, deck: dict[str, Any]) -> bytes:
        if self.kind is Kind.JSON:
            return orjson.dumps(deck)
        if self.kind is Kind.PPTX:
            return render_pptx(Deck.model_validate(deck))
        return render_html(Deck.model_validate(deck), notice=self.notice).encode()


@cache
def renderer() -> str:
    """SHA-256 (hex) of all that makes equal decks look alike: changed code gives another one."""
    found = hashlib.sha256(sys.version.encode())
    for name in LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    for path in sources():
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def sources() -> Iterator[Path]:
    for folder in RENDERERS:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path
