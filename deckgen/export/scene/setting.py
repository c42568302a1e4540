"""Type setting: a deck's text as paragraphs of lines that fit."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from deckgen.domain.facts import Span, Text
from deckgen.export.layout.line_breaks import whole
from deckgen.export.layout.typefaces import ELLIPSIS, Typeface, height
from deckgen.export.scene.elements import Align, Line, Paragraph
from deckgen.export.text import Words, isolated, writable

POINT_INDENT = 16.0
_SURE = 0.99  # of a line's room: programs set letters a little wider than their fonts say
_EVEN = 8.0  # points by which the lines of a title may differ


class Plain(str):
    """Text that is shown as it is: two braces in it are no reference."""

    __slots__ = ()


class Setter:
    """Sets the text of one deck in one font."""

    def __init__(self, words: Words, face: Typeface) -> None:
        self.words, self.face = words, face

    def paragraph(
        self,
        text: Text,
        size: float,
        limit: float,
        *,
        most: int = 0,
        bold: bool = False,
        colour: str = "ink",
        align: Align = "left",
        before: float = 0,
        is_point: bool = False,
    ) -> Paragraph:
        """Returns `text` in lines of at most `limit` points, cut after `most` of them (0: never)."""
        room = limit - POINT_INDENT if is_point else limit
        lines = self.lines(text, size, room, bold=bold)
        if most and len(lines) > most:
            last = self._ended(lines[most - 1], size, room, bold=bold)
            lines = (*lines[: most - 1], last)
        return Paragraph(lines, size, bold, colour, align, before, is_point)

    def lines(self, text: Text, size: float, limit: float, *, bold: bool = False) -> tuple[Line, ...]:
        """Returns the lines that `text` takes, each with its references and the space it broke at."""
        letters = list(_letters(self.spans(text)))
        plain = "".join(letter for letter, _ in letters)
        return tuple(
            _grouped(letters[start:end])
            for start, end in self.face.breaks(plain, size, limit * _SURE, bold=bold)
        )

    def spans(self, text: Text) -> Iterable[Span]:
        """Returns the pieces of a text, its references filled in."""
        if isinstance(text, Plain):
            return [Span(writable(text))]
        return [
            Span(isolated(span.text), span.reference) if span.reference else span
            for span in self.words.spans(text)
        ]

    def line(self, text: Text) -> str:
        """Returns a text on one line, as it is set."""
        return "".join(letter for letter, _ in _letters(self.spans(text)))

    def count(self, text: Text, size: float, limit: float, *, bold: bool = False) -> int:
        """Returns how many lines `text` takes."""
        return len(self.face.breaks(self.line(text), size, limit * _SURE, bold=bold))

    def largest(
        self, text: Text, sizes: Sequence[int], limit: float, most: int, *, bold: bool = False
    ) -> int:
        """Returns the first of the sizes at which `text` takes at most so many lines, or the last."""
        fitting = (each for each in sizes if self.count(text, each, limit, bold=bold) <= most)
        return next(fitting, sizes[-1])

    def balanced(self, text: Text, size: float, limit: float, *, bold: bool = False) -> float:
        """Returns the narrowest width at which `text` takes no more lines than at `limit`, so that its
        last line is not a word alone.
        """
        lines = self.count(text, size, limit, bold=bold)
        narrow, wide = limit / 2, limit
        if lines < 2:
            return limit
        while wide - narrow > _EVEN:
            middle = (narrow + wide) / 2
            if self.count(text, size, middle, bold=bold) <= lines:
                wide = middle
            else:
                narrow = middle
        return wide

    def width(self, text: Text, size: float, *, bold: bool = False) -> float:
        return self.face.width(self.line(text), size, bold=bold)

    def _ended(self, line: Line, size: float, limit: float, *, bold: bool) -> Line:
        """Returns a line with an ellipsis at its end; a number is left out whole or not at all."""
        kept = list(line)
        while kept:
            text = "".join(span.text for span in kept)
            if (
                not text.endswith(" ")
                and self.face.width(text + ELLIPSIS, size, bold=bold) <= limit * _SURE
            ):
                break
            last = kept.pop()
            rest = last.text[: whole(last.text, len(last.text) - 1)]
            if last.reference is None and rest:
                kept.append(Span(rest))
        return (*kept, Span(ELLIPSIS))


def _letters(spans: Iterable[Span]) -> Iterable[tuple[str, str | None]]:
    """Yields each letter with its reference; white space is one space, and none at the ends."""
    waiting: Span | None = None  # the span in which white space began
    begun = False
    for span in spans:
        for letter in span.text:
            if letter in " \t\n\r\f\v":
                waiting = waiting or (span if begun else None)
                continue
            if waiting:
                yield " ", span.reference if waiting is span else None
                waiting = None
            begun = True
            yield letter, span.reference


def _grouped(letters: list[tuple[str, str | None]]) -> Line:
    return tuple(
        Span("".join(letter for letter, _ in group), reference)
        for reference, group in groupby(letters, key=lambda each: each[1])
    )


def tall(paragraphs: Iterable[Paragraph]) -> float:
    """Returns the height of paragraphs under one another, in points."""
    return sum(each.before + height(len(each.lines), each.size) for each in paragraphs)
