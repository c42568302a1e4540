from pathlib import Path

import pytest

from deckgen.domain.facts import Fact, render, words
from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator import verifier
from tests.unit.orchestrator.analyst.engine import Run, days, run_table

pytestmark = pytest.mark.slow
MONTHS = {1: "Januar", 2: "Februar", 6: "Juni", 7: "Juli", 11: "November", 12: "Dezember"}


def sales(locale: str, path: Path) -> Run:
    """Three years of sales in millions, with a season, a trend and a group that leads."""
    rows = [
        [day, "north" if n % 3 else "south", 900_000 + 400 * n + 150_000 * (day.month == 12)]
        for n, day in enumerate(days(2022) + days(2023) + days(2024))
    ]
    return run_table(path, [["date", "region", "sales_eur"], *rows], locale=locale)


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return sales("de_DE", tmp_path_factory.mktemp("de") / "sales.csv")


def test_a_deck_in_another_locale_passes_its_checks(german: Run) -> None:
    """Its numbers are bound, recomputed and few enough, and what verify expects of them is so."""
    assert [check for check in german.deck.quality if not check.passed] == []
    assert verifier.verify(german.deck, german.path).verified


def test_numbers_months_and_dates_are_german(german: Run) -> None:
    """Millions, percent and months are said as Germans say them."""
    said = " ".join(fact.display for fact in german.deck.facts).replace("\N{NO-BREAK SPACE}", " ")
    assert "Mio. €" in said
    assert " %" in said
    assert "Dez. 2024" in said
    months = [fact for fact in german.findings.facts if fact.unit.format is ValueFormat.MONTH]
    assert months
    assert all(fact.display == MONTHS[int(fact.value or 0)] for fact in months)


def test_a_locale_changes_no_value(german: Run, tmp_path: Path) -> None:
    """The same facts are found in English, with the same values."""
    english = sales("en_US", tmp_path / "sales.csv")

    def proved(fact: Fact) -> tuple[object, ...]:
        return fact.id, fact.value, fact.unit, fact.rows

    assert [*map(proved, english.deck.facts)] == [*map(proved, german.deck.facts)]
    assert [fact.display for fact in english.deck.facts] != [fact.display for fact in german.deck.facts]


def test_a_number_and_its_unit_are_one_word(german: Run) -> None:
    """A title is not too long because a locale writes a space between digits and unit."""
    number = next(fact for fact in german.findings.facts if "Mio." in fact.display)
    assert (
        len(words(render(f"Sales reached {{{{{number.id}}}}} in all", {number.id: number.display})))
        == 5
    )
