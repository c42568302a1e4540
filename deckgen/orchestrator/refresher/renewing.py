"""A deck over a new table: the same slides in the same order, with facts that the new table gives."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckgen.domain.datasets import Source
from deckgen.domain.decks import Deck, Refreshed, Slide
from deckgen.domain.facts import Fact, references
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.proof import claiming
from deckgen.orchestrator.analyst.proof.checks.texts import texts
from deckgen.orchestrator.refresher.facts import Computed, meaning
from deckgen.orchestrator.refresher.succession import Successor, successors, with_names
from deckgen.orchestrator.verifier.recomputation import Recomputation


@dataclass
class Renewed:
    """The new deck. `names` are the ids of the new facts by the old ones, for each slide; `lacking`
    says of facts and `empty` of slides what the table can't give. `succeeded` are the slides that
    deckgen makes again, `columns` the references to columns that stand in another place.
    """

    deck: Deck
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)
    empty: dict[str, list[str]] = field(default_factory=dict)
    succeeded: frozenset[str] = frozenset()
    columns: dict[str, str] = field(default_factory=dict)


class _Book:
    """The facts of the new deck; each has the id of the one that it follows, if that is free."""

    def __init__(self, known: set[str]) -> None:
        self.facts: dict[str, Fact] = {}
        self._last = max((int(name[1:]) for name in known), default=0)

    def put(self, fact: Fact, wanted: str) -> str:
        entry = fact.model_copy(update={"id": wanted})
        if self.facts.setdefault(wanted, entry) == entry:
            return wanted
        for name, other in self.facts.items():
            if other == fact.model_copy(update={"id": name}):
                return name
        self._last += 1
        name = f"f{self._last}"
        self.facts[name] = fact.model_copy(update={"id": name})
        return name


def renewed(deck: Deck, expected: Recomputation, path: Path) -> Renewed:
    """Returns the deck over the table of a recomputation, which is at `path`."""
    assert expected.source is not None
    assert expected.findings is not None
    assert expected.table is not None
    found = {fact.id: fact for fact in expected.findings.facts}
    pairs = successors(deck.slides, deck.facts, expected.draft.slides, list(found.values()))
    pairs = _closed(pairs, deck)
    columns = _columns(deck.source, expected.source)
    result = Renewed(deck, succeeded=frozenset(pairs), columns=columns)
    if _is_whole(pairs, deck, expected):
        result.names = {old: pair.facts for old, pair in pairs.items()}
        result.deck = _made_anew(deck, expected, path)
        return result
    book = _Book({*found, *(fact.id for fact in deck.facts)})
    numbers = {pair.slide.id: old for old, pair in pairs.items()}
    slides: dict[str, Slide] = {}
    for slide in deck.slides:  # those first that keep ids
        if slide.id in pairs:
            slides[slide.id] = _succeeded(slide, pairs[slide.id], found, book, numbers, result)
    computed = Computed(deck, expected.table, list(found.values()), result.lacking, result.empty)
    for slide in deck.slides:
        if slide.id not in pairs:
            slides[slide.id] = _kept(slide, computed, book, result)
    names = _merged(result.names)
    for fact in computed.rest(names):
        names[fact.id] = book.put(computed.fact(fact), fact.id)
    whole: dict[str, Any] = {
        "title": with_names(deck.title, columns | names),
        "storyline": deck.storyline.model_validate(
            with_names(deck.storyline.model_dump(mode="json"), columns | names)
        ),
        "slides": [slides[slide.id] for slide in deck.slides],
        "facts": sorted(book.facts.values(), key=lambda fact: int(fact.id[1:])),
        "source": expected.source,
        "claims": [],
        "signature": None,
    }
    new = deck.model_copy(update=whole)
    first = deck.source.sha256 if deck.source else ""
    result.deck = _finished(new, first, expected, path)
    return result


def _finished(deck: Deck, first: str, expected: Recomputation, path: Path) -> Deck:
    """Returns the deck with its claims and checks; as deckgen makes it where that is the same."""
    stated = _stated(deck, expected)
    deck = deck.model_copy(
        update={
            "claims": claiming.told(deck.slides, deck.facts, stated),
            "refreshed": deck.refreshed or Refreshed(first_sha256=first),
        }
    )
    return analyst.prove(deck, path)


def _is_whole(pairs: dict[str, Successor], deck: Deck, expected: Recomputation) -> bool:
    """True if deckgen makes the same slides again, so that nothing of the earlier table is left."""
    same_slides = [slide.id for slide in deck.slides] == [each.id for each in expected.draft.slides]
    return (
        same_slides
        and all(pairs[old].slide.id == old for old in pairs)
        and len(pairs) == len(deck.slides)
    )


def _made_anew(deck: Deck, expected: Recomputation, path: Path) -> Deck:
    anew = analyst.composed(deck.brief, expected.source, expected.findings, expected.draft)
    return analyst.prove(anew.model_copy(update={"made_with": deck.made_with}), path)


def _stated(deck: Deck, expected: Recomputation) -> Iterator[Any]:
    """Yields what the answers state now, of the deck's own facts."""
    assert expected.findings is not None
    own = {meaning(fact): fact.id for fact in deck.facts}
    theirs = {fact.id: own.get(meaning(fact)) for fact in expected.findings.facts}
    for each in analyst.states_of(expected.findings):
        names = [theirs.get(name) for name in each.facts]
        if all(names):
            yield each.model_copy(update={"facts": names})


