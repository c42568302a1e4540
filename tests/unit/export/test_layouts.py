from itertools import combinations

import pytest

from deckgen.domain.decks import Bullets, Kpi, Kpis, Layout, Slide
from deckgen.export.layout.placement import Box, place
from deckgen.export.text import Words
from deckgen.export.themes import DEFAULT
from tests.decks import sample_deck
from tests.sample_slides import content

SLIDES = [slide for slide in content() if slide.layout is not Layout.TITLE]


def overlap(one: Box, other: Box) -> bool:
    apart = 0.01
    return (
        one.left + one.width > other.left + apart
        and other.left + other.width > one.left + apart
        and one.top + one.height > other.top + apart
        and other.top + other.height > one.top + apart
    )


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide.title[:30])
def test_blocks_stand_on_the_slide_and_apart(slide: Slide) -> None:
    """Every block has a place within the body of the slide, and no two places overlap."""
    placed = place(slide, Words(sample_deck()), DEFAULT)
    grid = DEFAULT.grid
    assert [each.block for each in placed] == slide.blocks
    for each in placed:
        assert each.box.left >= grid.margin - 0.01
        assert each.box.left + each.box.width <= grid.width - grid.margin + 0.01
        assert each.box.top >= grid.body_top - 0.01
        assert each.box.top + each.box.height <= grid.body_bottom + 0.01
        assert each.size >= 12
    assert not any(overlap(one.box, other.box) for one, other in combinations(placed, 2))


def test_cards_and_text_share_what_room_is_left() -> None:
    """Text that nearly fills a slide is not pushed over its foot by cards that grow."""
    grid, most = DEFAULT.grid, 0.0
    for words in range(20, 200, 5):
        items = ["".join(["word "] * words).strip()] * 3
        cards = Kpis(items=[Kpi(label="Total", value="{{f1}}")])
        slide = Slide(id="s", layout=Layout.KPI, title="Title", blocks=[cards, Bullets(items=items)])
        placed = place(slide, Words(sample_deck()), DEFAULT)
        most = max(most, *(each.box.top + each.box.height for each in placed))
    assert most <= grid.body_bottom + 0.01
