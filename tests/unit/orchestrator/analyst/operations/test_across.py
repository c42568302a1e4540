"""Across: columns of one kind against each other."""

import random
from pathlib import Path

from tests.unit.orchestrator.analyst.operations.asking import ask

SURVEY = [
    (row, ("Office", "Plant")[row % 2], 3 + row % 3, 1 + row % 3, 2 + row % 4, 4 + row % 2)
    for row in range(120)
]
HEADER = "id,site,Workload,Pay,Management,Team spirit"


def test_the_question_with_the_lowest_mean_comes_last(tmp_path: Path) -> None:
    """Pay is 2 on average, Management 3.5, Workload 4 and Team spirit 4.5."""
    said = ask(tmp_path, HEADER, SURVEY, "What are people least happy with?")
    assert said.operation == "across"
    assert said.headline == "Pay has the lowest average: 2"
    assert said.points == ["Management follows with 3.50", "Team spirit is highest with 4.50"]
    assert said.answer.chart
    assert said.answer.chart.categories[0] == "pay"


def test_columns_are_compared_that_are_of_one_kind(tmp_path: Path) -> None:
    """Days of absence are no subject, though they are the lowest numbers."""
    rows = [(f"S{row}", 40 + row % 30, 60 + row % 30, 70 + row % 29, row % 9) for row in range(90)]
    said = ask(
        tmp_path, "Schüler,Mathe,Deutsch,Englisch,Fehltage", rows,
        "In welchem Fach sind die Schüler am schlechtesten?",
    )  # fmt: skip
    assert said.headline == "Mathe has the lowest average: 54.5"


def test_two_columns_that_chance_could_swap_are_level(tmp_path: Path) -> None:
    """The two lowest differ by chance alone, and neither is told to be the worst."""
    chance = random.Random(7)
    rows = [(row, *(chance.randint(1, 5) for _ in range(2)), chance.randint(4, 5)) for row in range(60)]
    said = ask(tmp_path, "id,Breakfast,Parking,Location", rows, "Which aspect is rated worst?")
    assert " are lowest, without a clear difference: " in said.headline


def test_named_groups_are_not_columns(tmp_path: Path) -> None:
    """Where the subjects are values of a column, the groups are ranked."""
    rows = [(row, ("Maths", "Art")[row % 2], 50 + row % 2 * 20 + row % 5) for row in range(60)]
    said = ask(tmp_path, "id,subject,score", rows, "In which subject do pupils struggle?")
    assert said.operation == "ranking"


def test_one_column_or_another_is_asked_across(tmp_path: Path) -> None:
    """“More on food or leisure” compares two columns, not a relation of them."""
    rows = [(f"City{row}", 300 + row % 50, 100 + row % 37) for row in range(80)]
    said = ask(tmp_path, "city,food,leisure", rows, "Do people spend more on food or leisure?")
    assert said.operation == "across"
    assert said.headline.startswith("Food has the highest average: ")


def test_marks_that_look_like_groups_are_scores(tmp_path: Path) -> None:
    """Marks from 1 to 5 are compared, the age of who gave them is not."""
    rows = [(row, 20 + row % 45, 3 + row % 3, 1 + row % 4, 2 + row % 4) for row in range(180)]
    said = ask(
        tmp_path, "Nr,Alter,Lage,Preis,Service", rows, "Womit sind die Gäste am unzufriedensten?"
    )
    assert said.headline == "Preis has the lowest average: 2.50"
    assert said.points[-1] == "Lage is highest with 4"


def test_rates_are_compared_with_rates(tmp_path: Path) -> None:
    """Numbers of applications are not put in one order with the rates of their success."""
    rows = [
        (field, men, women, round(100 * won / men, 1), round(100 * lost / women, 1))
        for field, men, women, won, lost in (
            ("Maths", 200, 50, 60, 10), ("Physics", 150, 40, 45, 8), ("Law", 90, 110, 27, 22),
        )
    ]  # fmt: skip
    said = ask(
        tmp_path, "field,applications men,applications women,success men pct,success women pct", rows,
        "Are women's applications less successful than men's?",
    )  # fmt: skip
    assert said.answer.plan is not None
    named = {name for each in said.answer.plan.measures for name in each.columns}
    assert named == {"success men pct", "success women pct"}


def test_a_comparison_with_the_column_before(tmp_path: Path) -> None:
    """“Is it more expensive than” holds what was asked about before against the named column."""
    rows = [(f"2024-{m:02}-01", 200 + 5 * m, 100 + 4 * m) for m in range(1, 13)]
    said = ask(
        tmp_path, "month,arabica,robusta", rows,
        "When did the price of arabica peak, and is it more expensive than robusta?",
    )  # fmt: skip
    assert said.say(said.answers[1].headline).startswith("Arabica has the highest")


def test_which_of_the_rows_is_no_question_about_columns(tmp_path: Path) -> None:
    """Who asks which religion wants one of the rows, though each has a row of its own."""
    rows = [(name, 10 * n, 12 * n, 9 * n) for n, name in enumerate(("Aa", "Bb", "Cc", "Dd"), 1)]
    said = ask(tmp_path, "religion,low,middle,high", rows, "Which religion has the most high?")
    assert said.answer.plan is not None
    assert said.answer.plan.operation == "ranking"
