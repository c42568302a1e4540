"""Which font draws which piece of a line.

Who draws a piece that its font lacks takes another font for all of the line.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.export.layout.typefaces import Typeface
from deckgen.export.text import END, ISOLATE, from_right

# Of fonts that have the letters of a script, the first that the machine has.
_EAST_ASIAN = "Noto Sans CJK SC, Noto Sans CJK JP, Source Han Sans SC, sans-serif"
_PICTURES = "Noto Color Emoji, Noto Emoji, sans-serif"
_OTHERS = "Noto Sans, DejaVu Sans, sans-serif"
_FROM_RIGHT = 0.6  # em: about as wide as a letter of Arabic or Hebrew, where the font is another one
_MARKS = re.compile(f"[{ISOLATE}{END}]")


@dataclass(frozen=True)
class Run:
    """A piece of a line, and how wide it is taken to be, in em; `families` are other fonts' names."""

    text: str
    wide: float
    families: str = ""
    is_turned: bool = False  # it is read from right to left


def runs(line: str, face: Typeface, *, bold: bool) -> list[Run]:
    """Returns the pieces of a line from left to right.

    A name in Arabic or Hebrew is whole, so that its order is not lost, but for its pictures: the fonts
    of these have no letters.
    """
    return [run for segment in _MARKS.split(line) for run in _of_segment(segment, face, bold=bold)]


def _of_segment(segment: str, face: Typeface, *, bold: bool) -> list[Run]:
    """Returns the pieces of what keeps its own direction, from left to right."""
    if not any(map(from_right, segment)):
        return [_run(text, face, bold=bold) for text in _parted(segment, face)]
    found = []
    for text in reversed(list(_parted(segment, face, only_pictures=True))):
        letters = sum(map(from_right, text))
        others = "".join(char for char in text if not from_right(char))
        wide = letters * _FROM_RIGHT + face.width(others, 1, bold=bold)
        families = _families(text) if _is_picture(text.strip()[:1], face) else ""
        # What stands after it in the text stands to its left.
        turned = " " * (len(text) - len(text.rstrip())) + text.rstrip()
        found.append(Run(turned, wide, families, is_turned=not families))
    return found


def _run(text: str, face: Typeface, *, bold: bool) -> Run:
    is_known = all(face.has(char) for char in text)
    return Run(text, face.width(text, 1, bold=bold), "" if is_known else _families(text))


def _parted(text: str, face: Typeface, *, only_pictures: bool = False) -> Iterator[str]:
    """Yields what the font has, and what it lacks with the blanks in it; or letters and pictures."""
    end = 0
    for start, stop in _lacking(text, face, only_pictures=only_pictures):
        if start > end:
            yield text[end:start]
        yield text[start:stop]
        end = stop
    if end < len(text):
        yield text[end:]


def _lacking(text: str, face: Typeface, *, only_pictures: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    is_known = True
    for place, char in enumerate(text):
        if not _goes_on(char):
            is_known = not _is_picture(char, face) if only_pictures else face.has(char)
        if is_known:
            continue
        if found and not text[found[-1][1] : place].strip(" "):
            found[-1] = found[-1][0], place + 1
        else:
            found.append((place, place + 1))
    return found


def _goes_on(char: str) -> bool:
    """True if a character is drawn with the one before it: a mark of a letter, what joins pictures."""
    return unicodedata.category(char).startswith("M") or char == "\N{ZERO WIDTH JOINER}"


def _is_picture(char: str, face: Typeface) -> bool:
    return bool(char) and unicodedata.category(char) in ("So", "Sk") and not face.has(char)


def _families(piece: str) -> str:
    """Returns the fonts that may have what the theme's lacks."""
    first = next((char for char in piece if char.strip()), " ")
    if unicodedata.category(first) == "So":
        return _PICTURES
    return _EAST_ASIAN if unicodedata.east_asian_width(first) in ("W", "F") else _OTHERS
