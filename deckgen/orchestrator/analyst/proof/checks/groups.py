"""Groups: a number about one group does not stand beside the name of another."""

from collections.abc import Iterable, Iterator, Sequence

from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.language.languages import language
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts
from deckgen.orchestrator.analyst.proof.checks.tokens import Token, clauses, tokens


def problems(deck: Deck) -> Iterator[str]:
    """Yields the places where a number of one group is attributed to another."""
    facts = {fact.id: fact for fact in deck.facts}
    joins = language(deck.language).words.joins
    for place, text in deck_texts(deck):
        text_tokens = tokens(text, joins)
        text_groups = _names(text_tokens, facts)
        for clause in _listing(clauses(text_tokens), facts):
            groups = _names(clause, facts) or text_groups
            for token in clause:
                fact = facts.get(token.text) if token.is_reference else None
                if fact is not None and _is_of_others(fact, groups):
                    yield f"{place}: {fact.id} is about {', '.join(fact.groups)}, not {_listed(groups)}"


def _listing(parts: Iterable[list[Token]], facts: dict[str, Fact]) -> Iterator[list[Token]]:
    """Yields clauses; a name and no more at the start of a sentence begins a list with the next one."""
    begun: list[Token] = []
    sentence = -1
    for part in parts:
        is_first, sentence = part[0].sentence != sentence, part[0].sentence
        if is_first and len(part) == 1 and _names(part, facts):
            begun = part
            continue
        yield [*begun, *part]
        begun = []
    if begun:
        yield begun


def _is_of_others(fact: Fact, names: frozenset[str]) -> bool:
    return bool(fact.unit.is_numeric and fact.groups and names and not names & set(fact.groups))


def _names(some_tokens: Sequence[Token], facts: dict[str, Fact]) -> frozenset[str]:
    """Returns the groups that are named: texts from the table."""
    texts = (facts[token.text] for token in some_tokens if token.is_reference and token.text in facts)
    return frozenset(
        str(fact.value)
        for fact in texts
        if fact.unit.format is ValueFormat.TEXT and fact.value is not None
    )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
