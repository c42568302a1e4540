"""Directions: a rise is what rose, by the fact that the sentence cites or by those that it rests on."""

from collections.abc import Iterator
from itertools import pairwise

from deckgen.domain.facts import Sign
from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator.analyst.proof.judging import courses, particles
from deckgen.orchestrator.analyst.proof.judging.evidence import STEADY, Way
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, plain, same_measure
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, MEASURE, PERIOD, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence
from deckgen.orchestrator.analyst.proof.judging.vocabulary import LEAPS, LESS_IS_BETTER, STEPS

STRONG = 0.1  # a relative change that may be called strong
GENTLE = 0.15  # the largest that is a step
BETTER = frozenset({Kind.BETTER, Kind.WORSE})  # whose way depends on the measure
RISES = frozenset({Kind.RISE, Kind.ADDS, Kind.MORE, Kind.FAR_MORE})
FALLS = frozenset({Kind.FALL, Kind.LESS, Kind.FAR_LESS})
SAY_A_WAY = RISES | FALLS | BETTER | {Kind.STEADY}


def moved(way: Way) -> Check:
    """Returns the check of a word of direction."""

    def check(sentence: Sentence, token: Token) -> bool | None:
        own = [
            meaning for number, meaning in sentence.changes(token) if _word(sentence, number) is token
        ]
        if _tells_losses(sentence, token):
            return True
        if own:
            return all(_is_way(meaning, way) and _is_so_strong(token, meaning) for meaning in own)
        if (course := courses.way(sentence, token)) is not None:
            return course == way
        return _by_evidence(sentence, token, way)

    return check


def _tells_losses(sentence: Sentence, token: Token) -> bool:
    """True if what is lost is what a number counts: "North lost {{f1}}", of those who left."""
    levels = [meaning for _, meaning in sentence.numbers(token) if not meaning.is_change]
    return (
        token.text in particles.LOSING
        and bool(levels)
        and all(particles.LOSSES & set(plain(each.measure).split()) for each in levels[:1])
    )


def adds(sentence: Sentence, token: Token) -> bool | None:
    """What adds a number rises by it, if the number is a change."""
    return moved("rise")(sentence, token) if sentence.changes(token) else True


def better(way: int) -> Check:
    """Returns the check of what got better (1) or worse (-1): of some measures less is better."""

    def check(sentence: Sentence, token: Token) -> bool | None:
        measure = sentence.measure_told(token)
        is_reversed = bool(LESS_IS_BETTER & set(measure.split()))
        is_reversed = is_reversed or sentence.evidence.is_duration(measure)
        return moved("fall" if is_reversed == (way > 0) else "rise")(sentence, token)

    return check


def _by_evidence(sentence: Sentence, token: Token, way: Way) -> bool | None:
    measure = _measure(sentence, token)
    if not _is_between(sentence, token, measure):
        return None
    if groups := [each for each in sentence.clause(token) if each.shape == GROUP]:
        of_group = sentence.evidence.moved(measure, way, [groups[0].text])
        is_subject = groups[0].place < token.place or not any(
            each.shape == MEASURE and each.place < token.place for each in sentence.clause(token)
        )
        if of_group is not None or is_subject or _is_within(sentence, groups[0]):
            return of_group
    ways = [sentence.evidence.moved(each, way) for each in {measure, *_joined(sentence, token)}]
    return None if None in ways else all(ways)


def _is_within(sentence: Sentence, group: Token) -> bool:
    """True if what a clause says is said of a part: "revenue rose in North"."""
    before = [each.text for each in sentence.clause(group) if each.place < group.place]
    return bool(before) and before[-1] in particles.INSIDE


def _joined(sentence: Sentence, token: Token) -> list[str]:
    """Returns two measures that are said to move alike: "revenue and orders rose"."""
    before = [each for each in sentence.clause(token) if each.place < token.place]
    for one, word, other in zip(before, before[1:], before[2:], strict=False):
        if one.shape == other.shape == MEASURE and word.text == particles.AND:
            return [one.text, other.text]
    return []


def _is_so_strong(token: Token, meaning: Meaning) -> bool:
    """False if a small change is said to be a leap, or a large one a step."""
    if meaning.fact.unit.format is not ValueFormat.PERCENT:
        return True
    size = abs(meaning.number or 0)
    return not ((token.text in LEAPS and size < STEADY) or (token.text in STEPS and size > GENTLE))


