"""The parts of a verification, from the cheapest to those that have to be computed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from deckgen.domain.blocks import Block, Kpis, Table
from deckgen.domain.briefs import Brief
from deckgen.domain.charts import Chart
from deckgen.domain.decks import (
    CHOSEN_BEFORE,
    MADE_AS_SAID,
    Deck,
    Proof,
    Provenance,
    Slide,
    Verification,
)
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.domain.formatting.display import Value
from deckgen.domain.language.choosing import in_language
from deckgen.orchestrator.analyst.proof import checks
from deckgen.orchestrator.analyst.proof.checks import proof as proofs
from deckgen.orchestrator.analyst.proof.checks import rendered
from deckgen.orchestrator.verifier import claims, people, sentences, slides
from deckgen.orchestrator.verifier.differences import differences, shown
from deckgen.orchestrator.verifier.labels import ambiguous, contradictions
from deckgen.orchestrator.verifier.recomputation import Recomputation, info_of, recomputed
from deckgen.orchestrator.verifier.sources import (
    file_proof,
    is_as_composed,
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
    """Returns the verdict on a deck by the file at `path` (None for a deck made from a brief alone).

    `is_named` is true if the file has the name of its upload, false if it has one of ours.
    """
    if deck.source is None or path is None:
        return _without_data(deck, path)
    try:
        info = info_of(deck.source.name, path)
    except UnreadableData as error:
        return verdict(deck, [_sane(deck), version_proof(deck), _not_computed(str(error))])
    parts = [
        _sane(deck),
        version_proof(deck),
        file_proof(deck.source, info, path if is_named else None),
    ]
    if parts[0].problems:
        return verdict(deck, parts)
    try:
        with recomputed(_as_written(deck), info, path) as computed:
            expected = people.with_asked(deck, computed, path)
            return verdict(deck, [*parts, *_compared(deck, expected)], _notes(deck))
    except (UnreadableData, InvalidRequest) as error:
        return verdict(deck, [*parts, _not_computed(str(error))])


def compare(deck: Deck, expected: Recomputation) -> Verification:
    """Returns the verdict on a deck, with everything in it that differs from the computation."""
    return verdict(deck, [_sane(deck), version_proof(deck), *_compared(deck, expected)], _notes(deck))


def _without_data(deck: Deck, path: Path | None) -> Verification:
    parts = [_sane(deck), version_proof(deck)]
    if deck.source is not None:
        return verdict(deck, [*parts, _not_computed("The deck was made of data: give them as well.")])
    if path is not None:
        parts.append(proof("table_is_the_same", unproved=["The deck is said to be made of no table"]))
    with recomputed(_as_written(deck), None, None) as expected:
        return verdict(deck, [*parts, *_compared(deck, expected)], _notes(deck))


def _as_written(deck: Deck) -> Brief:
    """Returns the brief with the deck's language: how it was chosen is no claim about data."""
    return in_language(deck.brief, deck.language)


def _not_computed(why: str) -> Proof:
    return proof("computed_again", unproved=[why])


def _compared(deck: Deck, expected: Recomputation) -> list[Proof]:
    parts = carefully("references_known", lambda: map(of_check, checks.bound(deck)))
    is_readable = all(part.passed for part in parts)
    looks: dict[str, Look] = {
        "numbers_recomputed": partial(_recomputed, deck, expected),
        "composed_again": partial(_composed, deck, expected),
    }
    if is_readable:
        looks["agrees_with_itself"] = lambda: map(of_check, checks.sense(deck))
        looks["labels_are_true"] = lambda: [proof("labels_are_true", contradictions(deck, expected))]
        looks["claims_hold"] = lambda: [
            proof("claims_hold", claims.problems(deck, expected), claims.unproved(deck, expected))
        ]
        if not is_as_composed(deck):
            looks["sentences_are_covered"] = lambda: [
                proof("sentences_are_covered", unproved=sentences.unproved(deck, expected))
            ]
        looks["words"] = partial(_words, deck, expected)
        if deck.edited:
            looks[people.NAME] = lambda: [people.words(deck)]
    for name, look in looks.items():
        parts += carefully(name, look)
    if not any(part.problems for part in parts):  # a false deck need not be drawn as well
        parts += carefully("quality_is_the_same", partial(_quality, deck, expected))
    return parts


