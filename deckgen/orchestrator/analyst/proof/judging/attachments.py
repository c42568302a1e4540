"""To what a sentence attaches its numbers: the measure, the group and the period must be their own."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from deckgen.domain.facts import FactRelation
from deckgen.orchestrator.analyst.proof.judging import measured, particles
from deckgen.orchestrator.analyst.proof.judging.kinds import COMPARES, Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, same_measure
from deckgen.orchestrator.analyst.proof.judging.mentions import at_once_after, in_order, last_before
from deckgen.orchestrator.analyst.proof.judging.reading import (
    GROUP,
    MEASURE,
    NUMBER,
    PERIOD,
    Token,
)

NOT_NAMED = "which is not named"  # of a group, so that nothing false is said
DOES = frozenset({Kind.RISE, Kind.FALL, Kind.BETTER, Kind.WORSE})  # as a verb after a group
HELD_AGAINST = COMPARES | {Kind.OVER, Kind.UNDER}  # what follows
RANKS = frozenset({Kind.HIGH, Kind.LOW, Kind.PEAK, Kind.TROUGH})


def problems(tokens: Sequence[Token]) -> Iterator[str]:
    """Yields the numbers that stand with another measure, group or period than their own."""
    for token in tokens:
        meaning = token.meaning
        if token.shape == NUMBER and meaning is not None:
            name = f"{meaning.fact.id} ({meaning.fact.display})"
            clause = [each for each in tokens if each.clause == token.clause]
            yield from (f"{name} {said}" for said in measured.problems(token, meaning, clause, tokens))
            yield from (f"{name} {said}" for said in _of_group(token, meaning, clause, tokens))
            yield from (f"{name} {said}" for said in _of_period(token, meaning, clause))


def _of_group(
    token: Token, meaning: Meaning, clause: Sequence[Token], tokens: Sequence[Token]
) -> Iterator[str]:
    part_of = at_once_after(token, clause, GROUP, frozenset({particles.OF}))
    before = [each.text for each in clause if each.place < token.place]
    is_pointed_at = bool(before) and before[-1] in particles.POINTING
    if part_of is not None and meaning.relation is FactRelation.SHARE and not is_pointed_at:
        yield f"is a share of “{meaning.measure}”, not of {part_of.text}"
    attached = _group_of(token, clause, tokens)
    if attached is None:
        if meaning.groups and not _is_described(meaning, clause, tokens):
            yield f"is about {', '.join(sorted(meaning.groups))}, {NOT_NAMED}"
    elif meaning.groups:
        if (other := _joined(token, clause)) and other not in meaning.groups:
            yield f"is about {', '.join(sorted(meaning.groups))}, and not about {other} as well"
        if attached.text not in meaning.groups:
            yield f"is about {', '.join(sorted(meaning.groups))}, not {attached.text}"
    elif attached.text not in meaning.limited_to and _is_said_of(token, attached, meaning, clause):
        yield f"is about the whole, not about {attached.text}"


def _group_of(token: Token, clause: Sequence[Token], tokens: Sequence[Token]) -> Token | None:
    """Returns the group that a sentence attaches a number to."""
    if direct := at_once_after(token, clause, GROUP, particles.OF_A_GROUP):
        return direct
    own = [each for each in clause if each.shape == GROUP]
    if not own:
        return _carried(token, clause, tokens)
    numbers = [each for each in clause if each.shape == NUMBER and each.meaning and each.meaning.groups]
    if len({each.text for each in own}) > 1:
        if placed := in_order(token, [*own, *numbers], GROUP) if token in numbers else None:
            return placed
        before = last_before(token, clause, GROUP)
        between = [each.text for each in clause if before and before.place < each.place < token.place]
        follows_at_once = before is not None and between in ([], ["'s"], ["("], ["at"])
        is_own = len(numbers) > 1 or follows_at_once
        return before if before is not None and is_own else own[0]
    return own[0]


def _joined(token: Token, clause: Sequence[Token]) -> str:
    """Returns the other of two groups of which one number is said: "North and South rose by {{f1}}"."""
    numbers = [each for each in clause if each.shape == NUMBER]
    for one, word, other in zip(clause, clause[1:], clause[2:], strict=False):
        if one.shape == other.shape == GROUP and word.text == particles.AND and len(numbers) == 1:
            return (
                other.text
                if other.text not in (token.meaning.groups if token.meaning else ())
                else one.text
            )
    return ""


def _carried(token: Token, clause: Sequence[Token], tokens: Sequence[Token]) -> Token | None:
    """Returns the group of the clauses before: in their order, if there are as many numbers."""
    groups = [each for each in tokens if each.shape == GROUP]
    with_groups = {each.clause for each in groups}
    numbers = [
        each
        for each in tokens
        if each.clause not in with_groups and each.meaning and each.meaning.number is not None
        if each.meaning.groups
    ]
    distinct = list({each.text: each for each in groups}.values())
    if len(numbers) > 1 and len(numbers) == len(distinct) and token in numbers:
        return distinct[numbers.index(token)]
    if token.meaning and not token.meaning.groups:
        return None
    earlier = [each for each in groups if each.clause < token.clause]
    nearest = [each for each in earlier if each.clause == earlier[-1].clause]
    return nearest[0] if nearest else (groups[0] if groups else None)


def _is_described(meaning: Meaning, clause: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """True if a group is not named but described, by its rank: "the largest region brings {{f1}}"."""
    ends = {Kind.HIGH: "highest", Kind.LOW: "lowest", Kind.PEAK: "highest", Kind.TROUGH: "lowest"}
    told = {ends[each.kind] for each in clause if each.kind in ends}
    return meaning.end in told if told and meaning.relation is FactRelation.RANK else False


def _is_said_of(token: Token, attached: Token, meaning: Meaning, clause: Sequence[Token]) -> bool:
    """True if a number without a group is said of one, and not of the whole beside it."""
    place = clause.index(token)
    before, after = clause[max(0, place - 2) : place], clause[place + 1 : place + 4]
    if _is_whole(token, meaning, clause):
        return False
    if any(each.text in particles.WHOLE for each in (*before, *after)) or not meaning.measure:
        return False
    if attached is at_once_after(token, clause, GROUP, particles.OF_A_GROUP):
        return attached.text not in meaning.subjects
    if attached.place > token.place:
        words = [each.text for each in clause if each.place < attached.place]
        return words[-1] in particles.INSIDE
    between = [each for each in clause if attached.place < each.place < token.place]
    before_measure = takewhile(lambda each: each.shape != MEASURE, between)
    if meaning.is_change and any(each.kind in DOES for each in before_measure):
        return True  # "North improved revenue by {{f1}}"
    is_of_measure = any(
        each.shape == MEASURE and same_measure(each.text, meaning.measure) for each in between
    )
    leads = [each for each in clause if each.place < attached.place]
    within = bool(leads) and leads[-1].text in particles.INSIDE_OR_OWN
    return within or not is_of_measure


def _is_whole(token: Token, meaning: Meaning, clause: Sequence[Token]) -> bool:
    """True if a number is that of which another one is a part, "{{f1}} of the {{f2}}", or with which a
    group is compared: "below {{f1}}".
    """
    before = [each for each in clause[: clause.index(token)] if each.text not in particles.ARTICLES]
    if before and before[-1].kind in HELD_AGAINST:
        return not meaning.is_change
    if not before or before[-1].text not in (particles.OF, particles.FROM):
        return False
    part = before[-2].meaning if len(before) > 1 else None
    return not meaning.is_change or (part is not None and part.is_change)


def _of_period(token: Token, meaning: Meaning, clause: Sequence[Token]) -> Iterator[str]:
    if not meaning.is_exact or not meaning.measure:
        return
    is_of_rank = any(each.kind in RANKS for each in clause)
    own = [each for each in clause if each.shape == PERIOD and not (is_of_rank and _is_rank(each))]
    direct = at_once_after(token, clause, PERIOD, particles.OF_A_PERIOD)
    levels = [each for each in clause if each.shape == NUMBER and each.meaning and each.meaning.period]
    if not meaning.is_change:
        claimed = direct or in_order(token, [*own, *levels], PERIOD) if token in levels else direct
        claimed = claimed or (
            own[0] if len(own) == 1 and not _is_taken(own[0], clause, token) else None
        )
        if claimed is not None and not meaning.is_of(claimed.text):
            yield f"is of {meaning.period or 'the whole time'}, not of {claimed.text}"
        return
    for period in own:
        allowed = _allowed(period, meaning, clause)
        is_allowed = period.text in allowed or (
            meaning.period in allowed and meaning.is_of(period.text)
        )
        if not is_allowed and not _is_taken(period, clause, token):
            yield f"is of {meaning.period} against {meaning.base}, not of {period.text}"


def _is_rank(token: Token) -> bool:
    return token.meaning is not None and bool(token.meaning.end)


def _allowed(period: Token, meaning: Meaning, clause: Sequence[Token]) -> set[str]:
    """Returns the periods that may follow the word before a mention."""
    place = clause.index(period)
    word = clause[place - 1].text if place else ""
    if word in particles.WITHIN and not _compares(clause, place):
        return {meaning.period}
    if word in particles.SINCE:
        return {meaning.base}
    return {meaning.period, meaning.base}


def _compares(clause: Sequence[Token], place: int) -> bool:
    return any(each.text in particles.COMPARING for each in clause[max(0, place - 4) : place])


def _is_taken(period: Token, clause: Sequence[Token], token: Token) -> bool:
    """True if a period belongs to another number, which it follows."""
    numbers = [each for each in clause if each.shape == NUMBER and each is not token]
    return any(at_once_after(each, clause, PERIOD, particles.OF_A_PERIOD) is period for each in numbers)
