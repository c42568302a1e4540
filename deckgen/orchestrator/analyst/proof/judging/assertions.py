"""What the words of a sentence assert, and whether the facts show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.orchestrator.analyst.proof.judging import (
    causes,
    comparisons,
    contrasts,
    directions,
    distances,
    particles,
    shares,
    times,
)
from deckgen.orchestrator.analyst.proof.judging.evidence import (
    A_PART,
    LITTLE,
    MUCH,
    WIDE,
    Evidence,
    Way,
)
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.reading import (
    GROUP,
    MARK,
    MEASURE,
    NUMBER,
    PERIOD,
    Token,
)
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence
from deckgen.orchestrator.analyst.proof.judging.vocabulary import LESS_IS_BETTER, VALUING


@dataclass(frozen=True)
class Assertion:
    """What a word asserts; `holds` is None where no fact says."""

    said: str
    holds: bool | None


def of(tokens: list[Token], evidence: Evidence) -> Iterator[Assertion]:
    """Yields what the words of a sentence assert."""
    sentence = Sentence(tokens, evidence)
    for token in tokens:
        if token.kind in CHECKS:
            holds = CHECKS[token.kind](sentence, token)
            yield Assertion(f"“{token.text}” is not what the facts show", holds)
    for problems in PROBLEMS:
        yield from (Assertion(said, False) for said in problems(sentence))


def _refused(sentence: Sentence, token: Token) -> bool:
    return False


def _ranked(end: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        """A rank is of the nearest group or period; of the group of a number if none is named."""
        if sentence.has(token, Kind.WIDE) or sentence.has(token, Kind.CLEAR):
            if len({each.text for each in sentence.clause(token) if each.shape == GROUP}) == 2:
                return comparisons.compared(1 if end == "highest" else -1, far=True)(sentence, token)
            if sentence.has(token, Kind.WIDE):
                return False
        if sentence.is_passive(token) and sentence.groups_before(token):
            return comparisons.compared(1 if end == "highest" else -1, far=False)(sentence, token)
        measure = sentence.measure_of(token)
        if _is_open(token, measure):
            return None
        subjects = sentence.subjects_of(token)
        if sentence.has(token, Kind.CLEAR) and not _is_clear(sentence, subjects, measure):
            return None
        if subjects:
            return any(sentence.evidence.is_ranked(each, end, measure) for each in subjects[:1]) or (
                end == "highest" and _has_most(sentence, subjects[0], measure)
            )
        numbers = [each.meaning for each in sentence.clause(token) if each.shape == NUMBER]
        return any(each is not None and each.end == end for each in numbers) or None

    return check


def _is_open(token: Token, measure: str) -> bool:
    """True if nobody knows which end is meant: the best of tickets may be the most or the fewest."""
    return token.text in VALUING and bool(LESS_IS_BETTER & set(measure.split()))


def _is_clear(sentence: Sentence, subjects: list[str], measure: str) -> bool:
    """True if a group is far from all others that are known."""
    if not subjects:
        return False
    others = {name for each in sentence.evidence.meanings for name in each.groups}
    ratios = [
        max(ratio, 1 / ratio)
        for other in others - {subjects[0]}
        for ratio in sentence.evidence.ratios(subjects[0], other, measure)
        if ratio > 0
    ]
    return bool(ratios) and min(ratios) >= WIDE


def _has_most(sentence: Sentence, group: str, measure: str) -> bool:
    return any(share > A_PART for share in sentence.evidence.shares(group, measure))


def _than_any(end: str, other: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        place = sentence.tokens.index(token)
        before = sentence.tokens[max(0, place - 4) : place]
        is_less = any(each.kind in (Kind.LESS, Kind.FALL) for each in before)
        return _ranked(other if is_less else end)(sentence, token)

    return check


def _no_other(sentence: Sentence, token: Token) -> bool | None:
    """No region brings more than the one that brings the most."""
    clause = sentence.clause(token)
    than = next((each.place for each in clause if each.text == particles.THAN), None)
    later = [
        each.text for each in clause if each.shape in (GROUP, PERIOD) and than and each.place > than
    ]
    is_less = any(each.kind is Kind.LESS for each in clause)
    is_more = any(each.kind is Kind.MORE for each in clause)
    if len(later) != 1 or is_less == is_more or sentence.has(token, Kind.WIDE):
        return False
    end = "lowest" if is_less else "highest"
    return sentence.evidence.is_ranked(later[0], end, sentence.measure_of(token))


def _did_not(sentence: Sentence, token: Token) -> bool | None:
    """One measure did not move the way that the other did, which the clause before says."""
    clause = sentence.clause(token)
    after = [each for each in clause if each.place > token.place and each.shape != MARK]
    words = [
        each
        for each in sentence.tokens
        if each.clause < token.clause and each.kind in directions.RISES | directions.FALLS
    ]
    if len(after) > 1 or not words:
        return None
    way: Way = "rise" if words[-1].kind in directions.RISES else "fall"
    moved = sentence.evidence.moved(sentence.measure_of(token), way)
    return None if moved is None else not moved


def _period_ranked(end: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        """The peak is of a period, or of what is named nearest."""
        measure = sentence.measure_of(token)
        if _is_open(token, measure):
            return None
        periods = sentence.nearest(token, PERIOD) or sentence.nearest(token, GROUP)
        ends = [meaning.end for _, meaning in sentence.numbers(token)]
        if end in ends:
            return True
        if not periods:
            return None
        return sentence.evidence.is_ranked(periods[0], end, measure)

    return check


def _apart(sentence: Sentence, token: Token) -> bool | None:
    """Two measures, or two groups, moved in opposite directions."""
    measures = sentence.all_of(MEASURE)
    ways = [sentence.evidence.moved(each, "rise") for each in measures]
    if len(measures) < 2:
        groups, measure = sentence.all_of(GROUP), sentence.measure_of(token)
        ways = [sentence.evidence.moved(measure, "rise", [each]) for each in groups]
    if len(ways) < 2 or None in ways:
        return None
    return len(set(ways)) == 2


def _together(sentence: Sentence, token: Token) -> bool | None:
    """Two measures moved the same way, if the words beside them say no other."""
    measures = sentence.all_of(MEASURE)
    ways = [sentence.evidence.moved(each, "rise") for each in measures]
    if len(ways) < 2 or None in ways:
        return None
    told = [each for each in sentence.tokens if each.kind in directions.RISES | directions.FALLS]
    return len(told) > 1 or len(set(ways)) == 1


CHECKS: dict[Kind, Check] = {
    Kind.REFUSED: _refused,
    Kind.RISE: directions.moved("rise"),
    Kind.FALL: directions.moved("fall"),
    Kind.STEADY: directions.steady,
    Kind.HIGH: _ranked("highest"),
    Kind.LOW: _ranked("lowest"),
    Kind.MORE_THAN_ANY: _than_any("highest", "lowest"),
    Kind.LESS_THAN_ANY: _ranked("lowest"),
    Kind.NO_OTHER: _no_other,
    Kind.DID_NOT: _did_not,
    Kind.PEAK: _period_ranked("highest"),
    Kind.TROUGH: _period_ranked("lowest"),
    Kind.MORE: comparisons.compared(1, far=False),
    Kind.LESS: comparisons.compared(-1, far=False),
    Kind.FAR_MORE: comparisons.compared(1, far=True),
    Kind.FAR_LESS: comparisons.compared(-1, far=True),
    Kind.LARGER_PART: shares.larger_part,
    Kind.ALONE: shares.alone,
    Kind.TOGETHER: _together,
    Kind.BETTER: directions.better(1),
    Kind.WORSE: directions.better(-1),
    Kind.ALIKE: distances.alike,
    Kind.DIFFERS: distances.differs,
    Kind.ADDS: directions.adds,
    Kind.CLEAR: distances.clear,
    Kind.WIDE: distances.wide,
    Kind.NARROW: distances.narrow,
    Kind.FASTER: comparisons.faster(1),
    Kind.SLOWER: comparisons.faster(-1),
    Kind.MAJORITY: shares.part(A_PART, 1),
    Kind.MINORITY: shares.part(0, A_PART),
    Kind.LITTLE: shares.part(0, LITTLE),
    Kind.MUCH: shares.part(MUCH, 1),
    Kind.APART: _apart,
    Kind.EARLIER: times.earlier,
    Kind.IN_A_YEAR: times.within_one,
    Kind.A_YEAR: times.for_each,
    Kind.OVER: comparisons.than_number(1),
    Kind.UNDER: comparisons.than_number(-1),
    Kind.EXPECTED: times.expected,
}
# What is wrong with a sentence as a whole.
PROBLEMS = (
    directions.of_numbers,
    directions.courses,
    directions.arrivals,
    causes.effects,
    causes.reasons,
    causes.results,
    times.without_each,
    contrasts.problems,
    contrasts.of_parts,
    contrasts.of_ranges,
    contrasts.of_levels,
)
