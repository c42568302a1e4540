"""The checks that a machine can make of a deck, each with the places where it does not hold."""

from collections.abc import Iterator

from deckgen.domain.decks import Chart, Check, Deck, Slide, Table
from deckgen.domain.facts import references, unbound_numerals, unquoted
from deckgen.export.pptx import fit
from deckgen.orchestrator.analyst.ingestion.table import Table as DataTable
from deckgen.orchestrator.analyst.proof.checks import (
    directions,
    form,
    groups,
    lexicon,
    proof,
    rendered,
    units,
)
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts

__all__ = ["bound", "checks", "content", "deck_texts", "rewritten", "sense", "written_content"]


def checks(deck: Deck, table: DataTable | None) -> list[Check]:
    """All checks; without `table`, facts and charts count as not proved."""
    found = content(deck, table)
    return found + _form(deck) if _is_readable(found) else found


def content(deck: Deck, table: DataTable | None) -> list[Check]:
    """The checks of what a deck says: whether it is bound to the data, and agrees with itself."""
    found = [
        *bound(deck),
        _check("facts_recomputed", proof.facts(deck, table)),
        _check("charts_recomputed", proof.charts(deck, table)),
    ]
    if not _is_readable(found):
        return found
    return [*found, *sense(deck)]


def bound(deck: Deck) -> list[Check]:
    """Whether all numbers are references, and all references can be filled, which `sense` needs."""
    return [
        _check("numerals_bound", _unbound(deck)),
        _check("references_known", _unknown(deck)),
    ]


def sense(deck: Deck) -> list[Check]:
    """Whether a deck agrees with itself."""
    return [
        _check("directions_agree", directions.problems(deck)),
        _check("groups_agree", groups.problems(deck)),
        _check("units_agree", units.problems(deck)),
        _check("no_causal_words", lexicon.causal(deck)),
        _check("no_numbers_in_words", lexicon.numbers(deck)),
    ]


def written_content(deck: Deck) -> list[str]:
    """What contradicts itself in what a deck says, where all references are known."""
    checks_of_words = (directions.problems, groups.problems, lexicon.causal)
    return [problem for look in checks_of_words for problem in look(deck)]


def rewritten(deck: Deck, proved: Deck) -> list[Check]:
    """All checks of a deck whose words were written anew after its facts, charts and tables had been
    proved as parts of another deck; only what was rewritten is measured again.
    """
    known = {slide.id: slide for slide in proved.slides}
    changed = [slide for slide in deck.slides if slide != known.get(slide.id)]
    before = {check.name: check.problems for check in proved.quality}
    found = [
        *bound(deck),
        _check("facts_recomputed", iter(before.get("facts_recomputed", []))),
        _check("charts_recomputed", _not_proved(changed, known, before)),
    ]
    if not _is_readable(found):
        return found
    found += [*sense(deck), *_of_form(deck)]
    rest = {name: problems for name, problems in before.items() if name in rendered.NAMES}
    cut = [f"{slide.id}: {problem}" for slide in changed for problem in fit.cut(slide, deck)]
    rest["nothing_overflows"] = rest.get("nothing_overflows", []) + cut
    return found + [_check(name, iter(problems)) for name, problems in rest.items()]


def _not_proved(
    changed: list[Slide], known: dict[str, Slide], before: dict[str, list[str]]
) -> Iterator[str]:
    """Charts and tables that are not those of the deck that was proved."""
    yield from before.get("charts_recomputed", [])
    for slide in changed:
        proved = known[slide.id].blocks if slide.id in known else []
        for block in slide.blocks:
            if isinstance(block, Chart | Table) and block not in proved:
                yield f"{slide.id}: the {block.type} was not proved"


def _is_readable(found: list[Check]) -> bool:
    """Whether all references can be filled, which further checks need."""
    return not any(check.problems for check in found[:2])


def _form(deck: Deck) -> list[Check]:
    """The checks of how it is said, and of what only the finished file shows."""
    drawn = rendered.problems(deck).items()
    return [*_of_form(deck), *(_check(name, iter(problems)) for name, problems in drawn)]


def _of_form(deck: Deck) -> list[Check]:
    return [
        _check("titles_are_statements", form.titles(deck)),
        _check("title_fact_on_slide", form.title_facts(deck)),
        _check("slide_size", form.sizes(deck)),
        _check("charts_suit_their_data", form.kinds(deck)),
        _check("alt_text_and_notes_present", form.missing(deck)),
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
        yield from (f"{place}: {name}" for name in references(text) if not known.knows(name))
        yield from (f"{place}: {name} is quoted without quotation marks" for name in unquoted(text))
