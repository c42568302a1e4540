"""Sentences of decks that another version made, in both languages."""

from pathlib import Path

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.decks import Deck
from deckgen.orchestrator.verifier import recomputed, sentences
from deckgen.orchestrator.verifier.recomputation import info_of
from tests.german_tables import TABLES
from tests.unit.orchestrator.analyst.engine import as_csv, run_table


def with_other_words(deck: Deck) -> Deck:
    """The deck with its first point in words that this version does not have."""
    slide = next(slide for slide in deck.slides if slide.points)
    first, *others = slide.points
    blocks = [
        Bullets(items=[f"{first} (ganz genau)", *others]) if isinstance(block, Bullets) else block
        for block in slide.blocks
    ]
    changed = slide.model_copy(update={"blocks": blocks})
    return deck.model_copy(
        update={"slides": [changed if each is slide else each for each in deck.slides]}
    )


@pytest.mark.parametrize(
    ("brief", "language", "why"),
    [
        ("Wie hat sich der Umsatz entwickelt?", "de", "only English sentences can be judged"),
        ("How did Umsatz develop?", "en", "“ganz” is covered by no claim"),
    ],
)
def test_only_english_sentences_are_judged(brief: str, language: str, why: str, tmp_path: Path) -> None:
    """What this version says holds in any language; other words are named, the English ones judged."""
    run = run_table(tmp_path / "umsatz.csv", as_csv(list(TABLES["umsatz"]())), brief, locale="de_DE")
    assert run.deck.language == language
    with recomputed(run.brief, info_of(run.path.name, run.path), run.path) as again:
        assert list(sentences.unproved(run.deck, again)) == []
        (named,) = sentences.unproved(with_other_words(run.deck), again)
    assert why in named
