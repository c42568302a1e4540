"""Directions: nothing that fell is said to have risen, and no highest value is below the lowest."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact, Sign
from deckgen.orchestrator.analyst.proof.checks.lexicon import FALL, HIGHEST, LOWEST, RISE, STEADY
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts
from deckgen.orchestrator.analyst.proof.checks.tokens import Token, clauses, tokens

NOT_STEADY = 0.05  # a relative change from which on nothing is steady
_WITH_UP = frozenset({"make", "makes", "made", "add", "adds", "added", "sum", "sums"})  # to make up

# How a fact is labelled that says how much of a rise or a fall something was.
_PART = re.compile(r"\bin the (rise|fall) of\b")
_STEPS = "steps in which "  # ... rose, or fell
_WAYS = {"rise": "rise", "rose": "rise", "fall": "fall", "fell": "fall"}
_PART_OF = re.compile(r"\bin the (rise|fall) of (.+)$", re.DOTALL)
_WAY_OF = re.compile(r"\bthe (rise|fall) of \{\{c(\d+)\}\}")

Facts = dict[str, Fact]


def problems(deck: Deck) -> Iterator[str]:
    """The places where a word contradicts the number that it is said of."""
    facts = {fact.id: fact for fact in deck.facts}
    for place, text in deck_texts(deck):
        found = tokens(text)
        for problem in chain.from_iterable(look(found, facts) for look in LOOKS):
            yield f"{place}: {problem}"
    yield from _of_columns(deck)


def _changes(found: Sequence[Token], facts: Facts) -> Iterator[str]:
    """Changes that go the other way than the nearest word of direction says."""
    for index, token in enumerate(found):
        fact = facts.get(token.text) if token.is_reference else None
        if fact is None or fact.sign is Sign.PLAIN or not isinstance(fact.value, int | float):
            continue
        word = _nearest(found, index)
        if word is None and fact.sign is Sign.SIZE:
            yield f"{fact.id} is a size ({fact.display}) and no word says of what: a rise or a fall"
        elif word is not None and _contradicts(word, fact.value):
            yield f"“{word}” is said of {fact.id}, which is {fact.value:+.3g}"


def _contradicts(word: str, value: float) -> bool:
    if word in STEADY:
        return abs(value) >= NOT_STEADY and abs(value) < 1
    return (value < 0) if word in RISE else (value > 0)


def _nearest(found: Sequence[Token], index: int) -> str | None:
    """The word of direction that is nearest in the same clause, before rather than after it."""
    own = found[index]
    near = [
        (abs(place - index), place > index, token.text)
        for place, token in enumerate(found)
        if token.clause == own.clause and _is_direction(found, place)
    ]
    return min(near)[2] if near else None


def _is_direction(found: Sequence[Token], place: int) -> bool:
    token = found[place]
    is_idiom = token.text == "up" and place > 0 and found[place - 1].text in _WITH_UP
    return not token.is_reference and token.text in RISE | FALL | STEADY and not is_idiom


def _courses(found: Sequence[Token], facts: Facts) -> Iterator[str]:
    """ "from A to B" where B lies on the other side of A than the word before it says."""
    for index, token in enumerate(found):
        if token.is_reference or token.text != "from":
            continue
        ends = _ends(found[index:], facts)
        words = [
            one.text
            for place, one in enumerate(found[:index])
            if one.sentence == token.sentence
            and token.clause - one.clause <= 1
            and _is_direction(found, place)
        ]
        if ends is None or not words or words[-1] in STEADY:
            continue
        start, end = ends
        assert isinstance(start.value, int | float)
        assert isinstance(end.value, int | float)
        if _contradicts(words[-1], end.value - start.value):
            yield f"“{words[-1]}” is said of the way from {start.display} to {end.display}"


def _ends(found: Sequence[Token], facts: Facts) -> tuple[Fact, Fact] | None:
    """The two numbers of one unit around the next "to" of the clause."""
    clause = [token for token in found if token.clause == found[0].clause]
    split = next((n for n, one in enumerate(clause) if not one.is_reference and one.text == "to"), None)
    if split is None:
        return None
    start, end = (
        next((facts[one.text] for one in part if one.is_reference and _is_level(facts, one)), None)
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


def _ends_of_orders(found: Sequence[Token], facts: Facts) -> Iterator[str]:
    """A fact about one end of an order in a clause that names the other end alone."""
    for clause in clauses(found):
        words = {token.text for token in clause if not token.is_reference}
        for token in clause:
            fact = facts.get(token.text) if token.is_reference else None
            about = _end(fact.label) if fact else None
            for one, other in ((HIGHEST, LOWEST), (LOWEST, HIGHEST)):
                if about in one and words & other and not words & one:
                    yield f"“{min(words & other)}” is said of {token.text}, the {about}"


def _end(label: str) -> str | None:
    """Which end of an order a label speaks of: the first word of such, later ones are of names."""
    return next((word for word in label.lower().split() if word in HIGHEST | LOWEST), None)


def _parts(found: Sequence[Token], facts: Facts) -> Iterator[str]:
    """A part of a rise in a clause that speaks of a fall alone, or the other way round."""
    for token in found:
        fact = facts.get(token.text) if token.is_reference else None
        way = _way_of_a_part(fact)
        if fact is None or way is None:
            continue
        own, other = (RISE, FALL) if way == "rise" else (FALL, RISE)
        words = {
            one.text
            for place, one in enumerate(found)
            if one.clause == token.clause and _is_direction(found, place)
        }
        if words & other and not words & own:
            yield f"“{min(words & other)}” is said of {fact.id}, which is of a {way}"


def _way_of_a_part(fact: Fact | None) -> str | None:
    """ "rise" or "fall", if the fact says how much of one something was."""
    if fact is None:
        return None
    said, _, last = fact.label.rpartition(" ")
    if last in ("rose", "fell") and _STEPS in f"{said} ":
        return _WAYS[last]
    match = _PART.search(fact.label)
    return _WAYS[match[1]] if match else None


def _of_columns(deck: Deck) -> Iterator[str]:
    """A text about the rise of a column of which the deck has parts of a fall only, or the other way
    round: it needs no number of its own.
    """
    known: dict[str, set[str]] = {}
    for fact in deck.facts:
        if part := _PART_OF.search(fact.label):
            known.setdefault(part[2], set()).add(part[1])
    columns = deck.source.columns if deck.source else []
    for place, text in deck_texts(deck):
        for way, number in _WAY_OF.findall(text.lower()):
            label = columns[int(number)].label if int(number) < len(columns) else ""
            if label in known and way not in known[label]:
                yield f"{place}: what the deck has parts of is a {min(known[label])} of “{label}”"


def _extremes(found: Sequence[Token], facts: Facts) -> Iterator[str]:
    """A "highest" below a "lowest" of the same unit in one sentence."""
    ends = [(part[0].sentence, *end) for part in clauses(found) if (end := _extreme(part, facts))]
    for sentence, is_high, fact in ends:
        for other_sentence, other_is_high, other in ends:
            alike = sentence == other_sentence and fact.unit == other.unit
            if alike and is_high and not other_is_high and _value(fact) < _value(other):
                yield f"{fact.display} is said to be highest, {other.display} lowest"


def _extreme(clause: Sequence[Token], facts: Facts) -> tuple[bool, Fact] | None:
    """Whether a clause names one end of an order, and its first number."""
    ends = {token.text in HIGHEST for token in clause if token.text in HIGHEST | LOWEST}
    levels = [facts[token.text] for token in clause if token.is_reference and _is_level(facts, token)]
    return (ends.pop(), levels[0]) if len(ends) == 1 and levels else None


def _value(fact: Fact) -> float:
    assert isinstance(fact.value, int | float)
    return fact.value


LOOKS = (_changes, _courses, _ends_of_orders, _parts, _extremes)
