"""The checks that a machine can make of a deck, each with the places where it does not hold."""

from collections.abc import Iterator

from deckgen.domain.decks import Check, Deck
from deckgen.domain.facts import references, unbound_numerals
from deckgen.orchestrator.analyst.checks import (
    directions,
    form,
    groups,
    proof,
    rendered,
    units,
    vocabulary,
)
from deckgen.orchestrator.analyst.checks.texts import deck_texts
from deckgen.orchestrator.analyst.table import Table

__all__ = ["checks", "content", "deck_texts"]


def checks(deck: Deck, table: Table | None) -> list[Check]:
    """All checks; without `table`, facts and charts count as not proved."""
    found = content(deck, table)
    return found + _form(deck) if _is_readable(found) else found


def content(deck: Deck, table: Table | None) -> list[Check]:
    """The checks of what a deck says: whether it is bound to the data, and agrees with itself."""
    found = [
        _check("numerals_bound", _unbound(deck)),
        _check("references_known", _unknown(deck)),
        _check("facts_recomputed", proof.facts(deck, table)),
        _check("charts_recomputed", proof.charts(deck, table)),
    ]
    if not _is_readable(found):
        return found
    return [
        *found,
        _check("directions_agree", directions.problems(deck)),
        _check("groups_agree", groups.problems(deck)),
        _check("units_agree", units.problems(deck)),
        _check("no_causal_words", vocabulary.causal(deck)),
    ]


def _is_readable(found: list[Check]) -> bool:
    """Whether all references can be filled, which further checks need."""
    return not any(check.problems for check in found[:2])


def _form(deck: Deck) -> list[Check]:
    """The checks of how it is said and shown."""
    return [
        _check("titles_are_statements", form.titles(deck)),
        _check("title_fact_on_slide", form.title_facts(deck)),
        _check("slide_size", form.sizes(deck)),
        _check("charts_suit_their_data", form.kinds(deck)),
        _check("alt_text_and_notes_present", form.missing(deck)),
        *(_check(name, iter(problems)) for name, problems in rendered.problems(deck).items()),
    ]


def _check(name: str, problems: Iterator[str]) -> Check:
    found = list(problems)
    return Check(name=name, passed=not found, problems=found)


def _unbound(deck: Deck) -> Iterator[str]:
    for place, text in deck_texts(deck):
        if words := unbound_numerals(text):
            yield f"{place}: {', '.join(words)}"


def _unknown(deck: Deck) -> Iterator[str]:
    known = deck.reference_values()
    for place, text in deck_texts(deck):
        yield from (f"{place}: {name}" for name in references(text) if name not in known)
