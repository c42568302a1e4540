"""Each check of a deck's words, on decks of one sentence."""

from typing import Literal

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck, Layout, Slide, Storyline
from deckgen.domain.facts import About, FactRelation, Sign
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.domain.model_calls import Usage
from deckgen.orchestrator.analyst.proof.checks import content
from tests.unit.orchestrator.facts import fact, source


def at_end(end: Literal["highest", "lowest"]) -> About:
    return About(measure="sales", aggregate="total", relation=FactRelation.RANK, end=end)


FACTS = [
    fact("f1", 0.2, PERCENT, Sign.SIZE, "size of a rise"),
    fact("f2", -0.3, PERCENT, Sign.SIZE, "size of a fall"),
    fact("f3", -0.3, PERCENT, Sign.CHANGE),
    fact("f4", 10, COUNT),
    fact("f5", 20, COUNT),
    fact("f6", "north", TEXT).model_copy(update={"about": at_end("highest")}),
    fact("f7", "south", TEXT).model_copy(update={"about": at_end("lowest")}),
    fact("f8", 60, COUNT, label="sales, north", group="north"),
    fact("f9", 5, COUNT, label="sales, south", group="south"),
]


def failed(text: str) -> set[str]:
    """The checks that a deck with this one sentence does not pass, but for those against data."""
    slide = Slide(id="s1", layout=Layout.CHART, title="", blocks=[Bullets(items=[text])])
    deck = Deck(
        title="",
        brief=Brief(),
        source=source(sales="sales", orders="orders"),
        facts=FACTS,
        storyline=Storyline(question="", answer="", arguments=[]),
        slides=[slide],
        quality=[],
        usage=Usage(),
    )
    names = {check.name for check in content(deck, None) if not check.passed}
    return names - {"facts_recomputed", "charts_recomputed"}


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose by {{f1}}",
        "Sales fell by {{f2}} and orders rose by {{f1}}",
        "Sales changed by {{f3}}",
        "Where {{c0}} was higher, {{c1}} moved by {{f3}}",
        "They stand {{f1}} above the mean, costs {{f2}} below it",
        "They fell by more than {{f3}}",
        "It was {{f1}} more than before, and {{f2}} less than planned",
        "Sales trended upwards, from {{f4}} to {{f5}}",
        "Of all regions, {{f6}} is highest and {{f7}} is lowest",
        "The highest is {{f5}}, the lowest {{f4}}",
        "{{f6}} has {{f8}}, next comes {{f7}} with {{f9}}",
        "Ads made up {{f3}} of that",
    ],
)
def test_sound_sentences_pass(text: str) -> None:
    """What is true of the facts is said without complaint."""
    assert failed(text) == set()


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Sales fell by {{f1}}", "directions_agree"),
        ("Sales rose by {{f2}} and orders rose by {{f1}}", "directions_agree"),
        ("They changed by {{f1}}", "directions_agree"),
        ("They rose by {{f3}}", "directions_agree"),
        ("They rose again, by {{f3}}", "directions_agree"),
        ("Where {{c0}} was higher, {{c1}} fell by {{f1}}", "directions_agree"),
        ("They rose by more than {{f3}}", "directions_agree"),
        ("Sales rose more, by {{f2}}", "directions_agree"),
        ("Sales rose even more from {{f5}} to {{f4}}", "directions_agree"),
        ("Sales held steady ({{f3}})", "directions_agree"),
        ("They stand {{f1}} below the mean", "directions_agree"),
        ("Sales trended downwards, from {{f4}} to {{f5}}", "directions_agree"),
        ("{{f6}} is lowest of all", "directions_agree"),
        ("The highest is {{f4}}, the lowest {{f5}}", "directions_agree"),
        ("{{f7}} has {{f8}}", "groups_agree"),
        ("{{f7}} has {{f8}}, next comes {{f6}} with {{f9}}", "groups_agree"),
        ("Sales rose by {{f1}} because of the rain", "no_causal_words"),
        ("Sales rose by 20%", "numerals_bound"),
        ("Sales rose by {{f99}}", "references_known"),
    ],
)
def test_wrong_sentences_are_named(text: str, check: str) -> None:
    """A wrong direction, group or cause, and a number bound to nothing, each have their check."""
    assert failed(text) == {check}
