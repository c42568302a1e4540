"""Words that are none of the vocabulary, but made of the names of a table: regional, converts."""

from collections.abc import Set
from itertools import takewhile

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import singular
from deckgen.orchestrator.analyst.proof.judging.vocabulary import KINDS

SHORTEST_STEM = 5  # letters that a verb has in common with its noun


def kind_of(word: str, names: Set[str]) -> Kind | None:
    parts = word.split("-")
    if (known := KINDS.get(word) or KINDS.get(word.replace("-", ""))) is not None:
        return known
    if word in names or singular(word) in names:
        return Kind.NEUTRAL
    if any(word.startswith(name) and len(word) - len(name) < 4 < len(name) for name in names):
        return Kind.NEUTRAL  # regional, of region
    if any(_is_akin(word, name) for name in names):
        return Kind.NEUTRAL  # converts, of conversion
    if len(parts) > 1 and all(KINDS.get(part) is Kind.NEUTRAL or part in names for part in parts):
        return Kind.NEUTRAL
    return None


def _is_akin(word: str, noun: str) -> bool:
    """True if one is a form of the verb that the other is made of: "satisfied" and "satisfaction"."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, noun, strict=False))
    stem = "".join(letter for letter, _ in alike)
    ends = [each.removeprefix(stem) for each in (word, noun)]
    is_pair = any(
        one in particles.VERB_ENDINGS and other in particles.NOUN_ENDINGS
        for one, other in (ends, ends[::-1])
    )
    return len(stem) >= SHORTEST_STEM and is_pair
