"""Slides are looked at as they will be drawn: in the theme that the brief asks for."""

from deckgen.domain.charts import ChartKind
from deckgen.domain.decks import Deck, Layout
from deckgen.export.slides.inspection import cut, inspect
from deckgen.export.themes.theme import STANDARD, worn
from tests.deck_parts import chart, points, slide
from tests.decks import sample_deck

# Fits in the standard theme, and not in large type.
CROWDED = slide(
    Layout.CHART,
    "Revenue rose by {{f2}}",
    chart(ChartKind.BAR, [*"ABC"], [3.0, 2, 1]),
    points(5, words=6),
)


def deck_in(theme: str | None) -> Deck:
    deck = sample_deck()
    brief = deck.brief.model_copy(update={"theme": theme})
    return deck.model_copy(update={"brief": brief, "slides": [CROWDED]})


def test_a_deck_is_looked_at_in_its_own_theme() -> None:
    """What large type leaves no room for is told of a deck that asks for it, and of no other."""
    assert inspect(deck_in(None))["nothing_overflows"] == []
    assert inspect(deck_in("room"))["nothing_overflows"] != []


def test_a_slide_is_looked_at_in_its_decks_theme() -> None:
    """A slide that is written anew is measured as the deck's other slides are."""
    assert [*cut(CROWDED, deck_in(None))] == []
    assert [*cut(CROWDED, deck_in("room"))] != []


def test_a_theme_that_is_gone_gives_the_standard_one() -> None:
    """A deck may name a theme that this version does not have."""
    assert worn("baroque").name == worn(None).name == STANDARD
    assert inspect(deck_in("baroque")) == inspect(deck_in(None))
