"""Negations: what is said not to hold must be what a fact contradicts, and not what none shows."""

from deckgen.orchestrator.analyst.proof.judging.directions import FALLS, RISES
from deckgen.orchestrator.analyst.proof.judging.evidence import Way
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import same_measure
from deckgen.orchestrator.analyst.proof.judging.reading import MARK, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence

REACH = 4  # words from a negation to what it negates: "is not by itself the largest"
NOT = (Kind.NOT, Kind.DID_NOT)
# What can be denied: a fact that does not show it shows the opposite.
DENIED = frozenset(
    {Kind.RISE, Kind.FALL, Kind.BETTER, Kind.WORSE, Kind.MORE, Kind.LESS, Kind.FAR_MORE}
    | {Kind.FAR_LESS, Kind.CLEAR, Kind.WIDE, Kind.ALIKE, Kind.MAJORITY, Kind.MUCH, Kind.STEADY}
)
RANKS: dict[Kind | None, str] = {
    Kind.HIGH: "highest",
    Kind.LOW: "lowest",
    Kind.PEAK: "highest",
    Kind.TROUGH: "lowest",
}


def holds(sentence: Sentence, token: Token, check: Check) -> bool | None:
    """Returns whether what a word asserts holds; of a denied one whether it does not."""
    found = check(sentence, token)
    if not any(_denied(sentence, each) is token for each in sentence.tokens if each.kind in NOT):
        return found
    if (end := RANKS.get(token.kind)) and not _is_known(sentence, token, end):
        return None  # who is first stands nowhere
    return None if found is None else not found


def of_no_word(sentence: Sentence, token: Token) -> bool | None:
    """A negation by itself is covered if it denies what can be denied."""
    return True if _denied(sentence, token) else None


def of_the_other(sentence: Sentence, token: Token) -> bool | None:
    """One measure did not move the way that the other did, which the clause before says."""
    if _denied(sentence, token):
        return True
    after = [each for each in sentence.clause(token) if each.place > token.place]
    words = [
        each for each in sentence.tokens if each.clause < token.clause and each.kind in RISES | FALLS
    ]
    if len([each for each in after if each.shape != MARK]) > 1 or not words:
        return None
    way: Way = "rise" if words[-1].kind in RISES else "fall"
    moved = sentence.evidence.moved(sentence.measure_of(token), way)
    return None if moved is None else not moved


def _denied(sentence: Sentence, token: Token) -> Token | None:
    """Returns the word that a negation denies: the first after it that asserts something."""
    after = [each for each in sentence.clause(token) if each.place > token.place][:REACH]
    asserting = next((each for each in after if each.kind not in (None, Kind.NEUTRAL)), None)
    can_be = asserting is not None and (asserting.kind in DENIED or asserting.kind in RANKS)
    return asserting if can_be else None


def _is_known(sentence: Sentence, token: Token, end: str) -> bool:
    measure = sentence.measure_of(token)
    meanings = sentence.evidence.meanings
    return any(each.end == end and same_measure(each.measure, measure) for each in meanings)
