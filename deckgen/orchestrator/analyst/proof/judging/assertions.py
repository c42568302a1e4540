"""What the words of a sentence assert, and whether the facts show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.orchestrator.analyst.proof.judging import (
    causes,
    comparisons,
    contrasts,
    courses,
    directions,
    distances,
    negations,
    people,
    ranks,
    shares,
    times,
)
from deckgen.orchestrator.analyst.proof.judging.evidence import (
    A_PART,
    LITTLE,
    MUCH,
    Evidence,
)
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.reading import (
    GROUP,
    MEASURE,
    Token,
)
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence


@dataclass(frozen=True)
class Assertion:
    """What a word asserts; `holds` is None where no fact says. It `is_refuted` if a fact says
    otherwise, and not only that no fact says so.
    """

    said: str
    holds: bool | None
    is_refuted: bool = False


def of(tokens: list[Token], evidence: Evidence) -> Iterator[Assertion]:
    """Yields what the words of a sentence assert."""
    sentence = Sentence(tokens, evidence)
    for token in tokens:
        if token.kind in CHECKS:
            holds = negations.holds(sentence, token, CHECKS[token.kind])
            is_refuted = holds is False and token.kind in DECIDED
            yield Assertion(f"“{token.text}” is not what the facts show", holds, is_refuted)
    for problems in PROBLEMS:
        yield from (Assertion(said, False) for said in problems(sentence))


def _refused(sentence: Sentence, token: Token) -> bool:
    return False


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
    Kind.HIGH: ranks.ranked("highest"),
    Kind.LOW: ranks.ranked("lowest"),
    Kind.MORE_THAN_ANY: ranks.than_any("highest", "lowest"),
    Kind.LESS_THAN_ANY: ranks.ranked("lowest"),
    Kind.NO_OTHER: ranks.no_other,
    Kind.NOT: negations.of_no_word,
    Kind.DID_NOT: negations.of_the_other,
    Kind.PEAK: ranks.of_periods("highest"),
    Kind.TROUGH: ranks.of_periods("lowest"),
    Kind.MORE: comparisons.compared(1, far=False),
    Kind.LESS: comparisons.compared(-1, far=False),
    Kind.FAR_MORE: comparisons.compared(1, far=True),
    Kind.FAR_LESS: comparisons.compared(-1, far=True),
    Kind.LARGER_PART: shares.larger_part,
    Kind.JOINT: shares.joint,
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
    Kind.PEOPLE: people.stand_for_a_group,
    Kind.FASTEST: ranks.in_time("lowest"),
    Kind.SLOWEST: ranks.in_time("highest"),
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
# Of these a fact says the contrary wherever they do not hold.
DECIDED = frozenset(
    {Kind.RISE, Kind.FALL, Kind.HIGH, Kind.LOW, Kind.PEAK, Kind.TROUGH, Kind.MORE, Kind.LESS}
)
# What is wrong with a sentence as a whole.
PROBLEMS = (
    directions.of_numbers,
    courses.backward,
    courses.arrivals,
    causes.effects,
    causes.reasons,
    causes.results,
    times.without_each,
    contrasts.problems,
    contrasts.of_parts,
    contrasts.of_ranges,
    contrasts.of_levels,
)
