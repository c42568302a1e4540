"""Leavers: which groups lose most of their people, over the mean headcount."""

from pathlib import Path

from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "month,department,headcount,leavers"
QUESTION = "Which department loses most of its people?"


def months(leavers: dict[str, tuple[int, int]]) -> list[tuple[str, str, int, int]]:
    """A year of departments with a headcount and the leavers of each month."""
    return [
        (f"2024-{month:02}", name, heads, left)
        for month in range(1, 13)
        for name, (heads, left) in leavers.items()
    ]


def test_leavers_are_held_against_the_mean_headcount(tmp_path: Path) -> None:
    """A year's leavers stand over the mean of the months' heads, and not over their sum."""
    said = ask(tmp_path, HEADER, months({"Care": (40, 2), "Sales": (80, 1)}), QUESTION)
    assert said.headline == "Care loses the largest part of its people: 24 of 40 on average, or 60%"
    assert said.points[0] == "Sales follows: 12 of 80 on average, or 15%"
    assert said.points[1] == "In all, 36 people left of 120 on average: 30%"


def test_rates_that_are_alike_are_not_ranked(tmp_path: Path) -> None:
    """No department is said to lose most where chance gives as much."""
    said = ask(tmp_path, HEADER, months({"Care": (40, 1), "Sales": (44, 1)}), QUESTION)
    assert said.headline == "No department clearly loses more people: Care lost 30% of them, Sales 27%"


def test_dates_of_leaving_count_as_well(tmp_path: Path) -> None:
    """Out of dates the leavers of the last year stand over the mean of its first and last headcount."""
    rows = [
        (f"E{name}{n}", name, "2020-01-01", f"2024-{n % 12 + 1:02}-15" if n < left else "")
        for name, left in (("Care", 40), ("Sales", 6))
        for n in range(60)
    ]
    rows.append(("E99", "Sales", "2020-01-01", "2024-12-31"))
    said = ask(tmp_path, "employee id,department,hired,left", rows, QUESTION)
    # Of 60 in Care 40 leave within the year: 40 over the mean of 60 and 20.
    assert said.headline == "Care loses the largest part of its people: 40 of 40 on average, or 100%"
    assert said.points[-1] == "Those count who left after Jan 1, 2024, up to Dec 31, 2024"
