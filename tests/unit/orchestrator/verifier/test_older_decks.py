"""Decks of schema version 1 are still read, drawn and verified."""

from pathlib import Path

from deckgen.domain.blocks import Bullets
from deckgen.domain.decks import Deck, Layout
from deckgen.export.slides.inspection import inspect
from deckgen.orchestrator.verifier.verify import verify

DATA = Path("tests/data")


def deck() -> Deck:
    return Deck.model_validate_json((DATA / "deck-of-version-1.json").read_text())


def test_a_deck_of_version_1_is_read_and_drawn() -> None:
    """Its summary is a list of sentences, and nothing of it is cut."""
    old = deck()
    assert old.schema_version == 1
    summary = next(slide for slide in old.slides if slide.layout is Layout.SUMMARY)
    assert any(isinstance(block, Bullets) for block in summary.blocks)
    assert inspect(old)["nothing_overflows"] == []


def test_a_deck_of_version_1_is_not_called_false() -> None:
    """Its numbers are proved; that this version composes another deck is no fault of it."""
    verdict = verify(deck(), DATA / "crimea.csv")
    assert [problem for check in verdict.checks for problem in check.problems] == []
    proved = {check.name: check.passed for check in verdict.checks}
    assert proved["facts_recomputed"]
    assert proved["charts_recomputed"]
