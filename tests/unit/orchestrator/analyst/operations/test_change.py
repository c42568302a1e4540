"""Change: a measure in two periods that the question names, or in the last two complete ones."""

from pathlib import Path

from deckgen.domain.charts import ChartKind
from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.operations.series import by_month, months, noise, two_years

HEADER = "month,ward,admissions"
WARDS = two_years({"Surgery": (100, 150), "Children": (200, 200), "Heart": (50, 45)})


def total(year: int, rows: list[tuple[object, ...]]) -> int:
    return sum(int(str(row[2])) for row in rows if str(row[0]).startswith(str(year)))


def test_a_year_is_compared_with_the_one_before(tmp_path: Path) -> None:
    """Both totals, their growth, and whether the months differ by more than they usually do."""
    said = ask(
        tmp_path, HEADER, WARDS, "How did admissions change in 2024 compared with the year before?"
    )
    assert said.operation == "change"
    old, new = total(2023, WARDS), total(2024, WARDS)
    assert (old, new) == (4_242, 4_787)
    assert said.headline == "Admissions rose by 13%: 4,242 in 2023, 4,787 in 2024"
    assert said.points == [
        "The difference of +545 is more than the usual variation from month to month"
    ]
    assert [said.say(kpi.change) for kpi in said.answer.kpis] == ["", "+13%"]


def test_the_same_is_said_of_a_german_question(tmp_path: Path) -> None:
    """Words of a German question ask for the same comparison."""
    question = "Wie hat sich der Umsatz 2024 gegenüber dem Vorjahr entwickelt?"
    said = ask(tmp_path, "Monat,Station,Umsatz", WARDS, question, locale="de_DE")
    assert said.operation == "change"
    assert said.headline == "Umsatz rose by 13\N{NO-BREAK SPACE}%: 4.242 in 2023, 4.787 in 2024"


def test_a_month_is_compared_with_the_month_a_year_before(tmp_path: Path) -> None:
    """Two months that are named are compared as they are, beside what is usual from month to month."""
    rows = [(date, 100 + place) for place, date in enumerate(months(2022, 2023, 2024))]
    said = ask(
        tmp_path, "month,sales", rows, "How did we do in December 2024 compared with December 2023?"
    )
    assert said.headline == "Sales rose by 9.8%: 123 in Dec 2023, 135 in Dec 2024"
    assert said.points[0].startswith("The difference is +12; from one month to the next, 0.8")


def test_the_last_two_years_are_meant_where_none_is_named(tmp_path: Path) -> None:
    """“Than in the previous year” without any date means the last complete year."""
    said = ask(tmp_path, HEADER, WARDS, "Do we have more admissions than in the previous year?")
    assert said.headline.endswith(": 4,242 in 2023, 4,787 in 2024")


def test_an_unfinished_year_is_compared_with_as_many_months(tmp_path: Path) -> None:
    """Eight months of this year are held against the same eight of the last one."""
    rows = [(date, 100 if date < "2024" else 110) for date in months(2023, 2024)[:20]]
    said = ask(tmp_path, "month,sales", rows, "How are sales this year compared with last year?")
    assert said.headline == ("Sales rose by 10%: 800 in Jan 2023–Aug 2023, 880 in Jan 2024–Aug 2024")


def test_halves_of_a_net_are_told_without_shares(tmp_path: Path) -> None:
    """Income and costs in one column: the change is an amount, and each group has its own."""
    dates = months(2024)
    rows = by_month(
        dates,
        {
            "Fees": [900] * 6 + [1_000] * 6,
            "Wages": [-500] * 12,
            "Power": [-100] * 6 + [-120] * 6,
        },
    )
    said = ask(
        tmp_path,
        "month,kind,amount",
        rows,
        "What changed from the first to the second half of the year?",
    )
    assert said.headline == ("Amount rose by 480: 1,800 in the first half of 2024, 2,280 in the second")
    assert "Fees rose from 5,400 to 6,000 (+600)" in said.points
    assert "Power went from -600 to -720 (-120)" in said.points
    assert not any("%" in said.say(text) for text in (said.answer.headline, *said.answer.points))
    assert said.answer.chart
    assert said.answer.chart.kind is ChartKind.WATERFALL
    assert sum(value or 0 for value in said.answer.chart.series[0].values[:-1]) == 2_280


def test_a_difference_like_any_other_is_said_to_be_usual(tmp_path: Path) -> None:
    """Where nothing but chance moves the months, the answer says so beside the figures."""
    said = ask(
        tmp_path, "month,region,sales", list(noise(["East", "West"], seed=3)),
        "How did sales change in 2024 compared with 2023?",
    )  # fmt: skip
    assert said.headline.endswith("within the usual variation")
    assert "no more than the usual variation" in said.points[0]


def test_a_rate_is_compared_as_sum_over_sum(tmp_path: Path) -> None:
    """A rate of a year is all of its numerators over all of its denominators, and differs in points."""
    rows = [
        (date, site, visits, orders, round(orders / visits, 4))
        for date in months(2023, 2024)
        for site, visits, orders in (
            [("A", 1_000, 100), ("B", 100, 50)]
            if date < "2024"
            else [("A", 1_000, 150), ("B", 200, 100)]
        )
    ]
    said = ask(
        tmp_path, "month,site,visits,orders,conversion rate", rows,
        "How did the conversion rate change in 2024 compared with the year before?",
    )  # fmt: skip
    assert round(150 / 1_100, 3) == 0.136
    assert round(250 / 1_200, 3) == 0.208
    assert said.headline == "Conversion rate rose by 7.2\N{NO-BREAK SPACE}pp: 14% in 2023, 21% in 2024"


def test_without_dates_the_table_lacks_two_periods(tmp_path: Path) -> None:
    """One year alone cannot be compared with the one before."""
    rows = [(date, 100) for date in months(2024)]
    said = ask(tmp_path, "month,sales", rows, "How did sales do in 2024 compared with 2023?")
    assert said.answer.end is End.LACKS


def test_what_a_question_supposes_is_set_right(tmp_path: Path) -> None:
    """A fall that was none is contradicted with the figures of that very measure and period."""
    said = ask(tmp_path, HEADER, WARDS, "Why did admissions fall in 2024?")
    assert said.headline == "Admissions did not fall but rose by 13%: 4,242 in 2023, 4,787 in 2024"


def test_a_group_that_stops_is_left_out_of_both_periods(tmp_path: Path) -> None:
    """A ward without values from March on did not make a fall: the others are compared."""
    rows = [
        (date, ward, "" if ward == "Heart" and date > "2024-03" else value)
        for date, ward, value in WARDS
        for date in [str(date)]
    ]
    said = ask(tmp_path, HEADER, rows, "How did admissions change in 2024 compared with 2023?")
    assert said.headline == "Admissions without Heart rose by 17%: 3,636 in 2023, 4,242 in 2024"
    assert said.points[0] == "Heart has no value after Feb 2024"
