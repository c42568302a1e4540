"""Texts that documents about a table have in English, said in another language.

What a column was taken for, and why, is a document in English, as all of the API; a deck says it in its
own language.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_HOLE = re.compile(r"\{>?\}")


class Translations:
    """Pairs of templates: English, and the same in a language; a text that no pair fits stays."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._whole = {english: own for english, own in pairs.items() if not _HOLE.search(english)}
        self._parts = [
            (_HOLE.split(english), _HOLE.findall(english), own)
            for english, own in pairs.items()
            if _HOLE.search(english)
        ]
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, text: str) -> str:
        """Returns a text in the language; one of several parts, part by part."""
        if text in self._whole:
            return self._whole[text]
        for pieces, holes, own in self._parts:
            if found := _between(text, pieces):
                said = [
                    self._of(each) if hole == "{>}" else each
                    for hole, each in zip(holes, found, strict=True)
                ]
                return _filled(_HOLE.split(own), said)
        first, _, rest = text.partition("; ")
        return f"{self._of(first)}; {self._of(rest)}" if rest else text


def _filled(pieces: list[str], found: list[str]) -> str:
    return "".join(f"{piece}{each}" for piece, each in zip(pieces, [*found, ""], strict=True))


def _between(text: str, pieces: list[str]) -> list[str]:
    """Returns what stands between the pieces of a text that is made of them; nothing of other texts."""
    first, *others, last = pieces
    if not text.startswith(first) or not text.endswith(last):
        return []
    found, start, end = [], len(first), len(text) - len(last)
    for piece in others:
        place = text.find(piece, start + 1, end)
        if place < 0:
            return []
        found.append(text[start:place])
        start = place + len(piece)
    return [*found, text[start:end]] if start < end else []
