"""Names: which columns and groups a question means by its words."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask


def test_a_column_of_that_name_is_meant_before_other_places(tmp_path: Path) -> None:
    """Which region is answered by the column “region”, though countries are places as well."""
    rows = [
        (country, region, n + (40 if region == "West" else 60))
        for n, (country, region) in enumerate(
            [("Austria", "West"), ("France", "West"), ("Poland", "East"), ("Latvia", "East")] * 3, 1
        )
    ]
    said = ask(tmp_path, "country,region,turnout", rows, "In which region is turnout lowest?")
    assert said.headline.startswith("West ")


def test_a_margin_is_a_share_of_revenue(tmp_path: Path) -> None:
    """The best profit margin is a ratio: the largest profit may come with a small one."""
    rows = [(shop, *sides) for shop, sides in (("Big", (1000, 50)), ("Small", (100, 20))) * 4]
    said = ask(tmp_path, "shop,sales,profit", rows, "Which shop has the best profit margin?")
    assert said.headline == "Small has the highest margin: 20%"


def test_the_whole_name_of_a_column_counts_most(tmp_path: Path) -> None:
    """“Interest rate” is the column of that name, and no amount of interest that was paid."""
    rows = [(grade, rate, paid) for grade, rate, paid in (("A", 5.5, 900), ("B", 9.5, 100)) * 5]
    said = ask(
        tmp_path, "grade,interest rate,paid interest", rows,
        "Which grades pay the highest interest rate?",
    )  # fmt: skip
    assert said.headline.startswith("B has the highest average interest rate")


def test_per_year_names_no_number_of_years(tmp_path: Path) -> None:
    """Growth per year is that of the visitors, though each row is a year."""
    rows = [(2010 + n, round(100 * 1.1**n)) for n in range(8)]
    question = "How fast did the number of visitors grow per year?"
    said = ask(tmp_path, "year,visitor count", rows, question)
    assert said.headline.startswith("Visitor count grew by 10% a year")


@pytest.mark.parametrize(
    ("values", "question"),
    [
        (("female", "male"), "Do women earn less than men?"),
        (("F", "M"), "Do men earn more than women?"),
        (("Frauen", "Männer"), "Is the salary of women lower than that of men?"),
    ],
)
def test_women_and_men_by_any_word(tmp_path: Path, values: tuple[str, str], question: str) -> None:
    """Women are those whom the column calls female, and both are compared by what they earn."""
    rows = [(value, 3000 + 400 * n + 10 * k) for k in range(20) for n, value in enumerate(values)]
    said = ask(tmp_path, "gender,salary", rows, question)
    assert said.operation == "difference"
    assert (
        said.headline
        == f"Average salary is higher for {values[1]}: 3,495, against 3,095 for {values[0]}"
    )


def test_a_gap_is_a_difference(tmp_path: Path) -> None:
    """A gender pay gap asks whether the salary differs by sex."""
    rows = [(sex, 3000 + 400 * n + 10 * k) for k in range(20) for n, sex in enumerate(("F", "M"))]
    said = ask(tmp_path, "sex,salary", rows, "Is there a gender pay gap?")
    assert said.operation == "difference"


def test_a_comparison_with_the_others(tmp_path: Path) -> None:
    """Whether some are more satisfied is answered by holding them against the others."""
    rows = [(where, score) for where, score in (("Remote", 8), ("Office", 5), ("Remote", 9)) * 10]
    said = ask(tmp_path, "remote,satisfaction", rows, "Are remote developers more satisfied?")
    assert said.operation == "difference"


def test_spending_more_than_we_earn_compares_no_groups(tmp_path: Path) -> None:
    """What is held against what we earn is an amount and no group."""
    rows = [(f"2025-{m:02}-01", "North" if m % 2 else "South", 100 * m, 90 * m) for m in range(1, 13)]
    question = "Do we spend more than we earn?"
    said = ask(tmp_path, "month,region,income,cost", rows, question)
    assert said.operation != "difference"


def test_a_word_of_a_longer_name_is_no_group(tmp_path: Path) -> None:
    """The patient of a “patient class” does not limit the answer to the group “patient”."""
    rows = [
        (kind, group, 10 + n)
        for n, (kind, group) in enumerate([("inner", "patient"), ("outer", "staff")] * 5)
    ]
    said = ask(
        tmp_path, "patient class,demo group,cost", rows, "Which patient class has the highest cost?"
    )
    assert said.answer.plan is not None
    assert not said.answer.plan.filters


def test_who_has_most_of_what_no_column_holds(tmp_path: Path) -> None:
    """Most murders are most rows where each is one, and no average of another column."""
    rows = [
        (borough, f"2024-{1 + n % 12:02}-{1 + n % 28:02}", 20 + n % 50)
        for n, borough in enumerate(["Brent"] * 12 + ["Camden"] * 30 + ["Ealing"] * 8)
    ]
    said = ask(tmp_path, "borough,date,age", rows, "Which boroughs have most murders?")
    assert said.headline.startswith("Camden brings 60% of")


def test_the_slowest_are_told_by_a_duration(tmp_path: Path) -> None:
    """Who is slowest is told by how long something takes, whatever matters most in the table."""
    rows = [
        (team, 500 - 100 * n + k, 10 + 5 * n + k / 3)
        for k in range(12)
        for n, team in enumerate(("Red", "Green", "Blue"))
    ]
    said = ask(tmp_path, "team,revenue,turnaround", rows, "Which teams are slowest?")
    assert said.headline.startswith("Blue ")
    assert "21.8" in said.headline


def test_without_a_duration_nobody_is_slowest(tmp_path: Path) -> None:
    """A table that does not say how long anything takes can't say who is slowest."""
    rows = [(team, age) for age in range(20, 36) for team in ("Red", "Blue")]
    said = ask(tmp_path, "team,age", rows, "Which teams are slowest?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks how long anything takes"


def test_it_is_what_the_question_before_was_about(tmp_path: Path) -> None:
    """“Does it depend on” is about what the question before named."""
    rows = [
        (company, 2.0 + n % 7, "yes" if n % 10 < share else "no")
        for n in range(60)
        for company, share in (("Blue Cab", 9), ("Red Cab", 4))
    ]
    said = ask(
        tmp_path, "company,distance,tip", rows,
        "How often do passengers tip, and does it depend on the company?",
    )  # fmt: skip
    first, second = (said.say(each.headline) for each in said.answers)
    assert first.startswith("Share tip is 65%")
    assert second.startswith("The tip rate differs by company: 90% for Blue Cab, 40% for Red Cab")


def test_a_rate_is_what_a_column_holds_per_thousand(tmp_path: Path) -> None:
    """The divorce rate is the column per 1,000 and not the number of divorces."""
    rows = [(1990 + n, 1000 + 50 * n, 2.0 + n / 10) for n in range(12)]
    said = ask(tmp_path, "year,divorces,divorces per 1000", rows, "How did the divorce rate develop?")
    assert "ivorces per 1000 rose by 55%" in said.headline


def test_the_number_of_what_columns_describe_is_rows(tmp_path: Path) -> None:
    """Where columns tell the type and the date of a breach, each row is one."""
    rows = [
        (f"{year}-{1 + n % 12:02}-05", "Theft" if n % 3 else "Loss", 100 + n)
        for year, many in ((2021, 24), (2022, 36), (2023, 48))
        for n in range(many)
    ]
    said = ask(
        tmp_path, "breach date,type of breach,people affected", rows,
        "How did the number of breaches develop?",
    )  # fmt: skip
    assert "24 in 2021, 48 in 2023" in said.headline


def test_what_no_column_is_called_by_depends_on_nothing(tmp_path: Path) -> None:
    """Whether gas depends on the temperature is not told by another measure beside it."""
    rows = [(f"2024-{m:02}-01", 5 + m, 700 + 10 * (m % 3)) for m in range(1, 13)]
    question = "Does our gas use depend on the temperature?"
    said = ask(tmp_path, "month,temperature,kwh", rows, question)
    assert said.answer.end is End.LACKS


def test_one_row_each_has_no_average(tmp_path: Path) -> None:
    """Where each group has one row, its value is told under the name of the column."""
    rows = [(age, use) for age, use in (("12", 1.1), ("18", 33.7), ("20", 34.0), ("65+", 1.2))]
    said = ask(tmp_path, "age,marijuana use", rows, "At which age is marijuana use highest?")
    assert said.headline == "20 has the highest marijuana use: 34"


def test_what_costs_more_is_told_by_the_price(tmp_path: Path) -> None:
    """What is more expensive is told by the price, also where a yes or no tells the groups."""
    rows = [("yes" if n % 2 else "no", 2000 + 500 * (n % 2) + n) for n in range(40)]
    question = "Are premium computers more expensive than others?"
    said = ask(tmp_path, "premium,price", rows, question)
    assert said.headline == "Average price is higher for yes: 2,520, against 2,019 for no"


def test_a_share_of_something_is_no_column_of_shares(tmp_path: Path) -> None:
    """“What share of applications” does not mean a column that is called “share”."""
    rows = [("yes" if n % 4 else "no", 0.05 + n / 1000) for n in range(40)]
    question = "What share of applications was accepted?"
    said = ask(tmp_path, "card,share", rows, question)
    assert "average share" not in said.headline


def test_the_name_of_a_group_names_no_measure(tmp_path: Path) -> None:
    """When most hurricanes happen is told by their number, and not by their diameter."""
    rows = [
        (f"{year}-{month:02}-05", "hurricane" if n < many else "tropical storm", 20 + 3 * n)
        for year in range(2010, 2016)
        for month, many in ((8, 2), (9, 8), (10, 4))
        for n in range(10)
    ]
    said = ask(
        tmp_path, "date,status,hurricane_force_diameter", rows,
        "In which months do most hurricanes happen?",
    )  # fmt: skip
    assert "September" in said.headline
    assert "diameter" not in said.headline


def test_what_a_weekday_is_measured_by(tmp_path: Path) -> None:
    """On which weekday there are fewest riders is told by riders, not by the flag “weekday”."""
    rows = [
        (
            f"2024-{1 + n // 28:02}-{1 + n % 28:02}",
            "N" if n % 7 in (5, 6) else "Y",
            300 + 10 * (n % 7) + n,
        )
        for n in range(112)
    ]
    said = ask(tmp_path, "date,weekday,riders", rows, "On which weekday are there fewest riders?")
    assert "riders" in said.headline


def test_what_is_brought_adds_up(tmp_path: Path) -> None:
    """Who brings most revenue is not told by an average price, where no column holds revenue."""
    rows = [(f"2024-01-{1 + n % 28:02}", kind, 12.5 + n % 9) for n in range(60) for kind in ("A", "B")]
    for question, missing in (
        ("Which type brings most revenue?", "revenue"),
        ("Which type sells best?", "sales"),
        ("How did sales develop?", "sales"),
    ):
        said = ask(tmp_path, "date,type,price", rows, question)
        assert said.answer.end is End.LACKS
        assert said.answer.reason == f"the table has nothing called “{missing}”"


def test_what_matters_most_asks_for_drivers(tmp_path: Path) -> None:
    """What matters most for a price is what it goes with."""
    rows = [(1000 * n + 7 * (n % 5), n, n % 3) for n in range(1, 61)]
    said = ask(tmp_path, "price,lotsize,floors", rows, "What matters most for the price of a house?")
    assert said.operation == "drivers"


def test_a_concentration_that_is_a_column(tmp_path: Path) -> None:
    """How a concentration developed asks for no distribution where a column has that name."""
    rows = [(1990 + n, 350 + 2 * n) for n in range(20)]
    said = ask(tmp_path, "year,concentration", rows, "How did the concentration develop?")
    assert said.operation == "development"
