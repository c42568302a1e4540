"""Themes: words of texts, counted in rows."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "complaint id,shop,complaint"
ABOUT = (
    "My delivery came after Monday {}",
    "Deliveries to {} never arrive",
    "The invoice of {} shows a mistake",
    "Nobody at {} picks up the phone",
    "The delivery for {} was broken",
)
PLACES = (
    "Ayr",
    "Bath",
    "Cork",
    "Deal",
    "Ely",
    "Fife",
    "Hove",
    "Ince",
    "Jarrow",
    "Kelso",
    "Leek",
    "Ware",
)
ROWS = [
    (f"K{n}-{place}", ("A", "B")[n % 2], text.format(place))
    for n, text in enumerate(ABOUT)
    for place in PLACES
]


@pytest.mark.parametrize(
    "question", ["What do customers complain about?", "Worüber beschweren sich die Kunden?"]
)
def test_forms_of_a_word_are_one_theme(tmp_path: Path, question: str) -> None:
    """Delivery and deliveries are one word, which counts once in each text."""
    said = ask(tmp_path, HEADER, ROWS, question)
    assert said.headline == "“delivery” comes up most: in 36 of 60 complaints, or 60%"


def test_words_of_the_same_texts_are_one_theme(tmp_path: Path) -> None:
    """Words that come up in the same texts are told once: invoice, and not mistake as well."""
    said = ask(tmp_path, HEADER, ROWS, "What do customers complain about?")
    words = [point for point in said.points if "comes up" in point]
    assert len([point for point in words if "invoice" in point or "mistake" in point]) == 1


def test_texts_without_a_common_word_have_no_theme(tmp_path: Path) -> None:
    """Where each text has words of its own, none comes up most."""
    letters = "abcdefghijklmnopqrst"
    rows = [
        (f"K{a}{b}", "A", " ".join(f"{a}{b}{letter}{a}{letter}" for letter in "xyz"))
        for a in letters[:6]
        for b in letters
    ]
    said = ask(tmp_path, HEADER, rows, "What do customers complain about?")
    assert said.headline == "No word comes up in more than a few of the 120 complaints"
