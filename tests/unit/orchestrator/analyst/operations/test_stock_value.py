"""Stock value: quantity times cost, summed over the items."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

ITEMS = [(f"S{n}", ("Nuts", "Bolts")[n % 2], n % 7 + 1, 10, 2.5 if n % 2 else 4) for n in range(70)]


@pytest.mark.parametrize(
    "question", ["How much money is tied up in stock?", "Wie viel Kapital ist im Lager gebunden?"]
)
def test_money_in_stock_is_the_sum_of_products(tmp_path: Path, question: str) -> None:
    """Each item's quantity is multiplied with its cost before they are added up."""
    said = ask(tmp_path, "sku,family,on hand,reorder level,unit cost", ITEMS, question)
    total = sum(hand * cost for _, _, hand, _, cost in ITEMS)
    assert total == 910
    assert said.headline == "910 is tied up in stock, over 70 rows"


def test_without_costs_the_table_lacks_them(tmp_path: Path) -> None:
    """Quantities alone are no money."""
    rows = [(f"S{n}", n % 7 + 1) for n in range(70)]
    said = ask(tmp_path, "sku,on hand", rows, "How much money is tied up in stock?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks how much is in stock and what one piece of it costs"


def test_german_names_are_understood(tmp_path: Path) -> None:
    """Bestand and Einkaufspreis are quantity and cost."""
    rows = [(f"A{n}", n % 5, 20, 3.5) for n in range(50)]
    header = "Artikelnummer,Bestand,Meldebestand,Einkaufspreis"
    said = ask(tmp_path, header, rows, "Wie viel Kapital ist im Lager gebunden?")
    assert said.headline == "350 is tied up in stock, over 50 Artikel"
