"""Text as HTML: a number leads to its fact, and a name never turns the words around it."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact, Span, Text
from deckgen.export.scene.elements import Paragraph
from deckgen.export.text import Words, writable

_TESTED = re.compile(r"[tq](\d+)")  # a statistic stands in the row of its fact
_SLIDE = re.compile(r"s\d+")


class Marker:
    """Marks the references of one deck's text."""

    def __init__(self, deck: Deck, words: Words) -> None:
        self._words = words
        self._facts = {fact.id: fact for fact in deck.facts}
        self._slides = {slide.id: number for number, slide in enumerate(deck.slides, start=1)}

    def text(self, text: Text) -> Markup:
        """Returns a text with its references, without breaks of its own."""
        return Markup("").join(map(self.span, self._words.spans(text)))

    def apart(self, text: Text) -> Markup:
        """Returns a text whose references lead nowhere, each kept apart from the words around it."""
        return Markup("").join(
            escape(span.text) if span.reference is None else _apart(span)
            for span in self._words.spans(text)
        )

    def lines(self, paragraph: Paragraph) -> Markup:
        """Returns a paragraph broken where the scene breaks it."""
        return Markup("<br>").join(Markup("").join(map(self.span, line)) for line in paragraph.lines)

    def span(self, span: Span) -> Markup:
        if span.reference is None:
            return escape(writable(span.text))
        if (fact := self._fact(span.reference)) is not None:
            # A number is not broken after its minus; a text may be long.
            kind = "fact number" if fact.unit.is_numeric else "fact"
            link = Markup('<a class="{}" href="#{}" dir="auto">{}</a>')
            return link.format(kind, fact.id, writable(span.text))
        if _SLIDE.fullmatch(span.reference) and span.reference in self._slides:
            link = Markup('<a class="jump" href="#slide-{}">{}</a>')
            return link.format(self._slides[span.reference], writable(span.text))
        return _apart(span)

    def _fact(self, reference: str) -> Fact | None:
        tested = _TESTED.fullmatch(reference)
        return self._facts.get(f"f{tested[1]}" if tested else reference)


def _apart(span: Span) -> Markup:
    return Markup("<bdi>{}</bdi>").format(writable(span.text))


def joined(parts: Iterable[Markup]) -> Markup:
    """Returns pieces of a page, a line each."""
    return Markup("\n").join(parts)
