"""Groups: a number that is about one group does not stand beside the name of another."""

from collections.abc import Iterator, Sequence

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import Format
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts
from deckgen.orchestrator.analyst.proof.checks.tokens import Token, clauses, tokens


def problems(deck: Deck) -> Iterator[str]:
    """The places where a number of one group is told of another."""
    facts = {fact.id: fact for fact in deck.facts}
    for place, text in deck_texts(deck):
        found = tokens(text)
        named = _names(found, facts)
        for clause in clauses(found):
            own = _names(clause, facts) or named
            for token in clause:
                fact = facts.get(token.text) if token.is_reference else None
                if fact is not None and _is_of_others(fact, own):
                    yield f"{place}: {fact.id} is about {', '.join(fact.groups)}, not {_said(own)}"


def _is_of_others(fact: Fact, named: frozenset[str]) -> bool:
    return bool(fact.unit.is_numeric and fact.groups and named and not named & set(fact.groups))


def _names(found: Sequence[Token], facts: dict[str, Fact]) -> frozenset[str]:
    """The groups that are named: texts out of the table."""
    texts = (facts[token.text] for token in found if token.is_reference and token.text in facts)
    return frozenset(
        str(fact.value) for fact in texts if fact.unit.format is Format.TEXT and fact.value is not None
    )


def _said(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
