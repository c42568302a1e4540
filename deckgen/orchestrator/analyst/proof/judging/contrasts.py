"""Numbers beside each other: in "exceeded the budget: {{f1}} against {{f2}}" each has its own side, a
part is no more than its whole, and a range begins with its lower end.
"""

from collections.abc import Iterator
from itertools import pairwise

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import COMPARES, MOVES, Kind
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


def of_parts(sentence: Sentence) -> Iterator[str]:
    """Yields parts that are more than their whole: "{{f1}} of {{f2}}"."""
    for part, whole in _around(sentence, particles.OF):
        if abs(part.number or 0) > abs(whole.number or 0):
            yield f"{part.fact.id} is more than {whole.fact.id}, and no part of it"


def of_ranges(sentence: Sentence) -> Iterator[str]:
    """Yields ranges whose ends are the wrong way round, or without the number that they belong to."""
    for low, high in _around(sentence, particles.AND):
        place = next(n for n, each in enumerate(sentence.tokens) if each.meaning is low)
        if not place or sentence.tokens[place - 1].text != particles.BETWEEN:
            continue
        before = [each.meaning for each in sentence.tokens[:place] if each.shape == NUMBER]
        within = [each for each in before if each is not None and each.fact.unit == low.fact.unit]
        numbers = [low.number or 0, *(each.number or 0 for each in within), high.number or 0]
        if not all(numbers[0] <= number <= numbers[-1] for number in numbers):
            yield f"{low.fact.id} and {high.fact.id} are not the ends of that range"


def of_levels(sentence: Sentence) -> Iterator[str]:
    """Yields levels that are said to be by how much: "outsells South by {{f4}}"."""
    tokens = list(sentence.tokens)
    for (word, number), after in zip(pairwise(tokens), [*tokens, None][2:], strict=True):
        meaning = number.meaning
        is_against = after is not None and after.text == particles.TO
        if word.text != particles.BY or meaning is None or is_against or not meaning.is_exact:
            continue
        before = {each.kind for each in sentence.clause(number) if each.place < number.place}
        if meaning.is_level and (COMPARES | MOVES) & before:
            yield f"{meaning.fact.id} is a level, and not by how much"


def _around(sentence: Sentence, word: str) -> Iterator[tuple[Meaning, Meaning]]:
    """Yields the numbers of one unit at once before and after a word."""
    tokens = list(sentence.tokens)
    for (first, between), second in zip(pairwise(tokens), tokens[2:], strict=False):
        one, other = first.meaning, second.meaning
        is_pair = between.text == word and {first.shape, second.shape} == {NUMBER}
        if is_pair and one and other and one.fact.unit == other.fact.unit:
            yield one, other
