"""Decks that people edited, verified: what was computed is proved, and what they wrote is named."""

from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck, Slide, Verification
from deckgen.orchestrator import analyst, verifier
from deckgen.orchestrator.verifier.recomputation import info_of
from tests.by_model import by_model
from tests.edited_decks import ANN, BRIEF, HOW_MUCH, deck, saved, table
from tests.unit.orchestrator.analyst.engine import Run

FELL = "{{C2}} fell by {{f7}} from {{f3}} to {{f1}}"
OWN = "{{C2}} fell by {{f7}} because of the strike"


def verified(of: Deck) -> Verification:
    return verifier.verify(of, table())


def failed(found: Verification) -> list[str]:
    return [check.name for check in found.checks if check.problems]


def forged(of: Deck, slide_id: str, **changes: Any) -> Deck:
    def one(slide: Slide) -> Slide:
        return slide.model_copy(update=changes) if slide.id == slide_id else slide

    return of.model_copy(update={"slides": [one(slide) for slide in of.slides]})


def test_words_that_the_facts_bear_out() -> None:
    """The deck holds, and the notes say whose words they are."""
    of = saved(deck(), {"id": "s3", "title": FELL, "bullets": []})
    found = verified(of)
    assert (found.verified, failed(found)) == (True, [])
    assert "s3 title is said to be ann's own" in found.notes
    assert any(note.startswith("It is said that ann edited it by hand") for note in found.notes)


def test_words_that_no_fact_tells() -> None:
    """All numbers are proved; that the strike was the cause is a person's word, and not proved."""
    found = verified(saved(deck(), {"id": "s3", "title": OWN}))
    assert (found.verified, failed(found)) == (None, [])
    (part,) = (check for check in found.checks if check.name == "words_of_people")
    assert part.unproved[0].startswith("s3 title: “because” names a cause")


def test_order_hidden_slides_and_asked_facts() -> None:
    """Whatever people may change is theirs to change; a question that they asked is asked again."""
    of = saved(
        deck(),
        {"id": "s3", "bullets": ["South brought {{f9000}} of {{c2}} in all"]},
        {"id": "s4", "hidden": True},
        order=["s1", "s3", "s2", "s4", "s6", "s5"],
        asked=[{"question": HOW_MUCH, "facts": {"f9000": "f1"}}],
    )
    found = verified(of)
    assert failed(found) == []
    assert found.facts == len(deck().facts) + 1
    assert "s4 is hidden" in found.notes


def test_a_forged_fact_that_is_said_to_be_asked_for() -> None:
    """Its question gives another value, so the deck does not hold."""
    of = saved(
        deck(),
        {"id": "s3", "bullets": ["South brought {{f9000}} of {{c2}} in all"]},
        asked=[{"question": HOW_MUCH, "facts": {"f9000": "f1"}}],
    )
    *facts, asked = of.facts
    lie = asked.model_copy(
        update={"sql": f"SELECT 10 * ({asked.sql})", "value": 208_800, "display": "208,800"}
    )
    found = verified(of.model_copy(update={"facts": [*facts, lie]}))
    assert found.verified is False
    assert "facts_found_again" in failed(found)


def test_a_question_that_gives_no_such_fact() -> None:
    """What can't be asked again is not proved."""
    of = saved(
        deck(),
        {"id": "s3", "bullets": ["South brought {{f9000}} of {{c2}} in all"]},
        asked=[{"question": HOW_MUCH, "facts": {"f9000": "f1"}}],
    )
    other = [of.asked[0].model_copy(update={"question": "Why is the sky blue?"})]
    assert verified(of.model_copy(update={"asked": other})).verified is not True


def test_a_change_without_a_mark() -> None:
    """A text that nobody is said to have written has to be the computed one, in an edited deck too."""
    of = forged(saved(deck(), {"id": "s3", "title": FELL}), "s4", title=FELL)
    found = verified(of)
    assert found.verified is False
    assert "slides_composed_again" in failed(found)


def test_a_mark_is_no_licence_for_numbers() -> None:
    """Who marks a text as a person's states no number with it, nor what the facts refute."""
    of = saved(deck(), {"id": "s3", "title": FELL})
    for title in (
        "{{C2}} fell by half in {{f1}}",
        "{{C2}} rose by {{f7}} in {{f1}}",
        "{{C2}} fell by 12",
    ):
        assert verified(forged(of, "s3", title=title)).verified is False


def test_a_chart_is_nobodys() -> None:
    """No mark covers what stands beside the words."""
    of = saved(deck(), {"id": "s3", "title": FELL})
    blocks = [block for block in of.slides[2].blocks if block.type != "chart"]
    found = verified(forged(of, "s3", blocks=blocks))
    assert found.verified is False


def test_an_author_on_a_computed_deck() -> None:
    """Who says that a deck was edited, and changes nothing, gets the same verdict on all of it."""
    assert verified(deck().model_copy(update={"edited": ANN})).verified is True


def test_a_model_and_a_person() -> None:
    """A person's words on a model's slide are not held to the rules of a model's answer."""
    said = Brief(business_context=BRIEF)
    source = analyst.profile(table(), info_of("sales.csv", table()), said)
    of = by_model(Run(table(), said, source))
    words = {"title": FELL, "notes": "Hello", "bullets": [f"{FELL}, says our editor"]}
    found = verified(saved(of, {"id": "s3", **words}, {"id": "s1", "title": FELL}))
    assert failed(found) == []
    open_ = {check.name for check in found.checks if check.unproved}
    assert open_ == {"made_as_said", "words_of_people"}
