"""The deck's text as it is shown: references filled in, nothing that a file format can't hold."""

import re
from collections.abc import Iterator

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Span, Text, spans, words
from deckgen.domain.formatting.display import Unit, Value

# XML 1.0 has no place for these, not even escaped (https://www.w3.org/TR/xml/#charsets).
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"
    # Overrides and embeddings make text read in another order than it has (Unicode report 36).
    "\u202a-\u202e\u2066-\u2069]"
)


def writable(text: str) -> str:
    """`text` without control characters, which XML can't hold or turn text round; line breaks stay."""
    return _UNWRITABLE.sub("", text)


def one_line(text: str) -> str:
    """`text` on a single line, every run of white space being one space; no-break spaces stay."""
    return " ".join(words(writable(text)))


class Words:
    """Fills the references of one deck's text; KeyError names an unknown reference."""

    def __init__(self, deck: Deck) -> None:
        self._values = deck.reference_values()
        self.formatter = deck.writes
        self.says = self.formatter.language.say

    def spans(self, text: Text) -> Iterator[Span]:
        """The pieces of `text` in order, so that a reader can be led from a number to its query."""
        for span in spans(text, self._values):
            yield Span(writable(span.text), span.reference)

    def value(self, value: Value, unit: Unit) -> str:
        """A value of a chart or a table as the deck says it."""
        return one_line(self.formatter.display(value, unit))

    def exact(self, number: float, figures: int = 20) -> str:
        """A number that is not rounded as people say it, for those who check."""
        minus = "-" if number < 0 else ""
        return minus + self.formatter.significant(abs(number), figures)

    def line(self, text: Text) -> str:
        return one_line("".join(span.text for span in self.spans(text)))

    def paragraphs(self, text: Text) -> str:
        """With the line breaks of the text, for notes."""
        return "".join(span.text for span in self.spans(text)).strip()
