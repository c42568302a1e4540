"""Texts that documents about a table have in English, said in another language.

What a column was taken for, and why, is a document in English, as all of the API; a deck says it in its
own language.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

Translated = Callable[[str], str]
_HOLE = re.compile(r"\{>?\}")


class Translations:
    """Pairs of templates: English, and the same in a language; a text that no pair fits stays."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._whole = {english: own for english, own in pairs.items() if not _HOLE.search(english)}
        self._parts = [
            (_pattern(english), _HOLE.findall(english), own)
            for english, own in pairs.items()
            if _HOLE.search(english)
        ]
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, text: str) -> str:
        """Returns a text in the language; one of several parts, part by part."""
        if text in self._whole:
            return self._whole[text]
        for pattern, holes, own in self._parts:
            if match := pattern.fullmatch(text):
                return _filled(own, [*zip(holes, match.groups(), strict=True)], self._of)
        first, _, rest = text.partition("; ")
        return f"{self._of(first)}; {self._of(rest)}" if rest else text


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(re.escape(piece) for piece in _HOLE.split(english)), re.DOTALL)


def _filled(own: str, found: list[tuple[str, str]], translated: Translated) -> str:
    texts = iter(translated(text) if hole == "{>}" else text for hole, text in found)
    return _HOLE.sub(lambda _: next(texts), own)
