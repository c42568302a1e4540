"""Contrasts: "exceeded the budget: {{f1}} against {{f2}}" has each number on its own side."""

from collections.abc import Iterator
from itertools import pairwise

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, same_measure
from deckgen.orchestrator.analyst.proof.judging.reading import MEASURE, NUMBER, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence

_ABOVE = frozenset({Kind.MORE, Kind.FAR_MORE})
_BELOW = frozenset({Kind.LESS, Kind.FAR_LESS})


def problems(sentence: Sentence) -> Iterator[str]:
    """Yields the contrasts of two measures whose numbers stand on the wrong side, or of another one."""
    for first, second in _contrasts(sentence):
        words = [each for each in sentence.tokens if each.kind in _ABOVE | _BELOW]
        if not words or same_measure(first.measure, second.measure):
            continue
        is_above = (first.number or 0) > (second.number or 0)
        if is_above != (words[0].kind in _ABOVE):
            yield f"{first.fact.id} against {second.fact.id} is not “{words[0].text}”"
        compared = _object(sentence, words[0])
        if compared and not same_measure(compared, second.measure):
            yield f"{second.fact.id} is about “{second.measure}”, not “{compared}”"


def _contrasts(sentence: Sentence) -> Iterator[tuple[Meaning, Meaning]]:
    """Yields the numbers around "against", of one group and in one unit."""
    tokens = list(sentence.tokens)
    for (first, word), second in zip(pairwise(tokens), tokens[2:], strict=False):
        if word.text not in particles.COMPARED_WITH or {first.shape, second.shape} != {NUMBER}:
            continue
        one, other = first.meaning, second.meaning
        if one and other and one.is_level and other.is_level and one.groups == other.groups:
            yield one, other


def _object(sentence: Sentence, word: Token) -> str:
    """Returns the measure that a word compares with, which follows it."""
    after = [each for each in sentence.tokens if word.place < each.place <= word.place + 3]
    return next((each.text for each in after if each.shape == MEASURE), "")
