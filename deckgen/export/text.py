"""The deck's text as it is shown: references filled in, nothing that a file format can't hold."""

import re
import unicodedata
from collections.abc import Iterator

from deckgen.domain.decks import Deck
from deckgen.domain.facts import REFERENCE, References, Span, Text, spans, words
from deckgen.domain.formatting.display import Formatter, Unit, Value

# XML 1.0 has no place for these, not even escaped (https://www.w3.org/TR/xml/#charsets).
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"
    # Overrides and embeddings make text read in another order than it has (Unicode report 36).
    "\u202a-\u202e\u2066-\u2069]"
)

MINUS = "\N{MINUS SIGN}"


def writable(text: str) -> str:
    """`text` without control characters, which XML can't hold or turn text round; line breaks stay."""
    return _UNWRITABLE.sub("", text)


ISOLATE, END = "\u2068", "\u2069"


def from_right(letter: str) -> bool:
    """True if a letter is read from right to left: Arabic or Hebrew."""
    return unicodedata.bidirectional(letter) in ("R", "AL")


def isolated(text: str) -> str:
    """`text` in marks that keep it from turning what stands around it, if it is Arabic or Hebrew."""
    if any(map(from_right, text)):
        return f"{ISOLATE}{text}{END}"
    return text


def one_line(text: str) -> str:
    """`text` on a single line, every run of white space being one space; no-break spaces stay."""
    return " ".join(words(writable(text)))


def minus(number: str) -> str:
    """Returns a number with a sign that is as wide as a plus, in place of a hyphen."""
    return f"{MINUS}{number[1:]}" if number.startswith("-") else number


def shown(formatter: Formatter, value: Value, unit: Unit, *, signed: bool = False) -> str:
    """Returns a value of a chart or a table as the deck says it."""
    text = one_line(formatter.display(value, unit, signed=signed))
    return minus(text) if unit.is_numeric else text


def _capital(name: str) -> str:
    """Returns a name for the start of a sentence; one that has capitals of its own is left as it is."""
    return name[:1].upper() + name[1:] if name.islower() else name


class Words:
    """Fills the references of one deck's text; KeyError names an unknown reference."""

    def __init__(self, deck: Deck) -> None:
        values = deck.reference_values()
        numbers = {fact.id: minus(values[fact.id]) for fact in deck.facts if fact.unit.is_numeric}
        self._values = References({**values, **numbers})
        self._facts = {fact.id: fact.value for fact in deck.facts}
        self.formatter = deck.writes
        self.says = self.formatter.language.say

    def spans(self, text: Text) -> Iterator[Span]:
        """The pieces of `text` in order, so that a reader can be led from a number to its query."""
        opening = REFERENCE.match(text)
        begins = opening is not None and opening.end() < len(text)
        for span in spans(text, self._values):
            said = writable(span.text)
            yield Span(_capital(said) if begins else said, span.reference)
            begins = False

    def number(self, fact: str | None) -> float | None:
        """Returns the value of a fact by its identifier; None if there is no such number."""
        value = self._facts.get(fact or "")
        return float(value) if isinstance(value, float | int) else None

    def value(self, value: Value, unit: Unit) -> str:
        """A value of a chart or a table as the deck says it."""
        return shown(self.formatter, value, unit)

    def exact(self, number: float, figures: int = 20) -> str:
        """A number that is not rounded as people say it, for those who check."""
        sign = "-" if number < 0 else ""
        return sign + self.formatter.significant(abs(number), figures)

    def line(self, text: Text) -> str:
        return one_line("".join(span.text for span in self.spans(text)))

    def paragraphs(self, text: Text) -> str:
        """With the line breaks of the text, for notes."""
        return "".join(span.text for span in self.spans(text)).strip()
