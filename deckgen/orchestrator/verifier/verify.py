"""The parts of a verification, from what costs least to what has to be computed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from deckgen.domain.decks import (
    MADE_AS_SAID,
    Block,
    Chart,
    Deck,
    Proof,
    Provenance,
    Slide,
    Table,
    Verification,
)
from deckgen.domain.errors import UnreadableData
from deckgen.domain.formatting.display import Value
from deckgen.orchestrator.analyst.proof import checks
from deckgen.orchestrator.analyst.proof.checks import proof as proofs
from deckgen.orchestrator.analyst.proof.checks import rendered
from deckgen.orchestrator.verifier import slides
from deckgen.orchestrator.verifier.claims import contradictions
from deckgen.orchestrator.verifier.differences import differences, shown
from deckgen.orchestrator.verifier.recomputation import Recomputation, info_of, recomputed
from deckgen.orchestrator.verifier.sources import (
    file_proof,
    same_version,
    source_differences,
    version_proof,
)
from deckgen.orchestrator.verifier.verdict import (
    Look,
    carefully,
    compared,
    of_check,
    proof,
    verdict,
    within_limits,
)
from deckgen.orchestrator.verifier.words import words

LARGEST = 10**38  # of whole numbers, as DuckDB has them


def verify(deck: Deck, path: Path | None, *, is_named: bool = True) -> Verification:
    """Compute a deck again from the file at `path` (None for a deck out of a brief alone).

    `is_named` says whether the file is called as it was when it was uploaded, or has a name of ours.
    """
    if deck.source is None or path is None:
        return _without_data(deck, path)
    try:
        info = info_of(deck.source.name, path)
    except UnreadableData as error:
        return verdict(deck, [_sane(deck), version_proof(deck), _not_computed(str(error))])
    found = [
        _sane(deck),
        version_proof(deck),
        file_proof(deck.source, info, path if is_named else None),
    ]
    if found[0].problems:
        return verdict(deck, found)
    try:
        with recomputed(deck.brief, info, path) as again:
            return verdict(deck, [*found, *_compared(deck, again)], _notes(deck))
    except UnreadableData as error:
        return verdict(deck, [*found, _not_computed(str(error))])


def compare(deck: Deck, again: Recomputation) -> Verification:
    """Name everything in a deck that is not what was computed."""
    return verdict(deck, [_sane(deck), version_proof(deck), *_compared(deck, again)], _notes(deck))


def _without_data(deck: Deck, path: Path | None) -> Verification:
    found = [_sane(deck), version_proof(deck)]
    if deck.source is not None:
        return verdict(deck, [*found, _not_computed("The deck was made of data: give them as well.")])
    if path is not None:
        found.append(proof("table_is_the_same", unproved=["The deck is said to be made of no table"]))
    with recomputed(deck.brief, None, None) as again:
        return verdict(deck, [*found, *_compared(deck, again)], _notes(deck))


def _not_computed(why: str) -> Proof:
    return proof("computed_again", unproved=[why])


def _compared(deck: Deck, again: Recomputation) -> list[Proof]:
    found = carefully("references_known", lambda: map(of_check, checks.bound(deck)))
    is_readable = all(one.passed for one in found)
    looks: dict[str, Look] = {
        "numbers_recomputed": partial(_recomputed, deck, again),
        "composed_again": partial(_composed, deck, again),
    }
    if is_readable:
        looks["agrees_with_itself"] = lambda: map(of_check, checks.sense(deck))
        looks["labels_are_true"] = lambda: [proof("labels_are_true", contradictions(deck, again))]
        looks["words"] = partial(_words, deck, again)
    for name, look in looks.items():
        found += carefully(name, look)
    if not any(one.problems for one in found):  # what is wrong anyway need not be drawn as well
        found += carefully("quality_is_the_same", partial(_quality, deck, again))
    return found


def _composed(deck: Deck, again: Recomputation) -> Iterator[Proof]:
    """What this version makes of brief and data; another may have made it otherwise."""
    as_made = partial(compared, by_same_version=same_version(deck))
    if deck.source is not None and again.source is not None:
        yield as_made("source_is_the_same", source_differences(deck.source, again.source))
    yield as_made("facts_found_again", slides.facts(deck, again.findings))
    yield as_made("slides_composed_again", slides.slides(deck, again.draft))


def _words(deck: Deck, again: Recomputation) -> Iterator[Proof]:
    if slides.had_model(deck):
        yield proof(MADE_AS_SAID, unproved=[_of_words(deck)])
        found = words(deck, again)
        both = [*found.problems, *found.unproved]
        yield found if same_version(deck) else compared(found.name, both, by_same_version=False)


def _of_words(deck: Deck) -> str:
    named = ", ".join(slide.id for slide in deck.slides if slide.made != Provenance())
    return (
        f"{named}: words that are said to be a model's, or why they are not, are in no data. They keep "
        "to the rules; that a deckgen wrote them is proved by a signature whose key you trust"
    )


def _quality(deck: Deck, again: Recomputation) -> Iterator[Proof]:
    """What a deck says of its own checks."""
    differing = _of_quality(deck, again)
    yield compared("quality_is_the_same", differing, by_same_version=same_version(deck))


def _of_quality(deck: Deck, again: Recomputation) -> Iterator[str]:
    """Of a model's deck only the draft was drawn: what is seen of it now may have escaped then."""
    due = checks.checks(deck, again.table)
    yield from differences("quality", [one.name for one in deck.quality], [one.name for one in due])
    for said, one in zip(deck.quality, due, strict=False):
        if not (slides.had_model(deck) and said.passed and one.name in rendered.NAMES):
            yield from differences(f"quality.{one.name}", said, one)