def _composed(deck: Deck, expected: Recomputation) -> Iterator[Proof]:
    """Yields the proofs that this version composes the same deck, as another might not."""
    as_made = partial(compared, by_same_version=same_version(deck))
    if deck.source is not None and expected.source is not None:
        yield as_made("source_is_the_same", source_differences(deck.source, expected.source))
    if deck.refreshed:
        yield proof(CHOSEN_BEFORE, unproved=_chosen_before(deck, expected))
    else:
        yield as_made("facts_found_again", slides.facts(deck, expected.findings))
        yield as_made("slides_composed_again", slides.slides(deck, expected.draft))


def _chosen_before(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields what is not proved of a deck that was written over an earlier table, and refreshed."""
    yield (
        "Its slides were written over an earlier table, and have their numbers from this one: each "
        "number is what its query gives, but that this table says just this was not found again"
    )
    yield from (
        f"{each}: the label is said of another value as well" for each in ambiguous(deck, expected)
    )


def _words(deck: Deck, expected: Recomputation) -> Iterator[Proof]:
    if slides.had_model(deck):
        yield proof(MADE_AS_SAID, unproved=[_of_words(deck)])
        part = words(deck, expected)
        both = [*part.problems, *part.unproved]
        yield part if is_as_composed(deck) else compared(part.name, both, by_same_version=False)


def _of_words(deck: Deck) -> str:
    slide_ids = ", ".join(slide.id for slide in deck.slides if slide.made != Provenance())
    return (
        f"{slide_ids}: words that are said to be a model's, or why they are not, are in no data. "
        "They keep to the rules; that a deckgen wrote them is proved by a signature whose key you "
        "trust"
    )


def _quality(deck: Deck, expected: Recomputation) -> Iterator[Proof]:
    """Yields the proof of the deck's own checks."""
    differing = _of_quality(deck, expected)
    yield compared("quality_is_the_same", differing, by_same_version=same_version(deck))


def _of_quality(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields differing checks; of a deck that a model or a person reworded not all was drawn again,
    so new problems may show.
    """
    checks_due = checks.checks(deck, expected.table)
    yield from differences(
        "quality", [check.name for check in deck.quality], [check.name for check in checks_due]
    )
    for claimed, check in zip(deck.quality, checks_due, strict=False):
        is_in_parts = slides.had_model(deck) or deck.edited is not None
        if not (is_in_parts and claimed.passed and check.name in rendered.NAMES):
            yield from differences(f"quality.{check.name}", claimed, check)


def _recomputed(deck: Deck, expected: Recomputation) -> Iterator[Proof]:
    """Yields the proofs of facts, charts and tables by their own queries."""
    writes = deck.writes
    yield within_limits(
        "facts_recomputed",
        ((fact.id, partial(proofs.of_fact, fact, writes, expected.table)) for fact in deck.facts),
    )
    yield within_limits(
        "charts_recomputed",
        ((slide.id, partial(proofs.of_slide, slide, expected.table)) for slide in deck.slides),
    )


def _sane(deck: Deck) -> Proof:
    """Returns the proof that the numbers are small enough for computation."""
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
    elif isinstance(block, Kpis):
        yield from (value for kpi in block.items if kpi.trend for value in kpi.trend.values)


def _notes(deck: Deck) -> list[str]:
    """Returns what no data can prove: the brief, from which a deck is composed, and the origin of each
    slide, which only the maker of the deck knows.
    """
    notes, question = [], deck.brief.business_context
    if question:
        notes.append(
            f"The brief is the reader's own, and nothing proves what it says: {shown(question)}"
        )
    if deck.brief.columns:
        columns = ", ".join(map(shown, deck.brief.columns))
        notes.append(f"The brief says itself what these columns are taken for: {columns}")
    if deck.brief.table:
        notes.append("The brief says itself what the table is taken for")
    notes += people.notes(deck)
    if slides.had_model(deck):
        notes.append("Which model it was, why a draft was kept and what it cost, nothing proves:")
        notes += dict.fromkeys(_of_making(slide) for slide in deck.slides if slide.made != Provenance())
    return notes


def _of_making(slide: Slide) -> str:
    made = slide.made
    if made.engine == "model":
        return f"words are said to be by {shown(made.model)}"
    return f"{slide.id} is said to be the draft's: {shown(made.reason)}"
