import random
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import read


@pytest.mark.parametrize(
    "content",
    [
        "Datum;Region;Umsatz\n03.05.2023;Nord;10,50\n04.05.2023;Süd;20,25\n05.05.2023;Ost;30,25\n;;61,00\n",
        "Year,Sales\n2019,10\n2020,20\n2021,31\n,61\n",
        "Page,Users,Sales\n,15,61\n/a,9,10\n/b,8,20\n/c,7,31\n",
    ],
)
def test_a_total_without_a_name_is_left_out(tmp_path: Path, content: str) -> None:
    """Below or above the rows, whatever form its numbers have; its users are no sum of theirs."""
    found = read(tmp_path, content)
    assert sum(found.column(found.names[-1])) == 61
    assert found.warns("One row that only sums up others was left out")


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("Period,Sales\nQ1 2023,10\nQ2 2023,20\nQ3 2023,30\nQ4 2023,41\nFY 2023,101\n", 101),
        ("Monat;Umsatz\nApril;10\nMai;20\nJuni;31\nQ2;61\nJuli;5\nAugust;6\nSeptember;8\nQ3;19\n", 80),
        (
            "Quarter,Shop,Sales\nQ1,A,10\nQ1,B,1\nQ2,A,20\nQ2,B,2\nQ3,A,31\nQ3,B,3\nFY,A,61\nFY,B,6\n",
            67,
        ),
    ],
)
def test_a_longer_period_is_left_out_if_it_sums_up_the_others(
    tmp_path: Path, content: str, value: float
) -> None:
    """A year among its quarters counts everything twice."""
    found = read(tmp_path, content)
    assert sum(found.column(found.names[-1])) == value
    assert found.warns("only sum")


def test_a_longer_period_that_is_no_sum_stays_and_is_named(tmp_path: Path) -> None:
    """The year's staff is that of its end."""
    found = read(tmp_path, "Quarter,Staff\nQ1,10\nQ2,12\nQ3,13\nQ4,15\nFY,16\n")
    assert len(found.rows) == 5
    assert found.warns("A row is called “FY”, but its numbers are not sums, so it was kept")


@pytest.mark.parametrize(
    "content",
    [
        "Region,Country,Sales\nEurope,,31\nEurope,Spain,10\nEurope,Italy,21\nAsia,,9\nAsia,Laos,4\nAsia,Nepal,5\n",
        "Region;Umsatz\nEuropa;31\n  Spanien;10\n  Italien;21\nAsien;9\n  Laos;4\n  Nepal;5\n",
    ],
)
def test_parents_of_listed_rows_are_left_out(tmp_path: Path, content: str) -> None:
    """By a blank label, or by the indentation of the names below them."""
    found = read(tmp_path, content)
    assert sum(found.column(found.names[-1])) == 40
    assert len(found.rows) == 4


def test_rows_without_a_last_label_stay_if_they_sum_up_nothing(tmp_path: Path) -> None:
    """What is not known to belong to a country counts as well."""
    content = "Region,Country,Sales\nEurope,,30\nEurope,Spain,10\nEurope,Italy,21\nAsia,Laos,4\n"
    assert sum(read(tmp_path, content).column("Sales")) == 65


REPORT = (
    "Item,2022,2023\nLyon,,\n  Books,10,20\n  Pens,5,6\nLyon total,15,26\n"
    "Bern,,\n  Books,1,2\n  Pens,3,4\nBern total,4,6\nTotal,19,32\n"
)


def test_labels_alone_above_rows_are_written_beside_them(tmp_path: Path) -> None:
    """The same names stand in each section, and mean nothing without its label."""
    found = read(tmp_path, REPORT)
    assert found.names == ["Item", "section", "year", "value"]
    assert found.rows[0] == ("Books", "Lyon", 2022, 10)
    assert sum(row[3] for row in found.rows if row[1] == "Bern") == 10
    assert found.warns("Labels that stand alone above rows were written beside them, as “section”")


def test_labels_above_names_of_their_own_are_not_needed(tmp_path: Path) -> None:
    """A statement's lines are told apart by their names."""
    found = read(tmp_path, REPORT.replace("Books,1,", "Maps,1,").replace("Pens,3", "Ink,3"))
    assert "section" not in found.names


def test_a_number_that_comes_again_is_no_sum(tmp_path: Path) -> None:
    """Rows with a blank cell are no totals where their code is that of a row before, though some rows
    lack one.
    """
    drawn = random.Random(5)
    lines = ["issued,license,species,first breed,second breed,zip"]
    for n in range(600):
        breed, second = drawn.choice("ABCD"), drawn.choice(["", "Mix", "Other"])
        code = "" if drawn.random() < 0.03 else 98100 + drawn.randrange(20)
        lines.append(f"2018-{1 + n % 12:02}-{1 + n % 28:02},S{n},Dog,{breed},{second},{code}")
    assert len(read(tmp_path, "\n".join(lines)).column("license")) == 600
