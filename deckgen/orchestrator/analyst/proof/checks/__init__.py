"""The mechanical checks of a deck, each with the places where it does not hold."""

from collections.abc import Iterator

from deckgen.domain.blocks import Kpis, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Check, Deck, Slide
from deckgen.domain.facts import references, unbound_numerals, unquoted
from deckgen.export.slides import inspection
from deckgen.orchestrator.analyst.ingestion.table import DataTable
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
    """Returns all checks; without `table`, facts and charts count as not proved."""
    results = content(deck, table)
    return results + _form(deck) if _is_readable(results) else results


def content(deck: Deck, table: DataTable | None) -> list[Check]:
    """Returns the checks of a deck's content: it is bound to the data, and agrees with itself."""
    results = [
        *bound(deck),
        _check("facts_recomputed", proof.facts(deck, table)),
        _check("charts_recomputed", proof.charts(deck, table)),
    ]
    if not _is_readable(results):
        return results
    return [*results, *sense(deck)]


def bound(deck: Deck) -> list[Check]:
    """Returns the checks that numbers are references, and references known, as `sense` needs it."""
    return [
        _check("numerals_bound", _unbound(deck)),
        _check("references_known", _unknown(deck)),
    ]


def sense(deck: Deck) -> list[Check]:
    """Returns the checks that a deck agrees with itself."""
    return [
        _check("directions_agree", directions.problems(deck)),
        _check("groups_agree", groups.problems(deck)),
        _check("units_agree", units.problems(deck)),
        _check("annotations_hold", proof.annotations(deck)),
        _check("no_causal_words", lexicon.causal(deck)),
        _check("no_numbers_in_words", lexicon.numbers(deck)),
    ]


def written_content(deck: Deck) -> list[str]:
    """Returns the contradictions within a deck, all of whose references are known."""
    checks_of_words = (directions.problems, groups.problems, lexicon.causal)
    return [problem for check in checks_of_words for problem in check(deck)]


def rewritten(deck: Deck, proved: Deck) -> list[Check]:
    """Returns all checks of a deck that was reworded after its facts, charts and tables had been proved
    as parts of another deck; only the rewritten slides are measured again.
    """
    proved_slides = {slide.id: slide for slide in proved.slides}
    changed = [slide for slide in deck.slides if slide != proved_slides.get(slide.id)]
    proved_problems = {check.name: check.problems for check in proved.quality}
    results = [
        *bound(deck),
        _check("facts_recomputed", iter(proved_problems.get("facts_recomputed", []))),
        _check("charts_recomputed", _not_proved(changed, proved_slides, proved_problems)),
    ]
    if not _is_readable(results):
        return results
    results += [*sense(deck), *_of_form(deck)]
    file_problems = {
        name: problems for name, problems in proved_problems.items() if name in rendered.NAMES
    }
    cut = [f"{slide.id}: {problem}" for slide in changed for problem in inspection.cut(slide, deck)]
    file_problems["nothing_overflows"] = file_problems.get("nothing_overflows", []) + cut
    return results + [_check(name, iter(problems)) for name, problems in file_problems.items()]


def _not_proved(
    changed: list[Slide], proved_slides: dict[str, Slide], proved_problems: dict[str, list[str]]
) -> Iterator[str]:
    """Yields the charts and tables that differ from those of the proved deck."""
    yield from proved_problems.get("charts_recomputed", [])
    for slide in changed:
        proved_blocks = proved_slides[slide.id].blocks if slide.id in proved_slides else []
        for block in slide.blocks:
            if isinstance(block, Chart | Table | Kpis) and block not in proved_blocks:
                yield f"{slide.id}: the {block.type} was not proved"


def _is_readable(results: list[Check]) -> bool:
    """True if all references can be filled, as further checks need."""
    return not any(check.problems for check in results[:2])


def _form(deck: Deck) -> list[Check]:
    """Returns the checks of the form, and of the finished file."""
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
    listed = list(problems)
    return Check(name=name, passed=not listed, problems=listed)


def _unbound(deck: Deck) -> Iterator[str]:
    for place, text in deck_texts(deck):
        if words := unbound_numerals(text):
            yield f"{place}: {', '.join(words)}"


def _unknown(deck: Deck) -> Iterator[str]:
    values, slides = deck.reference_values(), {slide.id for slide in deck.slides}
    for place, text in deck_texts(deck):
        for name in references(text):
            # A slide is known by its id; the names of a table and its facts begin otherwise.
            is_slide = name.startswith("s") and name != "source"
            if name not in slides if is_slide else not values.knows(name):
                yield f"{place}: {name}"
        yield from (f"{place}: {name} is quoted without quotation marks" for name in unquoted(text))
