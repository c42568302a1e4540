"""Standing: a headcount out of the days on which people came."""

from pathlib import Path

from tests.unit.orchestrator.analyst.operations.asking import ask

PEOPLE = [
    (10 * year + place, "Shop" if place % 2 else "Office", f"{2_000 + year}-{3 + 2 * place:02}-01")
    for year in (20, 21, 22, 23)
    for place in range(4)
]
HEADER = "employee id,team,hire date"


def test_headcount_is_all_who_came(tmp_path: Path) -> None:
    """Hires add up to those who are there, and that leavers are unknown is said."""
    said = ask(tmp_path, HEADER, PEOPLE, "How did our headcount develop?")
    assert said.operation == "standing"
    assert said.headline == "The number of employees rose from 4 by Sep 2020 to 16 by Sep 2023"
    assert said.points == [
        "The table does not say who left, so all employees who came count as still there"
    ]


def test_a_table_that_says_who_left_is_not_counted_so(tmp_path: Path) -> None:
    """With a date of leaving the hires alone are no headcount."""
    rows = [(*row, "2023-12-01" if place % 5 == 0 else "") for place, row in enumerate(PEOPLE)]
    said = ask(tmp_path, f"{HEADER},left on", rows, "How did our headcount develop?")
    assert said.operation != "standing"
