"""The step `assemble`: prove the draft against the data, check it, and make it the deck."""

import contextlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from deckgen.domain.briefs import Brief
from deckgen.domain.claims import Stated
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Deck, Draft
from deckgen.domain.facts import references
from deckgen.domain.findings import Findings
from deckgen.domain.language.choosing import choose
from deckgen.domain.model_calls import Usage
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.proof import claiming
from deckgen.orchestrator.analyst.proof.checks import checks, deck_texts


def assemble(
    brief: Brief,
    source: Source | None,
    findings: Findings | None,
    draft: Draft,
    path: Path | None,
    *,
    also: Iterable[str] = (),
) -> Deck:
    """Returns the deck with the facts that it refers to and the result of every check in `quality`.

    Every fact, chart and table is computed again from the file at `path`. `also` names facts that are
    proved and kept although nothing refers to them yet. Raises UnreadableData.
    """
    return prove(composed(brief, source, findings, draft, also=also), path, also=also)


def composed(
    brief: Brief,
    source: Source | None,
    findings: Findings | None,
    draft: Draft,
    *,
    also: Iterable[str] = (),
) -> Deck:
    """Returns the draft as a deck that is neither proved nor checked yet."""
    choice = choose(brief)
    deck = Deck(
        made_with=version(),
        title=draft.title,
        brief=brief,
        language=choice.code,
        language_wanted=choice.wanted,
        source=source,
        facts=findings.facts if findings else [],
        questions=draft.questions,
        storyline=draft.storyline,
        slides=draft.slides,
        quality=[],
        usage=Usage(),
    )
    return with_claims(with_facts_in_use(deck, also=also), states_of(findings))


def states_of(findings: Findings | None) -> list[Stated]:
    """Returns what the sentences of all answers state."""
    return [each for answer in (findings.told if findings else []) for each in answer.states]


def with_claims(deck: Deck, states: Iterable[Stated]) -> Deck:
    """Returns a deck with the claims that its titles and takeaways make."""
    return deck.model_copy(update={"claims": claiming.told(deck.slides, deck.facts, states)})


def retold(deck: Deck) -> Deck:
    """Returns a deck whose slides were reworded, with the claims that are told now."""
    return with_claims(deck, claiming.stated_by(deck.claims)) if deck.claims else deck


def prove(deck: Deck, path: Path | None, *, also: Iterable[str] = ()) -> Deck:
    """Returns a deck with only the facts that it refers to, and with every check repeated."""
    deck = with_facts_in_use(deck, also=also)
    with contextlib.ExitStack() as stack:
        said = deck.brief.table
        table = stack.enter_context(open_table(path, said)) if path else None
        return deck.model_copy(update={"quality": checks(deck, table)})


def with_facts_in_use(deck: Deck, *, also: Iterable[str] = ()) -> Deck:
    """Returns a deck without the facts that nothing in it refers to."""
    names = {name for _, text in deck_texts(deck) for name in references(text)}
    # The statistics of a fact ({{q3}}) need it as much as its value does.
    used = {f"f{name[1:]}" if name[0] in "tq" else name for name in names} | set(also)
    return deck.model_copy(update={"facts": [fact for fact in deck.facts if fact.id in used]})


@cache
def version() -> str:
    """Returns the installed version of deckgen, since versions may compose decks differently."""
    return f"deckgen {metadata.version('deckgen')}"
