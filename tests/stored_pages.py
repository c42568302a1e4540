"""Pages of decks as files."""

from pathlib import Path

from deckgen.domain.decks import Deck
from deckgen.export.html.page import render_html
from deckgen.export.themes.theme import STANDARD, theme


def saved(deck: Deck, folder: Path, name: str = STANDARD) -> Path:
    """The deck's page as a file, as people send it to one another."""
    path = folder / "deck.html"
    path.write_text(render_html(deck, theme(name)))
    return path
