"""The verification of a presentation: of the deck inside it, then of what the file says now."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from deckgen.domain.decks import Deck, Proof, Verification
from deckgen.domain.requests import parse
from deckgen.domain.signing import without_signature
from deckgen.export.pptx.document import contents_of
from deckgen.export.pptx.manifest import Manifest, manifest_of
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import Contents, TextPlace
from deckgen.export.pptx.reading.slides import contents, plain
from deckgen.export.text import Words
from deckgen.export.themes.theme import names, theme
from deckgen.orchestrator.verifier.differences import differences
from deckgen.orchestrator.verifier.presentation.comparison import Comparison, Fault
from deckgen.orchestrator.verifier.presentation.sentences import edits
from deckgen.orchestrator.verifier.sources import same_version
from deckgen.orchestrator.verifier.verdict import MAX_NAMED, carefully, proof, verdict
from deckgen.orchestrator.verifier.verify import verify


def verify_presentation(
    content: bytes, path: Path | None, *, is_named: bool = True
) -> tuple[Verification, Manifest]:
    """Returns the verdict on a presentation by the file at `path`, and the proof that is inside it.

    Raises InvalidRequest if it is no presentation, a dangerous one, or one that holds no proof.
    """
    archive = Archive.opened(content)
    manifest, found = manifest_of(archive), contents(archive)
    deck = parse(Deck, without_signature(manifest.deck))
    of_deck = verify(deck, path, is_named=is_named)
    expected = Comparison(manifest.contents, found)
    proofs = [*carefully("places_as_made", lambda: _places(deck, manifest)), *compared(expected)]
    notes = [*of_deck.notes, *expected.remarks(), *_of_template(manifest)]
    return verdict(deck, [*of_deck.checks, *proofs], notes), manifest


def compared(comparison: Comparison) -> list[Proof]:
    """Returns the proofs that an edited file still says what it said."""
    looks = {
        "texts_of_the_file": comparison.texts,
        "tables_of_the_file": comparison.tables,
        "charts_of_the_file": comparison.charts,
        "notes_of_the_file": comparison.notes,
    }
    return [
        part for name, look in looks.items() for part in carefully(name, partial(_look, name, look))
    ]


def _look(name: str, look: Callable[[], Iterator[Fault]]) -> list[Proof]:
    return [proof(name, map(str, look()))]


def _places(deck: Deck, manifest: Manifest) -> Iterator[Proof]:
    """Yields the proof that the file was made with what it is compared with: nobody has signed that."""
    wrong = list(_unlike_facts(deck, manifest.contents))
    unproved = []
    if not same_version(deck):
        unproved = ["What each place of the file said is not composed again: another version made it"]
    elif manifest.looks is None and manifest.theme not in names():
        unproved = ["What each place of the file said is not composed again: its looks are not known"]
    elif not wrong:
        made = contents_of(deck, manifest.looks or theme(manifest.theme))
        said = manifest.contents
        if manifest.looks:  # the texts of its layouts are the template's own
            said = said.model_copy(update={"common": made.common})
        wrong = list(differences("places", said, made))[:MAX_NAMED]
    yield proof("places_as_made", wrong, unproved)


def _of_template(manifest: Manifest) -> Iterator[str]:
    """Yields the texts of a template in which there are numbers: they are in no data, and nobody
    has signed that they are the template's."""
    texts = manifest.contents.common if manifest.looks else []
    if found := [text for text in texts if any(edits([], [text], frozenset()))]:
        named = ", ".join(f"“{text[:80]}”" for text in found[:MAX_NAMED])
        yield f"Texts of the template that no data prove, with numbers in them: {named}"


def _unlike_facts(deck: Deck, said: Contents) -> Iterator[str]:
    """Yields the places whose references stand for something else than what they say."""
    words = Words(deck)
    for slide in said.slides:
        for place in slide.texts:
            yield from (f"{slide.id} {place.name}: {each}" for each in _of_place(place, words))


def _of_place(place: TextPlace, words: Words) -> Iterator[str]:
    for each in place.paragraphs:
        try:
            due = plain(words.line(each.told)) if each.told else plain(each.text)
        except KeyError as name:
            due = f"the unknown {name}"
        if " ".join(due.split()) != " ".join(plain(each.text).split()):
            yield f"“{each.text}” is said, the facts give “{due}”"
