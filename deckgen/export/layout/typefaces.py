"""Fonts as far as layout needs them: how wide a text is, and where its lines break."""

import json
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from deckgen.export.layout.line_breaks import drawn, pieces, whole

LINE_SPACING = 1.2
ELLIPSIS = "…"
_WITHOUT_WIDTH = ("Mn", "Me", "Cf")  # marks over and under letters, and of the direction of text
_NARROW_SPACE = 0.28  # as wide as any space, since not every font has it
_EMOJI = 1.37  # as Noto's and Apple's pictures are
_WIDE = ("W", "F")  # letters of East Asia
_BETWEEN_SCRIPTS = 0.25  # em that offices put between such letters and others
_UNKNOWN = {False: 0.72, True: 0.78}  # about the widest capitals of other alphabets


@dataclass(frozen=True)
class Typeface:
    """A font by its name; `widths` are those of its characters, in em, by boldness.

    `stretch` says how much wider than these its letters are taken to be.
    """

    name: str
    ascent: float
    widths: tuple[dict[str, float], dict[str, float]]
    stretch: float = 1.0

    def __hash__(self) -> int:
        return hash((self.name, self.stretch))

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Returns the width of `text` on one line, in the unit of `size`."""
        known = self.widths[bold]
        text = text if text.isascii() else drawn(text)
        em = sum(known[char] if char in known else _other(char, bold=bold) for char in text)
        return size * self.stretch * em

    def has(self, char: str) -> bool:
        """True if the font itself draws a character, or nothing needs to be drawn."""
        return char in self.widths[False] or unicodedata.category(char) == "Cf" or char == "\u202f"

    @lru_cache(maxsize=8192)  # noqa: B019 - there are as many as fonts, and they stay
    def breaks(
        self, text: str, size: float, limit: float, *, bold: bool = False
    ) -> tuple[tuple[int, int], ...]:
        """Returns the beginning and end of each line of `text`, none wider than `limit`, with the room
        that an office puts between scripts.

        A word that is longer than a line is broken where the line ends.
        """
        lines: list[tuple[int, int]] = []
        start = end = at = 0
        for piece in pieces(text):
            at += len(piece)
            if self._room(text[start:at].rstrip(" "), size, bold=bold) <= limit:
                end = at
                continue
            if end > start:
                lines.append((start, end))
                start = end
            *broken, last = self._broken(text, start, at, size, limit, bold=bold)
            lines += broken
            start, end = last
        return (*lines, (start, end)) if end > start else tuple(lines)

    def _room(self, text: str, size: float, *, bold: bool) -> float:
        """Returns how much room `text` may take, whoever sets it."""
        changes = 0
        if not text.isascii():
            changes = sum(one != other for one, other in pairwise(map(_is_wide, text)))
        return self.width(text, size, bold=bold) + changes * _BETWEEN_SCRIPTS * size

    def _broken(
        self, text: str, start: int, end: int, size: float, limit: float, *, bold: bool
    ) -> list[tuple[int, int]]:
        found, begin = [], start
        for at in range(start + 1, end + 1):
            if at - begin > 1 and self._room(text[begin:at].rstrip(" "), size, bold=bold) > limit:
                stop = whole(text, at - 1)
                if stop > begin:
                    found.append((begin, stop))
                    begin = stop
        return [*found, (begin, end)]

    def wrap(self, text: str, size: float, limit: float, *, bold: bool = False) -> list[str]:
        """Returns the lines of `text`, none wider than `limit`."""
        return [text[start:end].strip(" ") for start, end in self.breaks(text, size, limit, bold=bold)]

    def shorten(
        self, text: str, size: float, limit: float, lines: int = 1, *, bold: bool = False
    ) -> str:
        """Returns `text` cut to at most `lines` lines, with an ellipsis if it was cut."""
        wrapped = self.wrap(text, size, limit, bold=bold)
        if len(wrapped) <= lines:
            return text
        last = wrapped[lines - 1] + ELLIPSIS
        while len(last) > 1 and self.width(last, size, bold=bold) > limit:
            kept = last.removesuffix(ELLIPSIS)
            last = kept[: whole(kept, len(kept) - 1)].rstrip() + ELLIPSIS
        return " ".join([*wrapped[: lines - 1], last])

    def shorten_middle(self, text: str, size: float, limit: float) -> str:
        """Returns `text` on one line no longer than `limit`, with its beginning and its end."""
        kept = len(text)
        short = text
        while kept > 2 and self.width(short, size) > limit:
            kept -= 1
            head, tail = whole(text, -(-kept // 2)), whole(text, len(text) - kept // 2)
            short = text[:head].rstrip() + ELLIPSIS + text[tail:].lstrip()
        return short


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in _WIDE and unicodedata.category(char) != "So"


@lru_cache(maxsize=4096)
def _other(char: str, *, bold: bool) -> float:
    """Returns the width of a character that the font lacks: another font stands in for it."""
    if unicodedata.category(char) in _WITHOUT_WIDTH:
        return 0.0
    if char == "\N{NARROW NO-BREAK SPACE}":
        return _NARROW_SPACE
    if unicodedata.category(char) == "So":
        return _EMOJI
    if unicodedata.east_asian_width(char) in _WIDE:
        return 1.0
    return _UNKNOWN[bold]


@cache
def typeface(name: str, stretch: float = 1.0) -> Typeface:
    """Returns a font of deckgen/export/fonts; ValueError names those that there are."""
    if stretch != 1:
        return replace(typeface(name), stretch=stretch)
    folder = files("deckgen.export.fonts")
    file = folder / f"{name.lower()}.json"
    if not file.is_file():
        known = sorted(each.name.removesuffix(".json") for each in folder.iterdir())
        raise ValueError(f"No widths are known of the font {name!r}, only of {', '.join(known)}.")
    document = json.loads(file.read_text())
    regular, bold = (_by_char(document[weight]) for weight in ("regular", "bold"))
    return Typeface(document["name"], document["ascent"] / 1000, (regular, bold))


def _by_char(runs: list[list[int]]) -> dict[str, float]:
    return {
        chr(first + place): width / 1000
        for first, *widths in runs
        for place, width in enumerate(widths)
    }


def height(lines: float, size: float) -> float:
    """Returns the height of so many lines, in the unit of `size`."""
    return lines * size * LINE_SPACING
