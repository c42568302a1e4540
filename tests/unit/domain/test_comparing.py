"""Two versions of a deck compared."""

from deckgen.domain.comparing import DeckComparison, compared
from deckgen.domain.decks import Deck
from tests.edited_decks import HOW_MUCH, deck, saved

FELL = "{{C2}} fell by {{f7}} from {{f3}} to {{f1}}"


def difference(after: Deck, before: Deck | None = None) -> DeckComparison:
    return compared((1, before or deck()), (2, after))


def test_the_same_deck() -> None:
    """Nothing differs."""
    assert difference(deck()).is_empty


def test_a_text() -> None:
    """Both are told, as they read and with their references."""
    (slide,) = difference(saved(deck(), {"id": "s3", "title": FELL})).slides
    assert (slide.id, slide.changes, slide.place_before, slide.place_after) == ("s3", ["changed"], 3, 3)
    (text,) = slide.texts
    assert text.before
    assert text.after
    assert (text.place, text.after.text) == ("title", FELL)
    assert text.before.shown == "Revenue fell by 11%: 9,420 in Q3 2024, 8,340 in Q4 2024"
    assert text.after.shown == "Revenue fell by 11% from Q3 2024 to Q4 2024"


def test_a_bullet_that_was_taken_out() -> None:
    """It has nothing afterwards."""
    (slide,) = difference(saved(deck(), {"id": "s3", "bullets": []})).slides
    (text,) = slide.texts
    assert (text.place, text.after) == ("bullet 1", None)


def test_order_and_hidden_slides() -> None:
    """Only the slide that went elsewhere is called moved, not those that made room."""
    order = ["s1", "s2", "s4", "s5", "s3", "s6"]
    found = difference(saved(deck(), {"id": "s6", "hidden": True}, order=order)).slides
    assert [(each.id, each.changes) for each in found] == [("s3", ["moved"]), ("s6", ["hidden"])]
    assert (found[0].place_before, found[0].place_after) == (3, 5)


def test_slides_that_came_and_went() -> None:
    """They are told with the place that they have or had."""
    less = deck().model_copy(update={"slides": deck().slides[:-1]})
    (gone,) = difference(less).slides
    assert (gone.id, gone.changes, gone.place_after) == ("s6", ["removed"], None)
    (new,) = difference(deck(), less).slides
    assert (new.id, new.changes, new.place_before) == ("s6", ["added"], None)


def test_numbers() -> None:
    """A fact that came, and one with another value, by its meaning."""
    asked = [{"question": HOW_MUCH, "facts": {"f9000": "f1"}}]
    more = saved(deck(), {"id": "s3", "bullets": ["South brought {{f9000}} in all"]}, asked=asked)
    (number,) = difference(more).numbers
    assert (number.before, number.after) == (None, "20,880")
    facts = [
        fact.model_copy(update={"display": "8,341"}) if fact.id == "f2" else fact
        for fact in deck().facts
    ]
    (changed,) = difference(deck().model_copy(update={"facts": facts})).numbers
    assert (changed.label, changed.before, changed.after) == ("revenue, Q4 2024", "8,340", "8,341")
