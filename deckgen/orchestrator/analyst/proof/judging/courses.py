"""Courses: from one level to another, or from one period to a later one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.evidence import Way, way_of
from deckgen.orchestrator.analyst.proof.judging.kinds import MOVES
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, same_measure
from deckgen.orchestrator.analyst.proof.judging.reading import PERIOD, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence


def way(sentence: Sentence, token: Token) -> Way | None:
    """Returns the way of a course from one level to another in this clause or the next ones."""
    measure = sentence.measure_of(token)
    for clause in (token.clause, token.clause + 1):
        pair = _ends(sentence, clause)
        if pair and same_measure(pair[0].measure, measure):
            return way_of((pair[1].number or 0) - (pair[0].number or 0))
    return None


def backward(sentence: Sentence) -> Iterator[str]:
    """Yields courses whose end comes before their beginning."""
    for clause in sorted({token.clause for token in sentence.tokens}):
        pair = _ends(sentence, clause)
        if pair and pair[0].period and pair[1].period and pair[0].period > pair[1].period:
            yield f"{pair[1].fact.id} came before {pair[0].fact.id}, not after it"


def arrivals(sentence: Sentence) -> Iterator[str]:
    """Yields moves to where they began: to the earlier level, or from a later period to an earlier."""
    for to, reached in pairwise(sentence.tokens):
        meaning = reached.meaning
        if to.text != particles.TO or meaning is None:
            continue
        before = [each for each in sentence.clause(reached) if each.place < reached.place]
        changes = sentence.evidence.changes(meaning.measure, meaning.groups)
        bases, periods = ({each.base for each in changes}, {each.period for each in changes})
        has_left = bool(meaning.period) and meaning.period in bases - periods
        has_left = has_left and not _is_reached_later(before, meaning)
        is_moved = meaning.is_level and any(each.kind in MOVES for each in before)
        if is_moved and has_left:
            yield f"{meaning.fact.id} is what it moved from, and not to"
        if is_moved and meaning.is_exact and not (meaning.period or meaning.groups):
            yield f"{meaning.fact.id} is of the whole time, and not what it moved to"
        starts = [each.text for each in before if each.shape == PERIOD]
        if reached.shape == PERIOD and starts and starts[-1] > reached.text:
            yield f"{reached.text} came before {starts[-1]}"


def _is_reached_later(before: Sequence[Token], meaning: Meaning) -> bool:
    """True if a clause names an earlier level that it moved from."""
    levels = [each.meaning for each in before if each.meaning is not None and each.meaning.is_level]
    return any(each.period and each.period < meaning.period for each in levels)


def _ends(sentence: Sentence, clause: int) -> tuple[Meaning, Meaning] | None:
    """Returns the two levels of "from {{f1}} to {{f2}}", of one measure and group."""
    tokens = [each for each in sentence.tokens if each.clause == clause]
    start = next((each.place for each in tokens if each.text == particles.FROM), None)
    if start is None:
        return None
    reached = [
        each.meaning
        for to, each in pairwise(tokens)
        if to.text == particles.TO and each.place < start and each.meaning and each.meaning.is_level
    ]
    levels = [
        each.meaning
        for each in tokens
        if each.place > start and each.meaning is not None
        if each.meaning.is_level or each.meaning.is_share
    ]
    if len(levels) == 1:
        levels += (reached or _before(sentence, clause, start))[-1:]  # "to {{f2}} from {{f1}}"
    if len(levels) < 2:
        return None
    first, last = levels[0], levels[1]
    alike = same_measure(first.measure, last.measure) and first.groups == last.groups
    return (first, last) if alike else None


def _before(sentence: Sentence, clause: int, start: int) -> list[Meaning]:
    """Returns what the clause before ends with, if this one tells its origin: "up from {{f1}}"."""
    words = [each for each in sentence.tokens if each.clause == clause and each.place < start]
    if not any(each.kind in MOVES for each in words):
        return []
    earlier = [each.meaning for each in sentence.tokens if each.clause == clause - 1 and each.meaning]
    return [each for each in earlier if each.is_level or each.is_share]
