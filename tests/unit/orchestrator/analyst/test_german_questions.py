"""German questions and headers: plurals, numbers in one word, and what something is for each."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.orchestrator.analyst.profiling.stemming import base, matched, stem
from tests.unit.orchestrator.analyst.operations.asking import ask

pytestmark = pytest.mark.slow

HEADER = "Bestellnummer,Kundennummer,Datum,Stadt,Produkt,Menge,Preis"


def orders() -> Iterator[tuple[str, str, str, str, str, int, int]]:
    """300 orders of 60 customers, five each, in three cities, for 10 to 50 a piece."""
    chance = random.Random(1)
    for place in range(300):
        city, product = ("Berlin", "Hamburg", "München")[place % 3], ("Tisch", "Lampe")[place % 2]
        day = f"2024-{place % 12 + 1:02d}-{chance.randint(1, 28):02d}"
        yield f"B{place:04d}", f"K{place % 60:03d}", day, city, product, 2, (10, 20, 30)[place % 3]


def _first(folder: Path, question: str, header: str = HEADER) -> str:
    return ask(folder, header, list(orders()), question).headline


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Wie viele Kunden kommen wieder?", "60 of 60 Kunden come back: 100% are there more than once"),
        ("Wie hoch ist der Umsatz je Kunde?", "Revenue per Kunde is 200 from Jan 2024 to Dec 2024"),
        (
            "Wie hoch ist der Umsatz pro Bestellung?",
            "Revenue per Bestellung is 40 from Jan 2024 to Dec 2024",
        ),
        ("Welche Städte bringen am meisten Umsatz?", "München brings 50% of revenue: 6,000"),
        ("In welcher Stadt verkaufen wir am meisten?", "München brings 50% of revenue: 6,000"),
        ("Wie viele Produkte haben wir?", "The table has 2 different Produkte"),
    ],
)  # fmt: skip
def test_everyday_questions_are_answered(question: str, headline: str, tmp_path: Path) -> None:
    """Of 300 orders at 40 on average, five of each customer."""
    assert _first(tmp_path, question) == headline


def test_a_number_with_a_hyphen_is_the_same(tmp_path: Path) -> None:
    """Kunden-Nr and Kundennummer tell customers apart."""
    header = "Bestell-Nr,Kunden-Nr,Datum,Stadt,Produkt,Menge,Preis"
    assert _first(tmp_path, "Wie viele Kunden kommen wieder?", header).startswith("60 of 60 Kunden")


def test_cohorts_are_those_of_the_number(tmp_path: Path) -> None:
    """Of a number in one word as well."""
    assert "of Kunden are active a month after their first" in _first(
        tmp_path, "Wie ist die Kundenbindung nach Kohorten?"
    )


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("What is our revenue per customer?", "Revenue per customer is 200"),
        ("What is revenue per order?", "Revenue per order is 40"),
        ("What is revenue per city?", "München brings 50% of revenue: 6,000"),  # a group
    ],
)
def test_an_amount_is_told_for_each_of_the_things_that_are_named(
    question: str, start: str, tmp_path: Path
) -> None:
    """The total over the number of different things; what there are few of forms groups."""
    rows = [(b, k, d, c, menge * preis) for b, k, d, c, _, menge, preis in orders()]
    said = ask(tmp_path, "order id,customer id,date,city,revenue", rows, question)
    assert said.headline.startswith(start)


def test_costs_are_told_for_each_click_and_order(tmp_path: Path) -> None:
    """The sums of both columns, over each other."""
    rows = [(f"2024-{month:02d}-01", "Suche", 300, 600, 30) for month in range(1, 13)]
    header = "Monat,Kanal,Kosten,Klicks,Bestellungen"
    said = ask(tmp_path, header, rows, "Wie hoch sind die Kosten pro Klick?")
    assert said.headline == "Cost per click is 0.50 from Jan 2024 to Dec 2024"
    said = ask(tmp_path, header, rows, "Wie hoch sind die Kosten je Bestellung?")
    assert said.headline == "Kosten per Bestellung is 10 from Jan 2024 to Dec 2024"


@pytest.mark.parametrize(
    "question", ["Wie viele Buchungen hatten wir?", "Wie hoch sind die Buchungen?"]
)
def test_bookings_are_added_up(question: str, tmp_path: Path) -> None:
    """Few different numbers of them are no groups."""
    rows = [(f"2024-01-{day:02d}", desk, 5 + day % 4) for day in range(1, 29) for desk in "AB"]
    said = ask(tmp_path, "Datum,Schalter,Buchungen", rows, question)
    assert said.headline.startswith("Buchungen came to 364")


def test_price_times_pieces_is_revenue_in_a_what_if_too(tmp_path: Path) -> None:
    """Though no column holds it."""
    rows = [(f"2024-{m:02d}-01", 10 + m % 4, 500 - 20 * (m % 4) + m) for m in range(1, 13)]
    for pieces in ("Stück", "Menge", "Stückzahl"):
        said = ask(
            tmp_path,
            f"Monat,Preis,{pieces}",
            rows,
            "Was passiert, wenn wir die Preise um 10 % erhöhen?",
        )
        assert "revenue rise by" in said.headline


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("kunde", "kunden"), ("land", "länder"), ("land", "ländern"), ("produkt", "produkte"),
        ("produkt", "produkten"), ("stadt", "städte"), ("markt", "märkten"),
        ("vertrag", "verträge"), ("filiale", "filialen"),
    ],
)  # fmt: skip
def test_german_plurals_are_forms_of_a_word(one: str, many: str) -> None:
    """With another vowel, an ending, or both."""
    assert matched(frozenset({stem(one)}), frozenset({stem(many)}))


@pytest.mark.parametrize(
    ("one", "other"),
    [("order", "ord"), ("open", "op"), ("center", "cents"), ("corner", "corn"), ("number", "numb")],
)  # fmt: skip
def test_english_words_are_not_cut_as_german_ones(one: str, other: str) -> None:
    """An ending that English words have by chance stays."""
    assert base(stem(one)) != base(stem(other))