def _recomputed(deck: Deck, again: Recomputation) -> Iterator[Proof]:
    """The facts, charts and tables by their own queries."""
    locale = deck.brief.locale
    yield within_limits(
        "facts_recomputed",
        ((fact.id, partial(proofs.of_fact, fact, locale, again.table)) for fact in deck.facts),
    )
    yield within_limits(
        "charts_recomputed",
        ((slide.id, partial(proofs.of_slide, slide, again.table)) for slide in deck.slides),
    )


def _sane(deck: Deck) -> Proof:
    """Whether the numbers can be computed with at all."""
    values = [(fact.id, fact.value) for fact in deck.facts]
    values += [
        (slide.id, cell) for slide in deck.slides for block in slide.blocks for cell in _cells(block)
    ]
    absurd = [name for name, value in values if isinstance(value, int) and abs(value) > LARGEST]
    return proof(
        "numbers_are_numbers", (f"{name}: no table holds so large a number" for name in absurd)
    )


def _cells(block: Block) -> Iterator[Value]:
    if isinstance(block, Chart):
        yield from block.categories
        yield from (value for series in block.series for value in series.values)
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)


def _notes(deck: Deck) -> list[str]:
    """What no data can prove: the brief is what was asked, and a deck is composed of it; and how each
    slide came to be is said by who made the deck.
    """
    notes, asked = [], deck.brief.business_context
    if asked:
        notes.append(f"The brief is the reader's own, and nothing proves what it says: {shown(asked)}")
    if deck.brief.columns:
        named = ", ".join(map(shown, deck.brief.columns))
        notes.append(f"The brief says itself what these columns are taken for: {named}")
    if slides.had_model(deck):
        notes.append("Which model it was, why a draft was kept and what it cost, nothing proves:")
        notes += dict.fromkeys(_of_making(slide) for slide in deck.slides if slide.made != Provenance())
    return notes


def _of_making(slide: Slide) -> str:
    made = slide.made
    if made.engine == "model":
        return f"words are said to be by {shown(made.model)}"
    return f"{slide.id} is said to be the draft's: {shown(made.reason)}"