def _is_between(sentence: Sentence, token: Token, measure: str) -> bool:
    """True if the periods that a clause names are those of a change, as far as these are known."""
    changes = [each for each in sentence.evidence.changes(measure) if each.base]
    clause = sentence.clause(token)
    for before, period in pairwise(clause):
        if period.shape == PERIOD and changes:
            is_base = before.text in particles.BASES
            known = {each.base if is_base else each.period for each in changes}
            if period.text not in known | ({each.base for each in changes} if not is_base else set()):
                return False
    return True


def _measure(sentence: Sentence, token: Token) -> str:
    """Returns what rose: in "less revenue" and "growth of revenue" it follows, else it comes before."""
    after = [each for each in sentence.tokens if token.place < each.place <= token.place + 3]
    direct = next((each for each in after if each.shape == MEASURE), None)
    is_noun = bool(after) and (after[0].shape == MEASURE or after[0].text in particles.OF_A_MEASURE)
    if direct is not None and is_noun:
        return direct.text
    clause = [each for each in sentence.clause(token) if each.shape == MEASURE]
    before = [each for each in clause if each.place < token.place]
    return before[-1].text if before else sentence.measure_of(token)


def steady(sentence: Sentence, token: Token) -> bool | None:
    """What is called steady changed by little, if at all."""
    shares = [each.meaning for each in sentence.tokens if each.meaning and each.meaning.is_share]
    if len(shares) == 2 and _are_of_one(*shares):
        first, second = (each.number or 0 for each in shares)
        return first != 0 and abs(second / first - 1) < STEADY
    measure = sentence.measure_of(token)
    cited = [meaning for _, meaning in sentence.changes(token)]
    found = cited or sentence.evidence.changes(measure)
    if not found:
        levels = [meaning.number for _, meaning in sentence.numbers(token) if meaning.is_level]
        if len(levels) == 2 and None not in levels and levels[0]:
            return abs((levels[1] or 0) / levels[0] - 1) < STEADY
        return None
    return all(abs(each.number or 0) < STEADY for each in found)


def _are_of_one(one: Meaning, other: Meaning) -> bool:
    """True if two shares are those of the same groups, in two periods."""
    same = one.groups == other.groups and same_measure(one.measure, other.measure)
    return same and one.period != other.period


def magnitude(sentence: Sentence, token: Token, *, small: bool) -> bool | None:
    """Returns whether a change of the clause is as small, or as large, as a word says."""
    sizes = [abs(meaning.number or 0) for _, meaning in sentence.changes(token)]
    sizes = sizes or [
        abs(each.number or 0) for each in sentence.evidence.changes(sentence.measure_of(token))
    ]
    if not sizes:
        return None
    return all(size < STEADY if small else size >= STRONG for size in sizes)


def of_numbers(sentence: Sentence) -> Iterator[str]:
    """Yields sizes of changes of which no word says whether it is a rise or a fall."""
    for token in sentence.tokens:
        meaning = token.meaning
        if meaning is None or meaning.number is None or meaning.fact.sign is not Sign.SIZE:
            continue
        word = _word(sentence, token)
        if word is None:
            yield f"{meaning.fact.id} is a size, and no word says of what: a rise or a fall"
        elif word.kind not in (Kind.RISE, Kind.FALL, Kind.ADDS, *BETTER):
            way: Way = "rise" if word.kind in RISES else "fall" if word.kind in FALLS else "steady"
            if way != "steady" and not _is_way(meaning, way):
                yield f"“{word.text}” is said of {meaning.fact.id}"


def _is_way(meaning: Meaning, way: Way) -> bool:
    number = meaning.number or 0
    return number >= 0 if way == "rise" else number <= 0


def _word(sentence: Sentence, number: Token) -> Token | None:
    """Returns the nearest word of direction in a number's clause, rather before than after it."""
    words = [each for each in sentence.clause(number) if each.kind in SAY_A_WAY and not each.is_mention]
    before = [each for each in words if each.place < number.place]
    after = [each for each in words if each.place > number.place]
    if after and (not before or after[0].place == number.place + 1):
        return after[0]
    return before[-1] if before else _earlier(sentence, number)


def _earlier(sentence: Sentence, number: Token) -> Token | None:
    """Returns the last word of direction in the clause before."""
    words = [
        each
        for each in sentence.tokens
        if each.clause == number.clause - 1 and each.kind in SAY_A_WAY and not each.is_mention
    ]
    return words[-1] if words else None
