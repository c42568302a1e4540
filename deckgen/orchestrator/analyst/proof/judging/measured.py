"""The measure to which a sentence attaches a number: it must be the number's own."""

from collections.abc import Iterator, Sequence

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import COMPARES, MOVES
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, plain, same_measure, singular
from deckgen.orchestrator.analyst.proof.judging.mentions import at_once_after, in_order, last_before
from deckgen.orchestrator.analyst.proof.judging.reading import MEASURE, Token


def problems(
    token: Token, meaning: Meaning, clause: Sequence[Token], tokens: Sequence[Token]
) -> Iterator[str]:
    """Yields the measure beside a number that is not its own."""
    if not meaning.measure:
        yield from _of_named(token, meaning, clause)
        return
    if _is_duration(token, meaning, clause):
        return
    mentioned = [each for each in tokens if each.shape == MEASURE and not _is_object(each, tokens)]
    own = [each for each in clause if each in mentioned]
    direct = _counted(token, clause) or _moved(token, clause)
    direct = direct or at_once_after(token, clause, MEASURE, particles.OF_A_MEASURE)
    if direct is not None:
        found = [direct]
    elif own:
        nearest = in_order(token, clause, MEASURE) or last_before(token, clause, MEASURE) or own[0]
        found = own if meaning.is_against else [nearest]
        if meaning.is_against and any(
            each.text in plain(meaning.fact.label) for each in _measures(clause)
        ):
            return
    else:
        found = mentioned
    objects = [each for each in clause if each.shape == MEASURE and each not in mentioned]
    if found and not any(same_measure(meaning.measure, each.text) for each in (*found, *objects)):
        yield f"is about “{meaning.measure}”, not “{found[0].text}”"


def _of_named(token: Token, meaning: Meaning, clause: Sequence[Token]) -> Iterator[str]:
    """Yields measures beside a number whose label names others: "slope of cost and price"."""
    mentions = _measures(clause)
    if len(meaning.named) == 1 and mentions:
        mentions = [last_before(token, clause, MEASURE) or mentions[0]]
    for mention in mentions:
        if meaning.named and singular(mention.text) not in meaning.named:
            yield f"is about “{meaning.fact.label}”, not “{mention.text}”"


def _measures(clause: Sequence[Token]) -> list[Token]:
    """Returns the measures that a clause mentions."""
    return [each for each in clause if each.shape == MEASURE]


def _counted(token: Token, clause: Sequence[Token]) -> Token | None:
    """Returns what a number counts, if that follows it: "{{f1}} orders", "{{f1}} more orders"."""
    later = clause[clause.index(token) + 1 :]
    words = [each for each in later if each.text not in particles.COMPARATIVES][:1]
    return words[0] if words and words[0].shape == MEASURE else None


def _moved(token: Token, clause: Sequence[Token]) -> Token | None:
    """Returns what a number says the move of: "a {{f1}} decline in orders"."""
    after = clause[clause.index(token) + 1 :][:1]
    is_move = bool(after) and after[0].kind in MOVES
    return at_once_after(after[0], clause, MEASURE, particles.OF_A_MEASURE) if is_move else None


def _is_object(mention: Token, tokens: Sequence[Token]) -> bool:
    """True if something else is compared with a measure: "exceeded the budget by {{f1}}"."""
    earlier = [
        each for each in tokens if each.place < mention.place and each.text not in particles.ARTICLES
    ]
    if not earlier or earlier[-1].text in particles.COMPARATIVES:
        return False
    return earlier[-1].kind in COMPARES or earlier[-1].text in particles.COMPARED_WITH


def _is_duration(token: Token, meaning: Meaning, clause: Sequence[Token]) -> bool:
    """True if a number says how long something takes, whatever it is: "closes tickets in {{f1}}"."""
    place = clause.index(token)
    word = clause[place - 1].text if place else ""
    return meaning.is_duration and word in particles.BEFORE_DURATIONS
