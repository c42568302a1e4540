"""What is rendered of a deck, and the key under which the same is not rendered again."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deckgen.domain import decks
from deckgen.domain.documents import content_hash
from deckgen.export.format import Format
from deckgen.export.themes.look import Look
from deckgen.export.themes.theme import Theme, worn

# The folders whose code and templates say how a deck looks, and the libraries that every form uses.
RENDERERS = (Path(__file__).parent, Path(decks.__file__).parent)
LIBRARIES = ("deckgen", "babel", "orjson")


@dataclass(frozen=True)
class Export:
    """One rendering of the deck that has this hash; `notice` is a sentence that stands above a page.

    `theme` is one by its name; without it the deck's own. For that and for its locale its hash stands.
    `template` is one that there is, such as `acme@2`, with the hash of how it looks.
    """

    tenant: str
    deck_id: str
    deck_sha256: str
    format: Format
    notice: str = ""
    theme: str = ""
    template: str = ""
    template_sha256: str = ""

    @cached_property
    def key(self) -> str:
        """SHA-256 (hex): equal for equal bytes, another one for each version of the renderer."""
        renders = [self.format.name, *_versions(self.format.libraries)]
        parts = [self.deck_sha256, renderer(), renders, self.notice, self.theme]
        worn_template = [self.template, self.template_sha256] if self.template else []
        return content_hash([*parts, *worn_template])

    def render(self, deck: dict[str, Any], theme: Any = None, base: bytes | None = None) -> bytes:
        """Returns the file; `theme` and `base` are those of the template, if it wears one."""
        return self.format.render(deck, self.notice, self._look(deck, theme, base))

    def _look(self, deck: dict[str, Any], theme: Any, base: bytes | None) -> Look:
        """Returns how it looks: not as a template that a release with other themes has read."""
        if theme is not None:
            with suppress(ValidationError):
                return Look(Theme.model_validate({**theme, "name": self.template}), base)
        return Look(worn(self.theme or deck.get("brief", {}).get("theme")))


@cache
def renderer() -> str:
    """SHA-256 (hex) of all that makes equal decks look alike: changed code gives another one."""
    found = hashlib.sha256(sys.version.encode())
    for line in _versions(LIBRARIES):
        found.update(f"{line}\n".encode())
    for path in sources():
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _versions(libraries: Iterable[str]) -> list[str]:
    return [f"{name} {version(name)}" for name in libraries]


def sources() -> Iterator[Path]:
    for folder in RENDERERS:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path
