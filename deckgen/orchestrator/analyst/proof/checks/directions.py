"""Directions: no fall is called a rise, and no highest value is below the lowest."""

from collections.abc import Iterator, Sequence
from itertools import chain

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact, Sign
from deckgen.domain.language.phrasebook import Words
from deckgen.orchestrator.analyst.proof.checks.lexicon import checked_words
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts
from deckgen.orchestrator.analyst.proof.checks.tokens import Token, clauses, tokens

NOT_STEADY = 0.05  # the relative change from which nothing is steady

Facts = dict[str, Fact]


def problems(deck: Deck) -> Iterator[str]:
    """Yields the places where a word contradicts its number."""
    facts = {fact.id: fact for fact in deck.facts}
    known = checked_words(deck.language)
    for place, text in deck_texts(deck):
        text_tokens = tokens(text, known.joins)
        for problem in chain.from_iterable(check(text_tokens, facts, known) for check in LOOKS):
            yield f"{place}: {problem}"


def _changes(text_tokens: Sequence[Token], facts: Facts, known: Words) -> Iterator[str]:
    """Yields changes that contradict the nearest word of direction."""
    for index, token in enumerate(text_tokens):
        fact = facts.get(token.text) if token.is_reference else None
        if fact is None or fact.sign is Sign.PLAIN or not isinstance(fact.value, int | float):
            continue
        word = _nearest(text_tokens, index, known)
        if word is None and (fact.sign is Sign.SIZE or not _names_a_column(text_tokens, token)):
            word = _in_the_clause_before(text_tokens, token, known)
        if word is None and fact.sign is Sign.SIZE:
            yield f"{fact.id} is a size ({fact.display}) and no word says of what: a rise or a fall"
        elif word is not None and _contradicts(word, fact.value, known):
            yield f"“{word}” is said of {fact.id}, which is {fact.value:+.3g}"


def _contradicts(word: str, value: float, known: Words) -> bool:
    if word in known.either:
        return False
    if word in known.steady:
        return abs(value) >= NOT_STEADY and abs(value) < 1
    return (value < 0) if word in known.rise else (value > 0)


def _nearest(text_tokens: Sequence[Token], index: int, known: Words) -> str | None:
    """Returns the nearest word of direction in the same clause, before rather than after the token.

    In "rose by more than {{f1}}" the farther word says which way it went.
    """
    token = text_tokens[index]
    near = [
        (other.text in known.either, abs(place - index), place > index, other.text)
        for place, other in enumerate(text_tokens)
        if other.clause == token.clause and _is_direction(text_tokens, place, known)
    ]
    return min(near)[-1] if near else None


def _names_a_column(text_tokens: Sequence[Token], token: Token) -> bool:
    """True if a clause says what it is about, so that a number with a sign needs no clause before it:
    "where the price was higher, {{c2}} moved by {{f9}}".
    """
    clause = [other for other in text_tokens if other.clause == token.clause]
    return any(other.is_reference and other.text[0] in "cC" for other in clause)


def _in_the_clause_before(text_tokens: Sequence[Token], token: Token, known: Words) -> str | None:
    """Returns the last word of direction in the clause before, of the same sentence."""
    words = [
        other.text
        for place, other in enumerate(text_tokens)
        if other.clause == token.clause - 1
        and other.sentence == token.sentence
        and _is_direction(text_tokens, place, known)
    ]
    return _last(words, known)


def _last(words: Sequence[str], known: Words) -> str | None:
    """Returns the last word of direction, rather one that says which way."""
    found = [word for word in words if word not in known.either] or words
    return found[-1] if found else None


def _is_direction(text_tokens: Sequence[Token], place: int, known: Words) -> bool:
    token = text_tokens[place]
    is_idiom = place > 0 and (text_tokens[place - 1].text, token.text) in known.idioms
    return not token.is_reference and token.text in known.directions and not is_idiom


def _courses(text_tokens: Sequence[Token], facts: Facts, known: Words) -> Iterator[str]:
    """Yields each "from A to B" whose direction contradicts the word before it."""
    for index, token in enumerate(text_tokens):
        if token.is_reference or token.text not in known.start:
            continue
        ends = _ends(text_tokens[index:], facts, known)
        words = [
            other.text
            for place, other in enumerate(text_tokens[:index])
            if other.sentence == token.sentence
            and token.clause - other.clause <= 1
            and _is_direction(text_tokens, place, known)
        ]
        word = _last(words, known)
        if ends is None or word is None or word in known.steady:
            continue
        start, end = ends
        assert isinstance(start.value, int | float)
        assert isinstance(end.value, int | float)
        if _contradicts(word, end.value - start.value, known):
            yield f"“{word}” is said of the way from {start.display} to {end.display}"


def _ends(text_tokens: Sequence[Token], facts: Facts, known: Words) -> tuple[Fact, Fact] | None:
    """Returns the two numbers of one unit around the next "to" of the clause."""
    clause = [token for token in text_tokens if token.clause == text_tokens[0].clause]
    split = next(
        (
            place
            for place, token in enumerate(clause)
            if not token.is_reference and token.text in known.end
        ),
        None,
    )
    if split is None:
        return None
    start, end = (
        next(
            (facts[token.text] for token in part if token.is_reference and _is_level(facts, token)),
            None,
        )
        for part in (clause[:split], clause[split:])
    )
    return (start, end) if start and end and start.unit == end.unit else None


def _is_level(facts: Facts, token: Token) -> bool:
    fact = facts.get(token.text)
    return (
        fact is not None
        and fact.sign is Sign.PLAIN
        and fact.unit.is_numeric
        and isinstance(fact.value, int | float)
    )


def _ends_of_orders(text_tokens: Sequence[Token], facts: Facts, known: Words) -> Iterator[str]:
    """Yields facts about one end of an order in clauses that name only the other end."""
    for clause in clauses(text_tokens):
        words = {token.text for token in clause if not token.is_reference}
        for token in clause:
            fact = facts.get(token.text) if token.is_reference else None
            end = fact.about.end if fact and fact.about else None
            if end is None:
                continue
            ends = (known.highest, known.lowest)
            own, opposite = ends if end == "highest" else ends[::-1]
            if words & opposite and not words & own:
                yield f"“{min(words & opposite)}” is said of {token.text}, the {end}"


def _extremes(text_tokens: Sequence[Token], facts: Facts, known: Words) -> Iterator[str]:
    """Yields each "highest" below a "lowest" of the same unit in one sentence."""
    ends = [
        (part[0].sentence, *end)
        for part in clauses(text_tokens)
        if (end := _extreme(part, facts, known))
    ]
    for sentence, is_high, fact in ends:
        for other_sentence, other_is_high, other in ends:
            alike = sentence == other_sentence and fact.unit == other.unit
            if alike and is_high and not other_is_high and _value(fact) < _value(other):
                yield f"{fact.display} is said to be highest, {other.display} lowest"


def _extreme(clause: Sequence[Token], facts: Facts, known: Words) -> tuple[bool, Fact] | None:
    """Returns whether a clause names the high end of an order, and its first number."""
    both = known.highest | known.lowest
    ends = {token.text in known.highest for token in clause if token.text in both}
    levels = [facts[token.text] for token in clause if token.is_reference and _is_level(facts, token)]
    return (ends.pop(), levels[0]) if len(ends) == 1 and levels else None


def _value(fact: Fact) -> float:
    assert isinstance(fact.value, int | float)
    return fact.value


LOOKS = (_changes, _courses, _ends_of_orders, _extremes)
