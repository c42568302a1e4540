"""Ranks: who leads, which period was at its highest, and what was fastest."""

from deckgen.orchestrator.analyst.proof.judging import comparisons, particles
from deckgen.orchestrator.analyst.proof.judging.evidence import A_PART, WIDE
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, NUMBER, PERIOD, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence
from deckgen.orchestrator.analyst.proof.judging.vocabulary import LESS_IS_BETTER, VALUING


def ranked(end: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        """A rank is of the nearest group or period; of the group of a number if none is named."""
        if sentence.counts_unnamed(token):
            return None
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


def in_time(end: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        """The fastest takes the least time; of what takes none no fact says who is."""
        if not sentence.evidence.is_duration(sentence.measure_told(token)):
            return None
        return ranked(end)(sentence, token)

    return check


def than_any(end: str, other: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        place = sentence.tokens.index(token)
        before = sentence.tokens[max(0, place - 4) : place]
        is_less = any(each.kind in (Kind.LESS, Kind.FALL) for each in before)
        return ranked(other if is_less else end)(sentence, token)

    return check


def no_other(sentence: Sentence, token: Token) -> bool | None:
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


def of_periods(end: str) -> Check:
    def check(sentence: Sentence, token: Token) -> bool | None:
        """The peak is of a period, or of what is named nearest."""
        measure = sentence.measure_of(token)
        if _is_open(token, measure):
            return None
        periods = sentence.nearest(token, PERIOD) or sentence.nearest(token, GROUP)
        ends = [meaning.end for _, meaning in sentence.numbers(token)]
        if end in ends:
            return True
        if _is_base(sentence, token):
            return _was_at(sentence, token, end)
        if not periods:
            return None
        return sentence.evidence.is_ranked(periods[0], end, measure)

    return check


def _is_base(sentence: Sentence, token: Token) -> bool:
    """True if a peak is what something is compared with: "{{f1}} below its peak"."""
    before = [each for each in sentence.clause(token) if each.place < token.place]
    words = [each.text for each in before if each.text not in particles.ARTICLES]
    return bool(words) and words[-1] in particles.FROM_A_PEAK


def _was_at(sentence: Sentence, token: Token, end: str) -> bool | None:
    """Returns whether the changes of a clause are counted from the highest, or the lowest, period."""
    changes = [meaning for _, meaning in sentence.changes(token)]
    changes = changes or sentence.evidence.changes(sentence.measure_of(token))
    ranked = [
        sentence.evidence.is_ranked(each.base, end, each.measure) for each in changes if each.base
    ]
    return all(ranked) if ranked else None
