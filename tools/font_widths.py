"""Writes the widths of a font's characters to deckgen/export/fonts: `python -m tools.font_widths`.

A font is measured from one with the same widths that may be had freely: Arial from Liberation Sans,
Calibri from Carlito. fontTools reads it; what measures text needs only the numbers.
"""

import json
import sys
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

_SPACE, _NO_BREAK = 0x20, 0xA0
FOLDER = Path(__file__).parents[1] / "deckgen" / "export" / "fonts"


def widths_of(file: Path) -> list[list[int]]:
    """Returns runs of characters that follow one another: the first, then their widths in 1/1000 em."""
    font = TTFont(file)
    per_em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
    named = font.getBestCmap()
    named = {_NO_BREAK: named[_SPACE], **named}  # Carlito lacks it, and whoever draws with it does not
    known = sorted(
        (code, round(advances[name][0] * 1000 / per_em))
        for code, name in named.items()
        if code <= 0xFFFF
    )
    runs = groupby(enumerate(known), key=lambda each: each[1][0] - each[0])
    return [[run[0][1][0], *(width for _, (_, width) in run)] for _, each in runs if (run := [*each])]


def ascent_of(file: Path) -> int:
    """Returns how far above its base line a line of the font reaches, in 1/1000 em."""
    font = TTFont(file)
    return round(font["hhea"].ascent * 1000 / font["head"].unitsPerEm)


def main(name: str, regular: str, bold: str) -> None:
    """Writes the widths of the font called `name`, by its two files."""
    document = {
        "name": name,
        "ascent": ascent_of(Path(regular)),
        "regular": widths_of(Path(regular)),
        "bold": widths_of(Path(bold)),
    }
    target = FOLDER / f"{name.lower()}.json"
    target.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
