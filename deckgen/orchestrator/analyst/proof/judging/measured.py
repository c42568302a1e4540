"""The measure to which a sentence attaches a number: it must be the number's own."""

from collections.abc import Iterator, Sequence

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import COMPARES, MOVES
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, plain, same_measure, singular
from deckgen.orchestrator.analyst.proof.judging.mentions import at_once_after, in_order, last_before
from deckgen.orchestrator.analyst.proof.judging.reading import MEASURE, NUMBER, WORD, Token


def problems(
    token: Token, meaning: Meaning, clause: Sequence[Token], tokens: Sequence[Token]
) -> Iterator[str]:
    """Yields the measure beside a number that is not its own."""
    words = {each.text for each in clause}
    if len(means := words & particles.MEANS) == 1 and meaning.is_exact and meaning.is_level:
        is_median = particles.MEDIAN in meaning.fact.label.split()
        if is_median != (particles.MEDIAN in means):
            yield f"is “{meaning.fact.label}”, and no {min(means)}"
    if not meaning.measure:
        yield from _of_named(token, meaning, clause)
        return
    if other := _other_of_verb(token, meaning, clause, tokens):
        yield f"is about “{meaning.measure}”, not “{other}”"
    if _is_duration(token, meaning, clause) or _verb_of(token, clause).startswith(_stem(meaning)):
        return
    objects = [each for each in tokens if each.shape == MEASURE and _is_of_other(each, token, tokens)]
    found = _beside(token, meaning, clause, [each for each in tokens if each not in objects])
    is_bare = not _measures(clause)
    own = (*found, *(each for each in objects if is_bare or each in clause))
    if found and not any(_is_its(meaning, each, token, clause, tokens) for each in own):
        yield f"is about “{meaning.measure}”, not “{found[0].text}”"


def _beside(
    token: Token, meaning: Meaning, clause: Sequence[Token], tokens: Sequence[Token]
) -> list[Token]:
    """Returns the measures to which a sentence attaches a number: one after it, or those near it."""
    direct = _counted(token, clause) or _moved(token, clause)
    if direct := direct or at_once_after(token, clause, MEASURE, particles.OF_A_MEASURE):
        return [direct]
    near = [each for each in tokens if each in clause]
    own = _measures(near)
    if not own:
        return _measures(tokens)
    if meaning.is_against:
        return own
    return [in_order(token, near, MEASURE) or last_before(token, near, MEASURE) or own[0]]


def _is_its(
    meaning: Meaning, mention: Token, token: Token, clause: Sequence[Token], tokens: Sequence[Token]
) -> bool:
    """True if a mention is of a number's measure, of what that is held against, or of its whole."""
    if same_measure(meaning.measure, mention.text):
        return True
    label = plain(meaning.fact.label)
    if meaning.is_against and any(each.text in label for each in _measures(clause)):
        return True
    if meaning.is_for_each(mention.text) and _is_one(mention, tokens):
        return True
    is_part = mention not in clause or at_once_after(token, clause, MEASURE, particles.PARTS) is mention
    return is_part and bool(meaning.per) and same_measure(meaning.per, mention.text)


def _of_named(token: Token, meaning: Meaning, clause: Sequence[Token]) -> Iterator[str]:
    """Yields measures beside a number whose label names others: "slope of cost and price"."""
    mentions = _measures(clause)
    if len(meaning.named) == 1 and mentions:
        mentions = [last_before(token, clause, MEASURE) or mentions[0]]
    for mention in mentions:
        if meaning.named and singular(mention.text) not in meaning.named:
            yield f"is about “{meaning.fact.label}”, not “{mention.text}”"


def _is_one(mention: Token, tokens: Sequence[Token]) -> bool:
    """True if a sentence speaks of one of what is counted: "{{f1}} per order", "an order costs"."""
    before = [each.text for each in tokens if each.place < mention.place]
    return bool(before) and before[-1] in particles.EACH


def _is_of_other(mention: Token, token: Token, tokens: Sequence[Token]) -> bool:
    """True if a measure is compared with, or has a number of its own: "against a budget of {{f1}}"."""
    after = [each for each in tokens if each.place > mention.place][:2]
    before = [each.text for each in tokens if each.place < mention.place]
    if before and before[-1] == particles.SAME:
        return True  # "at the same weight"
    is_of = len(after) > 1 and after[0].text == particles.OF and after[1].shape == NUMBER
    return _is_object(mention, tokens) or (is_of and after[1] is not token)


def _verb_of(token: Token, clause: Sequence[Token]) -> str:
    """Returns the verb after a number: "{{f1}} budgeted", "{{f1}} had been budgeted"."""
    after = clause[clause.index(token) + 1 :]
    words = [each for each in after if each.text not in particles.AUXILIARIES][:1]
    return words[0].text if words and words[0].shape == WORD else ""


def _other_of_verb(
    token: Token, meaning: Meaning, clause: Sequence[Token], tokens: Sequence[Token]
) -> str:
    """Returns the other measure of the sentence that the verb after a number is made of."""
    verb = _verb_of(token, clause)
    others = [each.meaning for each in tokens if each.shape == NUMBER and each.meaning]
    found = [each.measure for each in others if each.measure and verb.startswith(_stem(each))]
    return "" if not found or verb.startswith(_stem(meaning)) else found[0]


def _stem(meaning: Meaning) -> str:
    return singular(plain(meaning.measure))


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
