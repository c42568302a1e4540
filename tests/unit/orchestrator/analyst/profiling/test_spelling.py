"""German nouns keep their capitals, English names have none."""

from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.profiling.spelling import as_written


def _labels(*cells: str) -> list[str]:
    return [name.label for name in as_written([read_name(cell) for cell in cells], list(cells))]


def test_a_german_header_is_kept_as_it_is_written() -> None:
    """All of it, also the words that English has as well."""
    assert _labels("Monat", "Region", "Umsatz") == ["Monat", "Region", "Umsatz"]
    assert _labels("Datum", "Plan", "Stückpreis") == ["Datum", "Plan", "Stückpreis"]


def test_an_english_header_is_written_small() -> None:
    """A name in a sentence is no name of a person; one German word makes no German header."""
    assert _labels("Month", "Region", "Young Customers") == ["month", "region", "Young Customers"]
    assert _labels("Monat", "Region", "Revenue") == ["monat", "region", "revenue"]


def test_capitals_alone_are_no_spelling() -> None:
    """A header in capitals says nothing about nouns."""
    assert _labels("UMSATZ", "MONAT", "kosten")[2] == "kosten"
