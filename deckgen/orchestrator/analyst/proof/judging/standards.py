"""What a value is held against, where that is no other group: a plan, another period, the whole."""

from collections.abc import Sequence

from deckgen.domain.facts import Sign
from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import same_measure
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, MEASURE, NUMBER, PERIOD, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence


def is_above(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether a measure is above its plan, or above what it was; None if neither is meant."""
    held = _of_a_target(sentence, token)
    return _of_a_period(sentence, token) if held is None else held


def _of_a_target(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether a measure, or that of a group, is above its plan: "North beat its budget", "the
    budget was exceeded", "North is {{f1}} ahead".
    """
    clause = sentence.clause(token)
    targets = [each for each in clause if each.shape == MEASURE and _is_target(sentence, each)]
    if not targets and not any(meaning.is_against for _, meaning in sentence.numbers(token)):
        return None
    if targets and targets[-1].place < token.place and not _is_done_to(clause, token):
        return None
    groups = frozenset(each.text for each in clause if each.shape == GROUP)
    subject = next((each.text for each in clause if each.shape == MEASURE and each not in targets), "")
    apart = {
        (each.number or 0) > 0
        for each in sentence.evidence.meanings
        if each.is_against and each.fact.sign is Sign.CHANGE and each.groups == groups
        if same_measure(each.measure, subject)
        if not targets or each.is_against_measure(targets[-1].text)
    }
    return apart.pop() if len(apart) == 1 else None


def _is_target(sentence: Sentence, mention: Token) -> bool:
    return any(each.is_against_measure(mention.text) for each in sentence.evidence.meanings)


def _is_done_to(clause: Sequence[Token], token: Token) -> bool:
    """True if something is done to what stands before a word: "was exceeded", "was not met"."""
    before = [each for each in clause if each.place < token.place and each.kind is not Kind.NOT]
    return bool(before) and before[-1].text in particles.PASSIVE


def _of_a_period(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether a measure is higher in the first of two periods: "more in 2024 than in 2023"."""
    periods = [each for each in sentence.clause(token) if each.shape == PERIOD]
    groups = [each for each in sentence.clause(token) if each.shape == GROUP]
    if len(periods) == 1 and not groups:
        return _in_the_base(sentence, token, periods[0])
    if not is_between_periods(sentence, token):
        return None
    first, second = (each.text for each in periods)
    for change in sentence.evidence.changes(sentence.measure_of(token)):
        if (change.period, change.base) in ((first, second), (second, first)):
            return ((change.number or 0) > 0) == (change.period == first)
    return None


def is_between_periods(sentence: Sentence, token: Token) -> bool:
    """True if a measure is compared in two named periods, and no groups are."""
    clause = sentence.clause(token)
    periods = [each for each in clause if each.shape == PERIOD]
    has_groups = any(each.shape == GROUP for each in clause)
    return len(periods) == 2 and not has_groups and periods[1].place > token.place


def _in_the_base(sentence: Sentence, token: Token, period: Token) -> bool | None:
    """Returns whether a measure was higher in the period from which it changed: "higher in 2023"."""
    before = [each.text for each in sentence.clause(token) if each.place < period.place]
    changes = sentence.evidence.changes(sentence.measure_of(token))
    moved = {(each.number or 0) < 0 for each in changes if each.base == period.text}
    is_told_of = bool(before) and before[-1] in particles.WITHIN and not sentence.changes(token)
    is_compared = any(each in particles.COMPARING for each in before[-4:])
    return moved.pop() if is_told_of and not is_compared and len(moved) == 1 else None


def of_the_whole(sentence: Sentence, token: Token) -> float | None:
    """Returns how many times the number of all a group's is: "above the overall average of {{f1}}"."""
    groups = sentence.groups_before(token)[:1] or sentence.groups_told(token)[:1]
    return _times_the_whole(sentence, token, groups[0]) if groups else None


def all_of_the_whole(sentence: Sentence, token: Token) -> list[float]:
    """Returns that for each group of a clause: "North and South are below {{f1}}"."""
    found = [_times_the_whole(sentence, token, each) for each in sentence.groups_before(token)]
    return [each for each in found if each is not None] if None not in found else []


def _times_the_whole(sentence: Sentence, token: Token, group: str) -> float | None:
    after = [each for each in sentence.clause(token) if each.place > token.place]
    whole = next((each.meaning for each in after if each.shape == NUMBER), None)
    is_whole = whole is not None and (whole.is_level or whole.is_share) and not whole.groups
    if whole is None or not is_whole or not whole.number:
        return None
    values = [
        each.number
        for each in sentence.evidence.of_group(group, whole.measure)
        if each.number is not None and each.measure and each.period == whole.period
        if each.is_share == whole.is_share
    ]
    return values[0] / whole.number if values else None
