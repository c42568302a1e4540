"""Causes: the data show what moved together, and never that one thing made another move."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.directions import SAY_A_WAY
from deckgen.orchestrator.analyst.proof.judging.kinds import MOVES
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, MEASURE, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence
from deckgen.orchestrator.analyst.proof.judging.vocabulary import VERBS


def effects(sentence: Sentence) -> Iterator[str]:
    """Yields what one measure is said to do to another: "fewer orders raised revenue"."""
    for token in sentence.tokens:
        if token.kind not in MOVES or token.text not in VERBS:
            continue
        clause = [each for each in sentence.clause(token) if each.text not in particles.ARTICLES]
        after = clause[clause.index(token) + 1 :][:1]
        others = [each.text for each in clause if each.shape == MEASURE and each.place < token.place]
        if after and after[0].shape == MEASURE and set(others) - {after[0].text}:
            yield f"no fact shows that {others[-1]} “{token.text}” {after[0].text}"


def reasons(sentence: Sentence) -> Iterator[str]:
    """Yields what is said to be since something else is, unless it is arithmetic: revenue per order."""
    if any(" per " in each.text for each in sentence.tokens if each.shape == MEASURE):
        return
    for word, after in pairwise(sentence.tokens):
        if word.text == particles.BEFORE_REASONS and after.shape in (MEASURE, GROUP):
            yield f"no fact shows a reason: “{word.text} {after.text}”"


def results(sentence: Sentence) -> Iterator[str]:
    """Yields a move of one measure that another is said to bring: "lower cost produced a gain"."""
    for token in sentence.tokens:
        if token.text not in particles.BRINGING:
            continue
        clause = sentence.clause(token)
        subjects = [each for each in clause if each.shape == MEASURE and each.place < token.place]
        before = {each.text for each in subjects if not _is_counted(clause, each)}
        after = [each for each in clause if each.place > token.place]
        brought = {each.text for each in after if each.shape == MEASURE}
        if before and brought - before and any(each.kind in SAY_A_WAY for each in after):
            yield f"no fact shows that {min(before)} “{token.text}” it"


def _is_counted(clause: Sequence[Token], mention: Token) -> bool:
    """True if things are counted, which bring what they add up to: "fewer orders brought more"."""
    before = [each.text for each in clause if each.place < mention.place]
    return bool(before) and before[-1] in particles.OF_THINGS
