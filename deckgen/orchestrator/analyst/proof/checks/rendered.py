"""The checks of the slides as they are drawn: what can be read, nothing overflows, bars are whole."""

from deckgen.domain.decks import Deck
from deckgen.export.slides.inspection import inspect

NAMES = ("text_can_be_read", "nothing_overflows", "bars_start_at_zero")


def problems(deck: Deck) -> dict[str, list[str]]:
    """Returns the problems of the slides by the names of the checks."""
    return inspect(deck)