def _closed(pairs: dict[str, Successor], deck: Deck) -> dict[str, Successor]:
    """Returns the successors that name only slides which have one themselves."""
    while True:
        known = {pair.slide.id: old for old, pair in pairs.items()}
        broken = [
            old
            for old, pair in pairs.items()
            if not _leads_alike(next(each for each in deck.slides if each.id == old), pair.slide, known)
        ]
        if not broken:
            return pairs
        pairs = {old: pair for old, pair in pairs.items() if old not in broken}


def _leads_alike(slide: Slide, other: Slide, known: dict[str, str]) -> bool:
    return [known.get(name) for name in _ways(other)] == _ways(slide)


def _ways(slide: Slide) -> list[str]:
    """Returns the slides to which a slide leads."""
    every = [name for _, text in texts(slide) for name in references(text)]
    return [name for name in every if name[0] == "s" and name != "source"]


def _succeeded(
    slide: Slide,
    pair: Successor,
    found: dict[str, Fact],
    book: _Book,
    numbers: dict[str, str],
    result: Renewed,
) -> Slide:
    names = {old: book.put(found[new], old) for old, new in pair.facts.items()}
    result.names[slide.id] = names
    theirs = {new: names[old] for old, new in pair.facts.items()}
    document = pair.slide.model_dump(mode="json", warnings=False)
    renamed = with_names(document, theirs | numbers)
    return Slide.model_validate(renamed | {"id": slide.id, "made": slide.made.model_dump(mode="json")})


def _columns(old: Source | None, new: Source) -> dict[str, str]:
    """Returns the references to columns by what they were: they may stand in another order."""
    places = {column.name.casefold(): number for number, column in enumerate(new.columns)}
    return {
        f"{letter}{number}": f"{letter}{places[column.name.casefold()]}"
        for number, column in enumerate(old.columns if old else [])
        if column.name.casefold() in places
        for letter in "cC"
    }


def _kept(slide: Slide, computed: Computed, book: _Book, result: Renewed) -> Slide:
    """Returns a slide as it is, with its own queries over the new table."""
    cited = {
        f"f{name[1:]}" for _, text in texts(slide) for name in references(text) if name[0] in "ftq"
    }
    document = slide.model_dump(mode="json", warnings=False)
    cited |= {fact.id for fact in computed.deck.facts if f'"{fact.id}"' in slide.model_dump_json()}
    facts = [fact for fact in computed.deck.facts if fact.id in cited]
    names = {fact.id: book.put(computed.fact(fact), fact.id) for fact in facts}
    result.names[slide.id] = names
    lacking = computed.lacking
    lacking |= {names[old]: lacking[old] for old in names if old in lacking}
    document["blocks"] = [
        computed.block(slide, each).model_dump(mode="json", warnings=False) for each in slide.blocks
    ]
    return Slide.model_validate(with_names(document, result.columns | names))


def _merged(names: dict[str, dict[str, str]]) -> dict[str, str]:
    """Returns one new fact for each old one, for texts that are of no slide."""
    merged: dict[str, str] = {}
    for each in names.values():
        for old, new in each.items():
            if merged.get(old) != old:
                merged[old] = new
    return merged
