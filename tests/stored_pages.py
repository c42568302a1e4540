"""Pages of decks as files."""

from pathlib import Path

from deckgen.domain.decks import Deck
from deckgen.export.html.page import render_html
from deckgen.export.themes.theme import STANDARD, theme

_drawn: dict[tuple[str, str], str] = {}  # by deck and theme: to draw one takes seconds


def saved(deck: Deck, folder: Path, name: str = STANDARD) -> Path:
    """The deck's page as a file, as people send it to one another."""
    key = (deck.model_dump_json(), name)
    if key not in _drawn:
        _drawn[key] = render_html(deck, theme(name))
    path = folder / "deck.html"
    path.write_text(_drawn[key])
    return path
