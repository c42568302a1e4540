"""Comparisons: of two groups, of two measures, or of a measure with an earlier period."""

from collections.abc import Sequence

from deckgen.orchestrator.analyst.proof.judging import directions, particles, standards
from deckgen.orchestrator.analyst.proof.judging.evidence import WIDE, Evidence
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning
from deckgen.orchestrator.analyst.proof.judging.reading import (
    GROUP,
    MARK,
    MEASURE,
    PERIOD,
    Token,
)
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence
from deckgen.orchestrator.analyst.proof.judging.vocabulary import VERBS


def compared(way: int, *, far: bool) -> Check:
    """Returns the check that one is above the other (1), or below it (-1)."""

    def check(sentence: Sentence, token: Token) -> bool | None:
        if any(each.kind is Kind.NO_OTHER for each in sentence.tokens):
            return True  # "no year brought more" is one assertion, with its own check
        if sentence.counts_unnamed(token):
            return None
        pair = _pair(sentence, token)
        if sentence.is_passive(token) and pair:
            return _is_above(sentence, token, pair[::-1] if way > 0 else pair, far=far)
        if (is_above := standards.is_above(sentence, token)) is not None:
            return is_above == (way > 0)
        if standards.is_between_periods(sentence, token):
            return None  # no fact compares these two
        if pair:
            return _is_above(sentence, token, pair if way > 0 else pair[::-1], far=far)
        if _is_becoming(sentence, token):
            return directions.moved("rise" if way > 0 else "fall")(sentence, token)
        return _of_values(sentence, token, way, far=far)

    return check


def _of_values(sentence: Sentence, token: Token, way: int, *, far: bool) -> bool | None:
    """Returns how the values around a word compare, where it stands between no two groups."""
    if (ratio := standards.of_the_whole(sentence, token)) is not None:
        least = WIDE if far else 1
        return ratio >= least if way > 0 else ratio <= 1 / least
    if (measures := _measures(sentence, token)) is not None:
        return _measure_is_above(sentence, measures if way > 0 else measures[::-1])
    if (numbers := levels_around(sentence, token)) is not None:
        return (numbers[0] - numbers[1]) * way > 0
    if (stands := _stands(sentence, token)) is not None:
        return (stands > 0) == (way > 0)
    if far:
        return directions.magnitude(sentence, token, small=False)
    return directions.moved("rise" if way > 0 else "fall")(sentence, token)


def levels_around(sentence: Sentence, token: Token) -> tuple[float, float] | None:
    """Returns the levels before and after a word, if they have one unit and nothing changed."""
    levels = [each for each in sentence.tokens if each.meaning is not None and each.meaning.is_level]
    before = [each.meaning for each in levels if each.place < token.place]
    after = [
        each.meaning for each in levels if token.place < each.place and each.clause == token.clause
    ]
    if not before or not after or sentence.changes(token):
        return None
    first, second = before[-1], after[0]
    if first is None or second is None or first.fact.unit != second.fact.unit:
        return None
    return (first.number or 0, second.number or 0) if first.groups == second.groups else None


def _is_becoming(sentence: Sentence, token: Token) -> bool:
    """True if a comparison is with what was before: "answers get slower"."""
    if token.text not in particles.COMPARATIVE_WORDS:
        return False
    before = [each.text for each in sentence.clause(token) if each.place < token.place]
    return bool(before) and before[-1] in particles.BECOMING


def than_number(way: int) -> Check:
    """Returns the check of "{{f1}}, above {{f2}}"; "above {{f2}}" alone is a number of its own."""

    def check(sentence: Sentence, token: Token) -> bool | None:
        if ratios := standards.all_of_the_whole(sentence, token):
            return all((ratio - 1) * way > 0 for ratio in ratios)
        clause = [each for each in sentence.clause(token) if each.shape != MARK]
        words = [each for each in clause if each.place < token.place]
        numbers = levels_around(sentence, token)
        if any(each.kind not in (Kind.NARROW, Kind.WIDE, Kind.CLEAR) for each in words) or not numbers:
            return False
        return (numbers[0] - numbers[1]) * way > 0

    return check


def _stands(sentence: Sentence, token: Token) -> int | None:
    """Returns whether a clause's group stands above (1) or below (-1) all others that are known."""
    groups = [each.text for each in sentence.clause(token) if each.shape == GROUP]
    if len(groups) != 1 or sentence.changes(token):
        return None
    return sentence.evidence.stands(groups[0], sentence.measure_of(token))


def _pair(sentence: Sentence, token: Token) -> tuple[str, str] | None:
    """Returns the group before a word and the one after it."""
    every = sentence.all_of(GROUP)
    if pair := _around_than(sentence, token):
        return pair
    before, after = sentence.groups_before(token), sentence.groups_after(token)
    if not after and len(before) > 1:
        return before[-1], before[0]  # "North and South: the one is ahead"
    earlier = [
        each.text for each in sentence.tokens if each.shape == GROUP and each.place < token.place
    ]
    subject = before[0] if before else (earlier[0] if earlier else "")
    if after and subject and after[0] != subject:
        return subject, after[0]
    if after and not subject and len(after) == 1:
        others = [each for each in every if each != after[0]]
        return (others[0], after[0]) if len(others) == 1 else None
    if subject and not after and _names_no_other(sentence, token):
        others = [each for each in every if each != subject]
        return (subject, others[0]) if len(others) == 1 else None
    return None


