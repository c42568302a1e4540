"""People: they stand for a group, or are what a number of heads counts; no other number has them."""

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, plain
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, NUMBER, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence
from deckgen.orchestrator.analyst.proof.judging.words import WORDS

HEADS = frozenset({"headcount", "leavers", *WORDS[Kind.PEOPLE].split()})  # what counts people


def stand_for_a_group(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether people are named beside their group, or behind their number."""
    place = sentence.tokens.index(token)
    left_out = (*particles.ARTICLES, particles.OF)
    before = [each for each in sentence.tokens[:place] if each.text not in left_out][-1:]
    if before and before[0].shape == NUMBER:
        return True if before[0].meaning and _counts_people(before[0].meaning) else None
    is_ranked = any(each.kind not in (None, Kind.NEUTRAL) or each.in_phrase for each in before)
    near = sentence.tokens[max(0, place - 1) : place + 4]
    return True if any(each.shape == GROUP for each in near) and not is_ranked else None


def _counts_people(meaning: Meaning) -> bool:
    return bool(HEADS & set(plain(meaning.fact.label).replace(",", "").split()))
