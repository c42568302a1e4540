"""Directions: a rise is what rose, by the fact that the sentence cites or by those that it rests on."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckgen.domain.facts import FactRelation, Sign
from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.evidence import STEADY, Way, way_of
from deckgen.orchestrator.analyst.proof.judging.kinds import MOVES, Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, same_measure
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
        if own:
            return all(_is_way(meaning, way) and _is_so_strong(token, meaning) for meaning in own)
        if (course := _course(sentence, token)) is not None:
            return course == way
        return _by_evidence(sentence, token, way)

    return check


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
    measure = sentence.measure_of(token)
    cited = [meaning for _, meaning in sentence.changes(token)]
    found = cited or sentence.evidence.changes(measure)
    if not found:
        levels = [meaning.number for _, meaning in sentence.numbers(token) if meaning.is_level]
        if len(levels) == 2 and None not in levels and levels[0]:
            return abs((levels[1] or 0) / levels[0] - 1) < STEADY
        return None
    return all(abs(each.number or 0) < STEADY for each in found)


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


def _course(sentence: Sentence, token: Token) -> Way | None:
    """Returns the way of a course from one level to another in this clause or the next ones."""
    measure = sentence.measure_of(token)
    for clause in (token.clause, token.clause + 1):
        pair = _ends(sentence, clause)
        if pair and same_measure(pair[0].measure, measure):
            return way_of((pair[1].number or 0) - (pair[0].number or 0))
    return None


def courses(sentence: Sentence) -> Iterator[str]:
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
        if meaning.is_level and has_left and any(each.kind in MOVES for each in before):
            yield f"{meaning.fact.id} is what it moved from, and not to"
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
        if each.meaning.is_level or each.meaning.relation is FactRelation.SHARE
    ]
    if len(levels) == 1:
        levels += reached[-1:]  # "to {{f2}} from {{f1}}"
    if len(levels) < 2:
        return None
    first, last = levels[0], levels[1]
    alike = same_measure(first.measure, last.measure) and first.groups == last.groups
    return (first, last) if alike else None
