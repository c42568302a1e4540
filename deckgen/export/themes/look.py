"""How a deck is to look: its theme, and the file that PowerPoint draws it upon, if it has a
template."""

from dataclasses import dataclass

from deckgen.export.themes.theme import Theme


@dataclass(frozen=True)
class Look:
    theme: Theme
    base: bytes | None = None
