"""References for what a person typed: a number of the deck, a column's name, words of the brief."""

import re

from deckgen.domain.decks import Deck
from deckgen.domain.editing import Suggestion
from deckgen.domain.facts import Text

MOST = 5


class Suggesting:
    """Finds what could stand in place of a typed numeral."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._by_display: dict[str, list[Suggestion]] = {}
        for fact in deck.facts:
            said = Suggestion(reference=f"{{{{{fact.id}}}}}", display=fact.display, label=fact.label)
            self._by_display.setdefault(_bare(fact.display), []).append(said)

    def of(self, piece: str, text: Text) -> list[Suggestion]:
        """Returns the references that stand for a piece of a text, the likeliest first."""
        found = list(self._by_display.get(_bare(piece), []))
        return [*found, *self._columns(piece, text), *self._brief(piece)][:MOST]

    def _columns(self, piece: str, text: Text) -> list[Suggestion]:
        """Returns columns with the piece in their name, if all of that name stands in the text."""
        columns = self._deck.source.columns if self._deck.source else []
        return [
            Suggestion(reference=f"{{{{c{place}}}}}", display=each.label, label=each.label)
            for place, each in enumerate(columns)
            if piece.casefold() in each.label.casefold() and each.label.casefold() in text.casefold()
        ]

    def _brief(self, piece: str) -> list[Suggestion]:
        """Returns the piece as a quotation of the brief, if it stands there as a word."""
        said = self._deck.brief.business_context
        match = re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said, re.IGNORECASE)
        if match is None:
            return []
        reference = f"“{{{{b{match.start()}-{match.end()}}}}}”"
        return [Suggestion(reference=reference, display=f"“{match[0]}”", label="as the brief says")]


def _bare(text: str) -> str:
    return text.casefold().strip(" .,;:!?()“”\"'")