def _around_than(sentence: Sentence, token: Token) -> tuple[str, str] | None:
    """Returns the groups before and after "than": "longer in North than in South"."""
    clause = sentence.clause(token)
    than = next(
        (each.place for each in clause if each.text == particles.THAN and each.place > token.place),
        None,
    )
    if than is None:
        return None
    before = [each.text for each in clause if each.shape == GROUP and each.place < than]
    after = [each.text for each in clause if each.shape == GROUP and each.place > than]
    return (before[-1], after[0]) if before and after and before[-1] != after[0] else None


def _names_no_other(sentence: Sentence, token: Token) -> bool:
    """True if a word is followed by neither a period nor a measure with which it could compare."""
    later = [each for each in sentence.clause(token) if each.place > token.place]
    return not any(each.shape in (PERIOD, MEASURE) for each in later)


def _is_above(sentence: Sentence, token: Token, pair: tuple[str, str], *, far: bool) -> bool | None:
    first, second = pair
    measure = sentence.measure_of(token)
    is_far = far or sentence.has(token, Kind.WIDE) or sentence.has(token, Kind.CLEAR)
    least = WIDE if is_far else 1
    if ratios := ratios_of(sentence, first, second, measure):
        return all(ratio > least if least == 1 else ratio >= least for ratio in ratios)
    ranked = sentence.evidence.is_ranked
    if not is_far and (ranked(first, "highest", measure) or ranked(second, "lowest", measure)):
        return True
    if ranked(second, "highest", measure) or ranked(first, "lowest", measure):
        return False
    return None


def ratios_of(sentence: Sentence, first: str, second: str, measure: str) -> list[float]:
    """Returns how two groups compare: by the numbers that are cited for both, else by all."""
    cited = tuple(each.meaning for each in sentence.tokens if each.meaning is not None)
    if changes := _of_changes(cited, first, second):
        return changes
    return Evidence(cited).ratios(first, second) or sentence.evidence.ratios(first, second, measure)


def _of_changes(cited: Sequence[Meaning], first: str, second: str) -> list[float]:
    """Returns how two changes compare, where a sentence cites one of each group and no level."""
    if any(each.is_level or each.is_share for each in cited):
        return []
    moved = [each for each in cited if each.is_change and each.number]
    one, other = ([each for each in moved if each.groups == {group}] for group in (first, second))
    if len(one) != 1 or len(other) != 1 or not _is_alike(one[0], other[0]):
        return []
    return [(one[0].number or 0) / (other[0].number or 1)]


def _is_alike(one: Meaning, other: Meaning) -> bool:
    """True if two changes are of one kind, one unit and one direction."""
    same = (one.relation, one.fact.unit) == (other.relation, other.fact.unit)
    return same and (one.number or 0) * (other.number or 0) > 0


def _measures(sentence: Sentence, token: Token) -> tuple[str, str] | None:
    """Returns two measures that a word compares: "cost exceeded budget"."""
    own = [each for each in sentence.clause(token) if each.shape == MEASURE]
    before = [each for each in sentence.tokens if each.shape == MEASURE and each.place < token.place]
    after = [each for each in own if token.place < each.place <= token.place + 5]
    words = [each for each in sentence.tokens if token.place < each.place < token.place + 3]
    is_verb = token.text in VERBS or token.text in particles.PLACES
    is_noun = bool(words) and words[0].shape == MEASURE and not is_verb
    is_noun = is_noun and token.kind in (Kind.MORE, Kind.LESS)
    if not before or not after or is_noun or before[-1].text == after[0].text:
        return None
    return before[-1].text, after[0].text


def _measure_is_above(sentence: Sentence, measures: tuple[str, str]) -> bool | None:
    """Returns whether one measure is above another, for the same group and period."""
    found = [
        one.number > other.number
        for one in sentence.evidence.levels(measures[0], frozenset(sentence.all_of(GROUP)[:1]))
        for other in sentence.evidence.levels(measures[1], frozenset(sentence.all_of(GROUP)[:1]))
        if one.groups == other.groups and one.period == other.period
        if one.number is not None and other.number is not None
    ]
    return all(found) if found else None


def faster(way: int) -> Check:
    """Returns the check that one grew more (1) or less (-1) than the other."""

    def check(sentence: Sentence, token: Token) -> bool | None:
        pair, measures = _pair(sentence, token), _measures(sentence, token)
        durations = [each for each in sentence.all_of(MEASURE) if sentence.evidence.is_duration(each)]
        if not pair and durations:
            return sentence.evidence.moved(durations[0], "fall" if way > 0 else "rise")
        if pair and (took := _durations(sentence, pair)):
            return (took[0] - took[1]) * way < 0
        if pair:
            measure = sentence.measure_of(token)
            changes = [sentence.evidence.changes(measure, [each]) for each in pair]
        elif measures:
            groups = sentence.all_of(GROUP)
            changes = [sentence.evidence.changes(each, groups[:1]) for each in measures]
        else:
            return None
        if not all(changes):
            return None
        first, second = (each[0].number or 0 for each in changes)
        return (first - second) * way > 0

    return check


def _durations(sentence: Sentence, pair: tuple[str, str]) -> tuple[float, float] | None:
    """Returns how long two groups take, if a sentence says so."""
    cited = [each.meaning for each in sentence.tokens if each.meaning is not None]
    found = [
        next((each.number for each in cited if each.is_duration and each.groups == {group}), None)
        for group in pair
    ]
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None
