"""The refresh of a presentation: read, compute over the new table, write, compare, and mark."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deckgen.domain.decks import Deck
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.language.choosing import in_language
from deckgen.domain.refreshing import Doubtful, Lacking, Left, Refresh, RefreshedFile
from deckgen.domain.requests import parse
from deckgen.domain.signing import without_signature
from deckgen.export.pptx.document import drawn, title_and_source
from deckgen.export.pptx.manifest import broken, manifest_of, renew
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import Contents
from deckgen.export.pptx.reading.slides import contents
from deckgen.export.pptx.rewriting import properties
from deckgen.export.pptx.rewriting.comments import Remark, comment
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme, worn
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.proof.checks import bound
from deckgen.orchestrator.refresher import columns
from deckgen.orchestrator.refresher.holding import Holding
from deckgen.orchestrator.refresher.outcome import Drawn, Outcome, Told
from deckgen.orchestrator.refresher.renewing import Renewed, renewed
from deckgen.orchestrator.refresher.replacing import replace_all
from deckgen.orchestrator.verifier.presentation.comparison import Comparison, Fault
from deckgen.orchestrator.verifier.presentation.sentences import LEFT_ALONE, MISSING, OTHERWISE
from deckgen.orchestrator.verifier.recomputation import info_of, recomputed

MARK = "deckgen: this sentence does not hold with the new numbers, or can't be told to:"
NOTES = "notes"
_OF_WORDS = (LEFT_ALONE, MISSING, OTHERWISE)


def refresh(
    content: bytes, path: Path, name: str, when: datetime | None = None
) -> tuple[bytes, RefreshedFile]:
    """Returns a presentation with the numbers of the table at `path`, whose file is called `name`.

    Raises InvalidRequest if it is no presentation, holds no proof, or if the table is of another kind.
    """
    archive = Archive.opened(content)
    manifest, found = manifest_of(archive), contents(archive)
    deck = parse(Deck, without_signature(manifest.deck))
    if deck.source is None:
        raise InvalidRequest(
            "The deck was made of a brief alone, so there are no numbers to refresh.",
            code="deck_without_table",
        )
    if any(check.problems for check in bound(deck)):
        raise broken("refers to what is not in it")
    result, holding = _renewed(deck, path, name)
    look = manifest.looks or worn(manifest.theme)
    package, fresh = Package(archive), _drawn(result.deck, look)
    before = replace(_drawn(deck, look), contents=manifest.contents)
    outcome = replace_all(package, found, before, fresh, result)
    titles, sources = zip(
        title_and_source(deck, before.words), title_and_source(result.deck, fresh.words), strict=True
    )
    properties.renew(package, {"title": titles, "description": sources})
    doubtful = list(_doubtful(outcome, holding))
    remarks = [Remark(told.part, _marked(told, why), told.at) for told, why in doubtful]
    comment(package, remarks, when or datetime.now(UTC))
    first = manifest.first_sha256 or deck.source.sha256
    changes = {"deck": _document(result.deck), "contents": fresh.contents, "first_sha256": first}
    new = manifest.model_copy(update=changes)
    renew(package, new)
    written = package.saved()
    report = _report(result, outcome, doubtful, fresh.contents, contents(Archive.opened(written)))
    document = RefreshedFile(
        refresh=report, before=manifest.deck, deck=new.deck, first_sha256=new.first_sha256
    )
    return written, document


def sealed(content: bytes, deck: dict[str, Any]) -> bytes:
    """Returns a refreshed presentation with a signed deck in its proof."""
    package = Package(Archive.opened(content))
    renew(package, manifest_of(package.archive).model_copy(update={"deck": deck}))
    return package.saved()


def _drawn(deck: Deck, look: Theme) -> Drawn:
    content, said = drawn(deck, look)
    return Drawn(content, said, Words(deck), said)


def _document(deck: Deck) -> dict[str, object]:
    return deck.model_dump(mode="json", by_alias=True, warnings=False)


def _renewed(deck: Deck, path: Path, name: str) -> tuple[Renewed, Holding]:
    with open_table(path, deck.brief.table) as table:
        columns.check(deck, [column.name for column in table.columns])
    brief = in_language(deck.brief, deck.language)
    with recomputed(brief, info_of(name, path), path) as expected:
        result = renewed(deck, expected, path)
        anew = analyst.composed(deck.brief, expected.source, expected.findings, expected.draft)
    return result, Holding(deck, result, anew)


def _doubtful(outcome: Outcome, holding: Holding) -> Iterator[tuple[Told, list[str]]]:
    """Yields the sentences that do not hold, each with the reasons."""
    for told in outcome.told:
        if why := holding.problems(told):
            yield told, why


def _marked(told: Told, why: list[str]) -> str:
    return f"{MARK} “{told.text}” ({told.place})\n" + "\n".join(f"• {each}" for each in why)


def _report(
    result: Renewed,
    outcome: Outcome,
    doubtful: list[tuple[Told, list[str]]],
    expected: Contents,
    found: Contents,
) -> Refresh:
    comparison = Comparison(expected, found)
    looks = (comparison.texts, comparison.tables, comparison.charts, comparison.notes)
    faults = [each for look in looks for each in look()]
    left, reworded = (
        [_left(each) for each in faults if _is_of_words(each) is whether] for whether in (False, True)
    )
    facts = {fact.id: fact for fact in result.deck.facts}
    lacking = [
        Lacking(fact=name, label=facts[name].label, display=facts[name].display, why=why)
        for name, why in result.lacking.items()
        if name in facts
    ]
    sentences = [
        Doubtful(slide=told.slide, place=told.place, sentence=told.text, why=why)
        for told, why in doubtful
    ]
    sentences += list(_in_notes(sentences, found))
    empty = [
        f"Slide {slide}: a chart or a table is as it was: {why}"
        for slide, each in result.empty.items()
        for why in each
    ]
    return Refresh(
        holds=not (sentences or lacking or empty),
        numbers=outcome.numbers,
        changed=outcome.changed,
        charts=outcome.charts,
        doubtful=sentences,
        left=left,
        reworded=reworded,
        lacking=lacking,
        notes=[*empty, *outcome.notes, *comparison.remarks()],
    )


def _left(fault: Fault) -> Left:
    return Left(slide=fault.slide, place=fault.place, why=fault.what)


def _is_of_words(fault: Fault) -> bool:
    """True if only the words are others around a number of the deck, or if it is gone."""
    return any(f"{each}," in fault.what or f"{each}:" in fault.what for each in _OF_WORDS)


def _in_notes(sentences: list[Doubtful], found: Contents) -> Iterator[Doubtful]:
    """Yields the lines of notes that repeat a sentence which does not hold."""
    lines: dict[tuple[int, str], list[str]] = {}
    for each in sentences:
        wanted = each.sentence.rstrip(".").casefold()
        for line in found.slides[each.slide - 1].notes if len(wanted.split()) > 2 else ():
            if wanted in line.text.casefold():
                lines.setdefault((each.slide, line.text), []).extend(each.why)
    for (slide, text), why in lines.items():
        yield Doubtful(slide=slide, place=NOTES, sentence=text, why=list(dict.fromkeys(why)))
