"""Directions: no fall is called a rise, and no highest value is below the lowest."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact, Sign
from deckgen.orchestrator.analyst.proof.checks.lexicon import (
    EITHER,
    FALL,
    HIGHEST,
    LOWEST,
    RISE,
    STEADY,
)
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts
from deckgen.orchestrator.analyst.proof.checks.tokens import Token, clauses, tokens

_SAYS_A_WAY = RISE | FALL | STEADY | EITHER
NOT_STEADY = 0.05  # the relative change from which nothing is steady
_WITH_UP = frozenset({"make", "makes", "made", "add", "adds", "added", "sum", "sums"})  # to make up

# The labels of facts about the part of something in a rise or a fall.
_PART = re.compile(r"\bin the (rise|fall) of\b")
_STEPS = "steps in which "  # ... rose, or fell
_WAYS = {"rise": "rise", "rose": "rise", "fall": "fall", "fell": "fall"}
_PART_OF = re.compile(r"\bin the (rise|fall) of (.+)$", re.DOTALL)
_WAY_OF = re.compile(r"\bthe (rise|fall) of \{\{c(\d+)\}\}")

Facts = dict[str, Fact]


def problems(deck: Deck) -> Iterator[str]:
    """Yields the places where a word contradicts its number."""
    facts = {fact.id: fact for fact in deck.facts}
    for place, text in deck_texts(deck):
        text_tokens = tokens(text)
        for problem in chain.from_iterable(check(text_tokens, facts) for check in LOOKS):
            yield f"{place}: {problem}"
    yield from _of_columns(deck)


def _changes(text_tokens: Sequence[Token], facts: Facts) -> Iterator[str]:
    """Yields changes that contradict the nearest word of direction."""
    for index, token in enumerate(text_tokens):
        fact = facts.get(token.text) if token.is_reference else None
        if fact is None or fact.sign is Sign.PLAIN or not isinstance(fact.value, int | float):
            continue
        word = _nearest(text_tokens, index) or _in_the_clause_before(text_tokens, token)
        if word is None and fact.sign is Sign.SIZE:
            yield f"{fact.id} is a size ({fact.display}) and no word says of what: a rise or a fall"
        elif word is not None and _contradicts(word, fact.value):
            yield f"“{word}” is said of {fact.id}, which is {fact.value:+.3g}"


def _contradicts(word: str, value: float) -> bool:
    if word in EITHER:
        return False
    if word in STEADY:
        return abs(value) >= NOT_STEADY and abs(value) < 1
    return (value < 0) if word in RISE else (value > 0)


def _nearest(text_tokens: Sequence[Token], index: int) -> str | None:
    """Returns the nearest word of direction in the same clause, before rather than after the token."""
    token = text_tokens[index]
    near = [
        (abs(place - index), place > index, other.text)
        for place, other in enumerate(text_tokens)
        if other.clause == token.clause and _is_direction(text_tokens, place)
    ]
    return min(near)[2] if near else None


def _in_the_clause_before(text_tokens: Sequence[Token], token: Token) -> str | None:
    """Returns the last word of direction in the clause before, of the same sentence."""
    words = [
        other.text
        for place, other in enumerate(text_tokens)
        if other.clause == token.clause - 1
        and other.sentence == token.sentence
        and _is_direction(text_tokens, place)
    ]
    return words[-1] if words else None


def _is_direction(text_tokens: Sequence[Token], place: int) -> bool:
    token = text_tokens[place]
    is_idiom = token.text == "up" and place > 0 and text_tokens[place - 1].text in _WITH_UP
    return not token.is_reference and token.text in _SAYS_A_WAY and not is_idiom


def _courses(text_tokens: Sequence[Token], facts: Facts) -> Iterator[str]:
    """Yields each "from A to B" whose direction contradicts the word before it."""
    for index, token in enumerate(text_tokens):
        if token.is_reference or token.text != "from":
            continue
        ends = _ends(text_tokens[index:], facts)
        words = [
            other.text
            for place, other in enumerate(text_tokens[:index])
            if other.sentence == token.sentence
            and token.clause - other.clause <= 1
            and _is_direction(text_tokens, place)
        ]
        if ends is None or not words or words[-1] in STEADY:
            continue
        start, end = ends
        assert isinstance(start.value, int | float)
        assert isinstance(end.value, int | float)
        if _contradicts(words[-1], end.value - start.value):
            yield f"“{words[-1]}” is said of the way from {start.display} to {end.display}"


def _ends(text_tokens: Sequence[Token], facts: Facts) -> tuple[Fact, Fact] | None:
    """Returns the two numbers of one unit around the next "to" of the clause."""
    clause = [token for token in text_tokens if token.clause == text_tokens[0].clause]
    split = next(
        (place for place, token in enumerate(clause) if not token.is_reference and token.text == "to"),
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


def _ends_of_orders(text_tokens: Sequence[Token], facts: Facts) -> Iterator[str]:
    """Yields facts about one end of an order in clauses that name only the other end."""
    for clause in clauses(text_tokens):
        words = {token.text for token in clause if not token.is_reference}
        for token in clause:
            fact = facts.get(token.text) if token.is_reference else None
            about = _end(fact.label) if fact else None
            for end, opposite in ((HIGHEST, LOWEST), (LOWEST, HIGHEST)):
                if about in end and words & opposite and not words & end:
                    yield f"“{min(words & opposite)}” is said of {token.text}, the {about}"


def _end(label: str) -> str | None:
    """Returns the word for an end of an order in a label: the first one, later ones are in names."""
    return next((word for word in label.lower().split() if word in HIGHEST | LOWEST), None)


def _parts(text_tokens: Sequence[Token], facts: Facts) -> Iterator[str]:
    """Yields parts of a rise in clauses that mention only a fall, and the reverse."""
    for token in text_tokens:
        fact = facts.get(token.text) if token.is_reference else None
        way = _way_of_a_part(fact)
        if fact is None or way is None:
            continue
        same_way, other_way = (RISE, FALL) if way == "rise" else (FALL, RISE)
        words = {
            neighbour.text
            for place, neighbour in enumerate(text_tokens)
            if neighbour.clause == token.clause and _is_direction(text_tokens, place)
        }
        if words & other_way and not words & same_way:
            yield f"“{min(words & other_way)}” is said of {fact.id}, which is of a {way}"


def _way_of_a_part(fact: Fact | None) -> str | None:
    """Returns "rise" or "fall" for a fact about a part of one."""
    if fact is None:
        return None
    beginning, _, last = fact.label.rpartition(" ")
    if last in ("rose", "fell") and _STEPS in f"{beginning} ":
        return _WAYS[last]
    match = _PART.search(fact.label)
    return _WAYS[match[1]] if match else None


def _of_columns(deck: Deck) -> Iterator[str]:
    """Yields texts about the rise of a column of which the deck has only parts of a fall, and the
    reverse; such a text needs no number of its own.
    """
    known_ways: dict[str, set[str]] = {}
    for fact in deck.facts:
        if part := _PART_OF.search(fact.label):
            known_ways.setdefault(part[2], set()).add(part[1])
    columns = deck.source.columns if deck.source else []
    for place, text in deck_texts(deck):
        for way, number in _WAY_OF.findall(text.lower()):
            label = columns[int(number)].label if int(number) < len(columns) else ""
            if label in known_ways and way not in known_ways[label]:
                yield f"{place}: what the deck has parts of is a {min(known_ways[label])} of “{label}”"


def _extremes(text_tokens: Sequence[Token], facts: Facts) -> Iterator[str]:
    """Yields each "highest" below a "lowest" of the same unit in one sentence."""
    ends = [(part[0].sentence, *end) for part in clauses(text_tokens) if (end := _extreme(part, facts))]
    for sentence, is_high, fact in ends:
        for other_sentence, other_is_high, other in ends:
            alike = sentence == other_sentence and fact.unit == other.unit
            if alike and is_high and not other_is_high and _value(fact) < _value(other):
                yield f"{fact.display} is said to be highest, {other.display} lowest"


def _extreme(clause: Sequence[Token], facts: Facts) -> tuple[bool, Fact] | None:
    """Returns whether a clause names the high end of an order, and its first number."""
    ends = {token.text in HIGHEST for token in clause if token.text in HIGHEST | LOWEST}
    levels = [facts[token.text] for token in clause if token.is_reference and _is_level(facts, token)]
    return (ends.pop(), levels[0]) if len(ends) == 1 and levels else None


def _value(fact: Fact) -> float:
    assert isinstance(fact.value, int | float)
    return fact.value


LOOKS = (_changes, _courses, _ends_of_orders, _parts, _extremes)
