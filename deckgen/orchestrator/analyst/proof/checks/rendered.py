"""The checks of the finished file: it opens, nothing overflows, charts can be edited."""

from deckgen.domain.decks import Deck
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.inspection import inspect

NAMES = ("file_has_all_slides", "text_can_be_read", "nothing_overflows", "charts_are_native")


def problems(deck: Deck) -> dict[str, list[str]]:
    """Returns the problems of the PowerPoint file by the names of the checks."""
    return inspect(deck, render_pptx(deck))
