"""Slides as they are laid out: how much is empty, what overlaps, and that none repeats another."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from deckgen.domain.decks import Deck, Layout
from deckgen.export.scene.elements import Scene
from deckgen.export.slides.compose import scenes
from deckgen.export.svg.drawing import slide
from deckgen.export.text import Words
from deckgen.export.themes.theme import NARROW, names, theme
from tests.looks import measures
from tests.looks.tables import LOOKS, Look
from tests.samples import sampled

pytestmark = pytest.mark.looks
CASES = sampled([look.name for look in LOOKS], "restaurants", "umsatz")
BY_NAME = {look.name: look for look in LOOKS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looks")


@cache
def _made(look: Look, folder: Path) -> Deck:
    return look.made(folder)


@pytest.fixture(params=CASES)
def deck(request: pytest.FixtureRequest, folder: Path) -> Deck:
    return _made(BY_NAME[request.param], folder)


# Large type on a narrow slide has less room: what finds none stands in the notes (docs/slides.md).
ROOMY = [name for name in names() if name != f"room{NARROW}"]


@pytest.mark.parametrize("name", ROOMY)
def test_nothing_is_cut_small_or_over_something_else(deck: Deck, name: str) -> None:
    """In every theme, every text of every slide has its room, its size and its place."""
    worn = theme(name)
    found = [
        f"{scene.slide} ({scene.archetype}): {fault}"
        for scene in scenes(deck, worn, Words(deck))
        for fault in measures.faults(scene, worn)
    ]
    assert found == []


def test_slides_are_neither_crowded_nor_empty(deck: Deck) -> None:
    """A quarter to two fifths of a deck is empty, by boxes; by ink, less than three fifths."""
    worn, words = theme(), Words(deck)
    shares, inkless = [], {}
    for scene in _of_content(deck):
        share = measures.empty(scene, worn.grid)
        assert measures.EMPTY[0] <= share <= measures.EMPTY[1], (scene.slide, scene.archetype, share)
        shares.append(share)
        inkless[scene.slide] = measures.inkless(slide(scene, words, worn), scene, worn)
    assert sum(inkless.values()) / len(inkless) <= measures.INK_EMPTY, inkless
    assert max(inkless.values()) <= measures.INK_EMPTIEST, inkless
    least, most = measures.EMPTY_ON_AVERAGE
    assert least <= sum(shares) / len(shares) <= most


def test_no_archetype_three_times_in_a_row(deck: Deck) -> None:
    """Slides change their composition, so that a reader sees that something new begins."""
    runs = [
        (name, len([*run])) for name, run in groupby(scene.archetype for scene in _of_content(deck))
    ]
    assert [name for name, length in runs if length > measures.TWICE_IN_A_ROW] == []


def _of_content(deck: Deck) -> Iterator[Scene]:
    worn = theme()
    kept = {each.id for each in deck.slides if each.layout not in (Layout.TITLE, Layout.APPENDIX)}
    return (scene for scene in scenes(deck, worn, Words(deck)) if scene.slide in kept)
