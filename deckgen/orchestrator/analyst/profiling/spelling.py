"""The names of German columns as their header writes them: nouns have capitals."""

import re
from dataclasses import replace

from deckgen.orchestrator.analyst.lexicon import german_headers as of
from deckgen.orchestrator.analyst.lexicon.column_names import Name

LEAST = 2  # names of a German header: one word alone may be English as well
LONG = 5  # letters, above which an ending tells: “young” is English
_WORD = re.compile(r"[^\W\d_]+")


def as_written(names: list[Name], cells: list[str], *, is_german: bool = False) -> list[Name]:
    """Returns names with the capitals of their header cells if the header, or the deck, is German."""
    if not is_german and sum(map(_is_german, cells)) < LEAST:
        return names
    return [
        replace(name, label=_spelt(name.label, cell)) for name, cell in zip(names, cells, strict=True)
    ]


def _is_german(cell: str) -> bool:
    words = [word.lower() for word in _WORD.findall(cell)]
    return any(
        word in of.WORDS or (len(word) > LONG and word.endswith(of.ENDINGS)) or of.LETTERS & set(word)
        for word in words
    )


def _spelt(label: str, cell: str) -> str:
    """Returns a label with the words of the cell as they are written there, unless all are capitals."""
    written = {word.lower(): word for word in _WORD.findall(cell) if word[1:].islower()}
    return _WORD.sub(lambda word: written.get(word[0].lower(), word[0]), label)
