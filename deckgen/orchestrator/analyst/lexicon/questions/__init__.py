"""Words of questions: what is asked for, and which way. Each language has a file of its own."""

import re
from functools import cache

from deckgen.orchestrator.analyst.lexicon.questions import de, en
from deckgen.orchestrator.analyst.lexicon.questions.cues import Cue

__all__ = ["Cue", "cues_of", "is_of_cues"]

LANGUAGES = {"en": en.PATTERNS, "de": de.PATTERNS}
COMPILED = {
    cue: re.compile(
        rf"\b(?:{'|'.join(said[cue] for said in LANGUAGES.values() if cue in said)})", re.IGNORECASE
    )
    for cue in Cue
}


def cues_of(text: str) -> dict[Cue, int]:
    """Returns the cues of a question with the place of the first match of each."""
    found = {cue: re.search(pattern, text) for cue, pattern in COMPILED.items()}
    return {cue: match.start() for cue, match in found.items() if match}


def is_of_cues(word: str) -> bool:
    """True if a word, in lower case, is one of those that cues are made of."""
    return word in _literals() or any(word.startswith(begin) for begin in _beginnings())


@cache
def _literals() -> frozenset[str]:
    """Returns the words that stand in the patterns, with and without a last letter that may miss."""
    found = re.findall(r"(?<![\\\w])([a-zäöüß]{2,})(\?)?", _patterns())
    return frozenset(word[:-1] if may_miss else word for word, may_miss in found) | frozenset(
        word for word, _ in found
    )


@cache
def _beginnings() -> tuple[str, ...]:
    """Returns what the patterns have as the beginnings of words: “develop” of “develop\\w*”."""
    return tuple(re.findall(r"(?<![\\\w])([a-zäöüß]{4,})(?:\\w\*|\()", _patterns()))


@cache
def _patterns() -> str:
    said = " ".join(pattern for patterns in LANGUAGES.values() for pattern in patterns.values())
    return said.replace(r"\b", " ")
