"""Numbers that a text states by itself are found in any writing; what only sounds like one is left."""

from pathlib import Path

import pytest

from deckgen.domain.facts import REFERENCE
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.orchestrator.analyst.proof.checks.texts import texts
from tests.unit.domain.adversarial import (
    WrittenSlide,
    sound,
    sound_sentences,
    wrong,
    wrong_sentences,
)
from tests.unit.orchestrator.analyst.engine import run_table

NEWSPAPERS = Path(__file__).parents[4] / "examples" / "newspaper_revenue.csv"


def found(text: str) -> list[str]:
    return list(own_numbers(REFERENCE.sub(MARK, text)))


def flagged(slides: list[WrittenSlide]) -> list[WrittenSlide]:
    return [slide for slide in slides if any(found(text) for text in slide.texts)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It fell by 1,2 Mio", ["1,2", "Mio"]),
        ("{{c1}} in １２ shops, ٣ towns, ½ of all", ["１２", "٣", "½"]),
        ("Finding ① and Ⅻ and x⁴", ["①", "Ⅻ", "x⁴"]),
        ("Phase IV of XII", ["IV", "XII"]),
        ("twenty-five of one hundred and five", ["twenty-five", "hundred and five"]),
        ("two-thirds, three quarters, a fifth", ["two-thirds", "three", "fifth"]),
        ("doubled, halving, twice, tenfold", ["doubled", "halving", "twice", "tenfold"]),
        ("It fell by a quarter", ["by a quarter"]),
        ("one percent and {{f1}} percent", ["percent"]),
        ("only one group", ["only one"]),
        ("{{f1}}k and {{f2}} bn", ["k", "bn"]),
        ("{{f1}} euros, {{f2}} bps and {{f3}}-kg", ["euros", "bps", "-kg"]),
        ("a dozenfold rise, orders of magnitude", ["dozenfold", "orders of magnitude"]),
        ("A duo leads a score of others", ["duo", "a score"]),
        ("The second largest is third", ["second", "third"]),
        ("zwölf Prozent, ein Drittel, verdoppelt", ["zwolf", "Prozent", "Drittel", "verdoppelt"]),
        ("douze pour cent, un tiers, doublé", ["douze", "pour cent", "un tiers", "double"]),
        ("la mitad, doce por ciento", ["mitad", "doce", "por ciento"]),
        (
            "tw\N{ZERO WIDTH SPACE}o, ｔｗｅｌｖｅ, t\N{CYRILLIC SMALL LETTER IE}n",
            ["two", "twelve", "ten"],
        ),
        ("twenty\N{NON-BREAKING HYPHEN}five", ["twenty-five"]),
    ],
)
def test_numbers_are_named(text: str, numbers: list[str]) -> None:
    """Digits first, then words in the plain writing in which they were compared."""
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{{f1}} of {{f2}}, {{f3}} percentage points, {{f4}}%",
        "One of the largest; no one knows; one another; the only one",
        "The last quarter, each quarter, per quarter, quarterly, a quarter ago",
        "First, the price. Second, the mix",
        "Third-party sales; third\N{NON-BREAKING HYPHEN}party sales",
        "I mix CDs in DC, with CX, ML, MD, MN and a VIX",
        "Seconds, per second, second-hand",
        "Prices per m², measured in percent; kilometres a day and {{f1}} days, the score of {{f2}}",
        "Several, many, both, all, none, once, single, a handful",
        "often, height, weight, freight, tension, tender, ninepin, someone, milliner",
    ],
)
def test_what_only_sounds_like_a_number_is_left(text: str) -> None:
    """References with their units, pronouns, periods, orders of speech, abbreviations, look-alikes."""
    assert found(text) == []


def test_wrong_numbers_are_found() -> None:
    """At least 99 of 100 slides with a wrong number are found, of many ways to write one."""
    assert len(wrong_sentences()) >= 40
    assert len(flagged(wrong(500))) >= 495
    assert [text for kind in wrong_sentences().values() for text in kind if not found(text)] == []


def test_sound_texts_are_left_in_peace() -> None:
    """At most one of 100 sound slides is suspected, of many different sentences."""
    assert len(set(sound_sentences())) >= 120
    assert len(flagged(sound(500))) <= 5
    assert [text for text in sound_sentences() if found(text)] == []


def test_titles_and_bullets_of_a_computed_deck_are_left_in_peace(tmp_path: Path) -> None:
    """What the engine writes around its references states no number."""
    deck = run_table(tmp_path / "newspapers.csv", NEWSPAPERS.read_bytes()).deck
    written = [
        text
        for slide in deck.slides
        for place, text in texts(slide)
        if place in ("title", "bullet", "callout")
    ]
    assert len(written) > 10
    assert [text for text in written if found(text)] == []
