"""Difference: whether groups differ by more than chance."""

import random
from pathlib import Path

from tests.unit.orchestrator.analyst.operations.asking import ask

GAP = "\N{NO-BREAK SPACE}"


def _variants(a: int, b: int, each: int) -> list[tuple[object, ...]]:
    """Visitors of two variants, of whom so many convert."""
    return [
        (f"u{variant}{row}", variant, 1 if row < converted else 0, 20 + row % 7)
        for variant, converted in (("A", a), ("B", b))
        for row in range(each)
    ]


HEADER = "user,variant,converted,seconds"


def test_two_rates_that_chance_could_part_are_no_difference(tmp_path: Path) -> None:
    """50 and 60 of 500: chi-square is 1.02, p is 0.312; 5.5 points would have shown."""
    said = ask(
        tmp_path, HEADER, _variants(50, 60, 500), "Is variant B better than A? Is it significant?"
    )
    first, second = said.answers
    assert said.say(first.headline) == (
        "The conversion rate is 12% for B and 10% for A: that could be chance"
    )
    assert second.headline == first.headline
    assert [said.say(point) for point in first.points] == [
        f"The difference of 2{GAP}pp is not significant (p-value 0.312)",
        "B: 60 of 500; A: 50 of 500",
        f"Only a difference of 5.5{GAP}pp or more would have shown with so many users",
    ]


def test_two_rates_that_differ_are_told_with_both(tmp_path: Path) -> None:
    """50 and 90 of 500 differ: p is below 0.001."""
    said = ask(tmp_path, HEADER, _variants(50, 90, 500), "Is variant B significantly better than A?")
    assert said.headline == "The conversion rate is higher for B: 18%, against 10% for A"
    assert said.points[0] == f"The difference of 8{GAP}pp is significant (p-value below 0.001)"


def test_several_groups_are_told_from_high_to_low(tmp_path: Path) -> None:
    """The scores of three countries differ, and the one between them is a point."""
    rows = [
        (row, ("Chile", "Ghana", "Nepal")[row % 3], row % 3 * 2 + row % 4 + 1) for row in range(120)
    ]
    said = ask(tmp_path, "respondent,country,satisfaction", rows, "How do the countries differ?")
    assert said.headline == "Average satisfaction differs by country: 6.50 for Nepal, 2.50 for Chile"
    assert "Between them: 4.50 for Ghana" in said.points


def test_noise_makes_no_difference(tmp_path: Path) -> None:
    """Random sales of four regions differ by no more than chance."""
    chance = random.Random(8)
    rows = [
        (f"{2023 + month // 12}-{month % 12 + 1:02}", region, round(chance.gauss(100, 25), 1))
        for month in range(24)
        for region in ("North", "South", "East", "West")
    ]
    said = ask(tmp_path, "month,region,sales", rows, "Do the regions differ?")
    assert said.headline.startswith("Average sales show no clear difference by region: ")


def test_only_the_named_groups_are_compared(tmp_path: Path) -> None:
    """Of three carriers two are named; what lasts is their measure, as the question says “faster”."""
    rows = [
        (f"P{row}", ("Nord", "Swift", "Eagle")[row % 3], row % 400, 2 + row % 3 + row % 30 / 10)
        for row in range(150)
    ]
    said = ask(tmp_path, "parcel,carrier,distance_km,delivery_days", rows, "Is Swift faster than Nord?")
    assert said.headline == "Average delivery days are higher for Swift: 4.45, against 3.35 for Nord"


def test_german_groups_are_compared(tmp_path: Path) -> None:
    """“Unterscheiden sich” asks for the difference of the named groups."""
    rows = [(row, ("8a", "8b")[row % 2], 50 + row % 2 * 10 + row % 7) for row in range(80)]
    said = ask(tmp_path, "Schüler,Klasse,Punkte", rows, "Unterscheiden sich die Klassen signifikant?")
    assert said.operation == "difference"
    assert said.headline.startswith("Average Punkte is higher for 8b: ")


def test_small_groups_are_left_out_and_named(tmp_path: Path) -> None:
    """Three respondents are too few to compare."""
    rows = [(row, ("Chile", "Ghana")[row % 2], row % 2 * 2 + row % 3 + 1) for row in range(80)]
    rows += [(row, "Malta", 9) for row in range(80, 83)]
    said = ask(tmp_path, "respondent,country,satisfaction", rows, "How do the countries differ?")
    assert "Malta" not in said.headline
    assert "Too small to compare, and left out: Malta" in said.points


def test_who_made_the_difference_asks_for_a_change(tmp_path: Path) -> None:
    """It is no question for a test of groups."""
    rows = [
        (f"{year}-{month:02}-01", shop, 100 + 50 * (year - 2023) * (shop == "Harbour"))
        for year in (2023, 2024)
        for month in range(1, 13)
        for shop in ("Harbour", "Station")
    ]
    said = ask(tmp_path, "month,shop,revenue", rows, "Which shop made the difference?")
    assert said.answer.plan is None or said.operation != "difference"
