"""An edit by hand put into a deck: texts, bullets, order, hidden slides, facts that were asked for."""

from typing import Any

import pytest

from deckgen.domain.decks import Deck
from deckgen.domain.errors import DeckgenError
from deckgen.domain.slide_texts import places
from tests.edited_decks import ANN, HOW_MUCH, deck, outcome, saved

FELL = "{{C2}} fell by {{f7}} from {{f3}} to {{f1}}"


def marks(of: Deck, slide: str = "s3") -> list[str]:
    found = next(each for each in of.slides if each.id == slide)
    assert all(mark.author == ANN for mark in found.written)
    return [mark.place for mark in found.written]


def test_a_text_is_marked() -> None:
    """It has its author; what stays has none, and the slide and the deck say who changed them last."""
    of = saved(deck(), {"id": "s3", "title": FELL, "notes": "Slowly,\r\nplease"})
    slide = of.slides[2]
    assert (slide.title, slide.notes) == (FELL, "Slowly,\nplease")
    assert marks(of) == ["title", "notes"]
    assert slide.edited == of.edited == ANN
    assert [each.edited for each in of.slides if each.id != "s3"] == [None] * 5
    assert Deck.model_validate(of.to_json()) == of


def test_a_deck_that_nobody_edited() -> None:
    """Its JSON has none of the new members, so that older readers take it."""
    document = deck().to_json()
    assert document.keys().isdisjoint({"edited", "asked"})
    assert all(slide.keys().isdisjoint({"edited", "written", "hidden"}) for slide in document["slides"])


def test_bullets() -> None:
    """They are taken out, moved and added: one that only moved is nobody's."""
    points = deck().slides[3].points
    own = "{{f9}} brings {{f11}} of {{c2}}, as we hoped"
    of = saved(deck(), {"id": "s4", "bullets": [points[2], own, points[0]]})
    assert of.slides[3].points == [points[2], own, points[0]]
    assert marks(of, "s4") == ["bullet 2"]
    moved = saved(of, {"id": "s4", "bullets": [own, points[2]]})
    assert marks(moved, "s4") == ["bullet 1"]
    none = saved(of, {"id": "s4", "bullets": []})
    assert none.slides[3].points == []
    assert "bullets" not in [block.type for block in none.slides[3].blocks]


def test_rows_of_the_summary() -> None:
    """The sentences of messages are texts like others, by their places."""
    of = saved(deck(), {"id": "s2", "texts": {"support 1": ""}})
    assert places(of.slides[1])["support 1"] == ""
    assert marks(of, "s2") in ([], ["support 1"])


def test_order_and_hidden_slides() -> None:
    """All slides stay in the deck, in their new order; what is hidden is marked, and can be shown."""
    order = ["s1", "s4", "s2", "s3", "s6", "s5"]
    of = saved(deck(), {"id": "s3", "hidden": True}, order=order)
    assert [slide.id for slide in of.slides] == order
    assert [slide.id for slide in of.slides if slide.hidden] == ["s3"]
    shown = saved(of, {"id": "s3", "hidden": False})
    assert not any(slide.hidden for slide in shown.slides)
    assert [slide.id for slide in shown.slides] == order


def test_nothing_changes() -> None:
    """The deck is the same one, without an author."""
    assert (
        saved(
            deck(), {"id": "s3", "title": deck().slides[2].title}, order=[f"s{n}" for n in range(1, 7)]
        )
        == deck()
    )


def test_the_title_of_the_deck() -> None:
    """It is that of its first slide, whoever writes it."""
    of = saved(deck(), {"id": "s1", "title": FELL})
    assert of.title == FELL


def test_claims_follow_the_words() -> None:
    """What titles assert is derived again, from the facts that they cite now."""
    of = saved(
        deck(), {"id": "s3", "title": "{{f9}} brings {{f11}} of {{c2}} in {{f1}}", "bullets": []}
    )
    told = {tuple(claim.facts) for claim in of.claims for place in claim.told if place.slide == "s3"}
    assert ("f11",) in told
    assert ("f7",) not in told


def test_a_fact_that_was_asked_for() -> None:
    """It is computed here, whatever the client says of it, and the deck keeps the question."""
    lie = deck().facts[1].model_copy(update={"id": "f2", "display": "999", "value": 999})
    asked = {"question": HOW_MUCH, "facts": {"f9000": "f1"}, "answer": [lie.to_json()]}
    of = saved(deck(), {"id": "s3", "bullets": ["South brought {{f9000}} in all"]}, asked=[asked])
    fact = of.facts[-1]
    assert (fact.id, fact.value) == ("f9000", 20_880)
    assert fact.label == "revenue, South"
    assert [(each.question, each.facts) for each in of.asked] == [(HOW_MUCH, {"f9000": "f1"})]


def test_an_asked_fact_that_nothing_cites() -> None:
    """It does not come into the deck, nor does its question."""
    asked = {"question": HOW_MUCH, "facts": {"f9000": "f1"}}
    of = saved(deck(), {"id": "s3", "title": FELL}, asked=[asked])
    assert (of.asked, of.facts) == ([], deck().facts)


def test_the_check_goes_by_what_the_client_has() -> None:
    """Nothing is computed as one types: the answer that is sent along tells what the fact is."""
    answer = [deck().facts[1].model_copy(update={"id": "f1"}).to_json()]
    edit: dict[str, Any] = {
        "slides": [{"id": "s3", "title": "{{C2}} came to {{f9000}} in {{f1}}"}],
        "asked": [{"question": HOW_MUCH, "facts": {"f9000": "f1"}, "answer": answer}],
    }
    assert outcome(deck(), edit, saves=False).check.savable
    edit["asked"][0]["answer"] = []
    (sentence,) = outcome(deck(), edit, saves=False).check.sentences
    assert [each.code for each in sentence.findings] == ["unknown_reference"]


def test_a_refused_edit() -> None:
    """There is no deck of it, and the check says why."""
    found = outcome(deck(), {"slides": [{"id": "s3", "title": "{{C2}} rose by {{f7}}"}]})
    assert (found.deck, found.check.savable) == (None, False)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"slides": [{"id": "s9", "title": FELL}]}, "slide_not_found"),
        ({"slides": [{"id": "s3", "texts": {"headline": FELL}}]}, "text_not_found"),
        ({"slides": [{"id": "s3", "texts": {"bullet 7": FELL}}]}, "text_not_found"),
        ({"order": ["s1", "s2"]}, "order_incomplete"),
        ({"order": ["s1", "s1", "s2", "s3", "s4", "s5"]}, "order_incomplete"),
        ({"slides": [{"id": f"s{n}", "hidden": True} for n in range(1, 7)]}, "no_slide_left"),
        ({"asked": [{"question": HOW_MUCH, "facts": {"f9000": "f99"}}]}, "asked_fact_not_found"),
        (
            {"asked": [{"question": HOW_MUCH, "facts": {"f9000": "f1"}}] * 2},
            "fact_id_taken",
        ),
    ],
)
def test_what_is_no_edit_of_this_deck(edit: dict[str, Any], code: str) -> None:
    """It is refused with its own code, and a sentence that says what to do."""
    with pytest.raises(DeckgenError) as refused:
        outcome(deck(), edit)
    assert refused.value.code == code
