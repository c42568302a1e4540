"""How much room text takes. python-pptx does not fit text into boxes, so boxes are fitted to text.

The widths are Helvetica's, out of ReportLab's copy of Adobe's font metrics: Arial and Liberation
Sans were drawn to the same widths. All results are in points unless a name says inches.
"""

import unicodedata
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]  # ships no types

from deckgen.domain.facts import words

POINTS_PER_INCH = 72
LINE_SPACING = 1.2  # Arial's own is 1.15
ELLIPSIS = "…"
_WITHOUT_WIDTH = ("Mn", "Me", "Cf")  # marks over and under letters, and of the direction of text


@lru_cache(maxsize=4096)
def _em_width(char: str, bold: bool) -> float:
    if unicodedata.category(char) in _WITHOUT_WIDTH:
        return 0.0
    if char == "\N{NARROW NO-BREAK SPACE}":
        return 0.28  # as wide as any space, since not every font has it
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.0
    try:
        char.encode("cp1252")
    except UnicodeEncodeError:
        return 0.78 if bold else 0.72  # no metrics: about the widest Cyrillic and Greek capitals
    return float(stringWidth(char, "Helvetica-Bold" if bold else "Helvetica", 1))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` on one line."""
    return size * sum(_em_width(char, bold) for char in text)


@lru_cache(maxsize=4096)  # checked, placed and drawn: each text is measured many times
def wrap(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines that `text` takes where a line may be `limit` wide; longer words are broken."""
    lines: list[str] = []
    line = ""
    for word in words(text):
        candidate = f"{line} {word}" if line else word
        if width(candidate, size, bold=bold) <= limit:
            line = candidate
            continue
        if line:
            lines.append(line)
        *broken, line = _broken(word, size, limit, bold)
        lines.extend(broken)
    return (*lines, line) if line else tuple(lines)


def _broken(word: str, size: float, limit: float, bold: bool) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char, size, bold=bold) > limit:
            pieces.append("")
        pieces[-1] += char
    return pieces


def shorten(text: str, size: float, limit: float, lines: int = 1, *, bold: bool = False) -> str:
    """`text` cut to at most `lines` lines, with an ellipsis if it was cut."""
    wrapped = wrap(text, size, limit, bold=bold)
    if len(wrapped) <= lines:
        return text
    last = wrapped[lines - 1] + ELLIPSIS
    while len(last) > 1 and width(last, size, bold=bold) > limit:
        last = last[:-2].rstrip() + ELLIPSIS
    return " ".join([*wrapped[: lines - 1], last])


def shorten_middle(text: str, size: float, limit: float) -> str:
    """`text` on one line no longer than `limit`, with its beginning and its end."""
    kept = len(text)
    short = text
    while kept > 2 and width(short, size) > limit:
        kept -= 1
        short = text[: -(-kept // 2)].rstrip() + ELLIPSIS + text[len(text) - kept // 2 :].lstrip()
    return short


def height(lines: int, size: float) -> float:
    """The height of so many lines, in inches."""
    return lines * size * LINE_SPACING / POINTS_PER_INCH


def largest(
    text: str, sizes: tuple[int, ...], limit: float, lines: int, *, bold: bool = False
) -> tuple[str, int]:
    """The largest of `sizes` (descending) at which `text` takes at most `lines` lines, with the text,
    which is cut if it is too long even at the smallest."""
    for size in sizes:
        if len(wrap(text, size, limit, bold=bold)) <= lines:
            return text, size
    return shorten(text, sizes[-1], limit, lines, bold=bold), sizes[-1]
