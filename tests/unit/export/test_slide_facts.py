"""What is written on a slide, and the facts that it refers to."""

from deckgen.domain.blocks import Action, Actions
from deckgen.domain.decks import Layout
from deckgen.export.slide_facts import facts_of, texts
from deckgen.export.slides.content import Content
from tests.deck_parts import slide
from tests.decks import sample_deck
from tests.sample_slides import content

ACTIONS = Actions(size_label="of {{f2}} at stake", items=[Action(action="Raise the price")])


def test_the_head_of_a_column_proves_its_number() -> None:
    """What the sizes of actions measure may hold a number, which has its proof as any other."""
    found = facts_of(slide(Layout.CHART, "What to do", ACTIONS), sample_deck())
    assert [fact.id for fact in found if fact.id == "f2"] == ["f2"]


def test_what_a_slide_should_show_is_among_its_texts() -> None:
    """Whatever is missed if it is not shown, is also looked through for facts."""
    for each in [*content(), slide(Layout.CHART, "What to do", ACTIONS)]:
        assert set(Content(each, 1).said) <= set(texts(each))
