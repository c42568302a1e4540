"""What a deck's parts say of themselves."""

from deckgen.domain.blocks import Bullets, Callout
from deckgen.domain.decks import Layout, Slide


def test_the_points_of_a_slide_are_all_its_bullets() -> None:
    """In their order, and without the other texts of its blocks."""
    blocks = [Bullets(items=["One", "Two"]), Callout(text="Beside them"), Bullets(items=["Three"])]
    assert Slide(id="s1", layout=Layout.CHART, title="A title", blocks=blocks).points == [
        "One",
        "Two",
        "Three",
    ]
    assert Slide(id="s1", layout=Layout.TITLE, title="A title").points == []
