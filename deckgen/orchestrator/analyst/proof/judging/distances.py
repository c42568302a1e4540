"""How far two values are apart: alike, close, clear, wide."""

from deckgen.orchestrator.analyst.proof.judging import directions, standards
from deckgen.orchestrator.analyst.proof.judging.comparisons import levels_around, ratios_of
from deckgen.orchestrator.analyst.proof.judging.evidence import ALIKE, NARROW, WIDE
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence


def alike(sentence: Sentence, token: Token) -> bool | None:
    """Two groups that are called alike have values that hardly differ."""
    groups = sentence.all_of(GROUP)
    if len(groups) != 2:
        return None
    ratios = ratios_of(sentence, groups[0], groups[1], sentence.measure_of(token))
    return all(abs(ratio - 1) <= ALIKE for ratio in ratios) if ratios else None


def differs(sentence: Sentence, token: Token) -> bool | None:
    """Two groups that are said to differ have values that do."""
    groups = sentence.all_of(GROUP)
    if len(groups) != 2:
        return None
    ratios = ratios_of(sentence, groups[0], groups[1], sentence.measure_of(token))
    return all(abs(ratio - 1) > ALIKE for ratio in ratios) if ratios else None


def wide(sentence: Sentence, token: Token) -> bool | None:
    """What is far apart is, or a change is large."""
    ratio = _ratio(sentence, token)
    if ratio is not None:
        return ratio >= WIDE
    return directions.magnitude(sentence, token, small=False) if sentence.has_change(token) else None


def clear(sentence: Sentence, token: Token) -> bool | None:
    """What is clear is far apart; of a rank its own check says so."""
    is_rank = any(sentence.has(token, kind) for kind in (Kind.HIGH, Kind.LOW, Kind.PEAK, Kind.TROUGH))
    return True if is_rank else wide(sentence, token)


def narrow(sentence: Sentence, token: Token) -> bool | None:
    """What is close together is, or a change is small."""
    ratio = _ratio(sentence, token)
    if ratio is not None:
        return ratio <= NARROW
    return directions.magnitude(sentence, token, small=True) if sentence.has_change(token) else None


def _ratio(sentence: Sentence, token: Token) -> float | None:
    """Returns how far two groups, or two numbers of one, are apart: the larger over the smaller."""
    groups = sentence.all_of(GROUP)
    if sentence.has(token, Kind.OVER) or sentence.has(token, Kind.UNDER):
        numbers = levels_around(sentence, token)
        return max(numbers) / min(numbers) if numbers and min(numbers) > 0 else None
    if len(groups) != 2:
        ratio = standards.of_the_whole(sentence, token)
        return max(ratio, 1 / ratio) if ratio else None
    ratios = ratios_of(sentence, groups[0], groups[1], sentence.measure_of(token))
    return min((max(ratio, 1 / ratio) for ratio in ratios if ratio > 0), default=None)
