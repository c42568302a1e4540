"""Claims computed again: from the facts of the deck, and from what the same questions state now.

The facts are proved by their own queries, so a claim holds if its facts make it. Of a deck of another
version this is all that can be asked; of one of this version the claims must be the very ones.
"""

from collections.abc import Iterator

from deckgen.domain.claims import Claim, Stated
from deckgen.domain.decks import Deck
from deckgen.domain.facts import Fact, references
from deckgen.orchestrator.analyst.proof import claiming
from deckgen.orchestrator.analyst.proof.assemble import states_of
from deckgen.orchestrator.verifier.differences import differences
from deckgen.orchestrator.verifier.recomputation import Recomputation
from deckgen.orchestrator.verifier.sources import is_as_composed

Key = tuple[object, ...]
_FIELDS = ("relation", "about", "than", "sure")


def problems(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields the claims that do not follow from the facts; a deck without claims has none."""
    if not deck.claims:
        return
    facts, known = {fact.id: fact for fact in deck.facts}, _known(expected)
    for claim in deck.claims:
        yield from _unfounded(claim, facts, known)
        yield from _misplaced(claim, deck)
    if is_as_composed(deck) and deck.edited is None:
        due = claiming.told(deck.slides, deck.facts, states_of(expected.findings))
        yield from differences("claims", deck.claims, due)


def unproved(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields claims about several facts together that this version does not make of them."""
    facts, known = {fact.id: fact for fact in deck.facts}, _known(expected)
    for claim in deck.claims:
        is_known = all(name in facts for name in claim.facts)
        if is_known and not _by_its_facts(claim, facts) and _key(claim, facts) not in known:
            yield f"{claim.id}: that {', '.join(claim.facts)} say “{claim.relation}” was not computed"


def _known(expected: Recomputation) -> set[Key]:
    """Returns what the answers to the same questions state now."""
    computed = {fact.id: fact for fact in (expected.findings.facts if expected.findings else [])}
    states = [each for each in states_of(expected.findings) if computed.keys() >= set(each.facts)]
    return {_key(each, computed) for each in states}


def _key(stated: Stated | Claim, facts: dict[str, Fact]) -> Key:
    """Returns what a statement says, by the meaning of its facts: their ids differ between versions."""
    return (
        stated.relation,
        stated.sure,
        tuple((facts[name].label, facts[name].sql) for name in stated.facts),
    )


def _unfounded(claim: Claim, facts: dict[str, Fact], known: set[Key]) -> Iterator[str]:
    missing = [name for name in claim.facts if name not in facts]
    if missing:
        yield f"{claim.id}: the deck has no {', '.join(missing)}"
        return
    found = _by_its_facts(claim, facts)
    if (found is None or found.relation is not claim.relation) and _key(claim, facts) in known:
        found = _as_stated(claim, facts)
    cited = [facts[name].about for name in claim.facts if facts[name].about]
    if found is None and claim.about not in (cited or [None]):
        yield f"{claim.id}: it is about something else than its facts"
    if found is not None:
        for name in _FIELDS:
            yield from differences(f"{claim.id}.{name}", getattr(claim, name), getattr(found, name))


def _by_its_facts(claim: Claim, facts: dict[str, Fact]) -> Claim | None:
    """Returns the claim that facts make by themselves; None if it takes a statement to make one."""
    found = claiming.of_facts([facts[name] for name in claim.facts])
    return found if found is not None and found.facts == claim.facts else None


def _as_stated(claim: Claim, facts: dict[str, Fact]) -> Claim:
    """Returns the claim of a statement that the answers make again."""
    stated = claiming.stated_by([claim])[0]
    return claiming.of_statement(stated, [facts[name] for name in claim.facts])


def _misplaced(claim: Claim, deck: Deck) -> Iterator[str]:
    """Yields the places of a claim whose sentences do not cite its facts."""
    places = {place.model_dump_json(): text for place, text in claiming.sentences(deck.slides)}
    for place in claim.told:
        text = places.get(place.model_dump_json())
        if text is None or not set(references(text)).issuperset(claim.facts):
            yield f"{claim.id}: it is not told in the {place.place} of {place.slide}"
