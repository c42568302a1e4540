"""Growth: which group grew or shrank most, and whether any did."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.operations.series import by_month, months, noise, two_years

HEADER = "month,depot,sales"
DEPOTS = two_years({"Ulm": (100, 130), "Bonn": (300, 315), "Kiel": (200, 170)})


def test_who_grew_most_is_told_from_and_to(tmp_path: Path) -> None:
    """The highest growth with both of its values, then the others with theirs."""
    said = ask(tmp_path, HEADER, DEPOTS, "Which depot grew most in 2024?")
    old = sum(int(str(value)) for date, name, value in DEPOTS if name == "Ulm" and str(date) < "2024")
    new = sum(int(str(value)) for date, name, value in DEPOTS if name == "Ulm" and str(date) > "2024")
    assert (old, new, round(new / old - 1, 2)) == (1_212, 1_576, 0.3)
    assert said.headline == "Ulm grew most: +30%, from 1,212 in 2023 to 1,576 in 2024"
    assert said.points[1].startswith("Kiel fell by 15%")


def test_each_group_that_shrinks_is_named(tmp_path: Path) -> None:
    """Whether any shrinks is answered with all that do."""
    said = ask(tmp_path, HEADER, DEPOTS, "Is any depot shrinking?")
    assert said.headline == "Kiel shrank by 15%: 2,424 in 2023, 2,060 in 2024"
    assert said.points[0] == "No other depot shrank"


def test_none_shrinks(tmp_path: Path) -> None:
    """Where all grow, the answer says that none shrank, and who grew least."""
    rows = two_years({"Ulm": (100, 130), "Bonn": (300, 315)})
    said = ask(tmp_path, HEADER, rows, "Is any depot shrinking?")
    assert said.headline == "No depot shrank from 2023 to 2024; Bonn grew least: +5%"


def test_missing_values_are_unknown_and_zero_is_no_base(tmp_path: Path) -> None:
    """A group without a value did not fall, and one that began at zero has no growth in percent."""
    rows = [
        (year, name, value)
        for name, both in {
            "North": (100, 120),
            "East": (80, 84),
            "South": (0, 90),
            "West": (70, ""),
        }.items()
        for year, value in zip((2023, 2024), both, strict=True)
    ]
    said = ask(tmp_path, "year,region,sales", rows, "Which region grew fastest?")
    assert said.headline == "North grew most: +20%, from 100 in 2023 to 120 in 2024"
    assert "Unknown, for want of a value in one of the periods: West" in said.points
    assert "Left out, for want of a base to grow from: South" in said.points
    assert "In all that have both values, sales went from 180 to 294 (+63%)" in said.points


def test_growth_of_a_stock_is_from_its_first_to_its_last_date(tmp_path: Path) -> None:
    """Members are counted at the ends, not added up over the months."""
    rows = by_month(
        months(2024), {"Gold": [200 + 10 * place for place in range(12)], "Basic": [500] * 12}
    )
    said = ask(tmp_path, "month,tier,members", rows, "Which tier grows fastest?")
    assert said.headline == "Gold grew most: +55%, from 200 in Jan 2024 to 310 in Dec 2024"


def test_chance_makes_no_leader(tmp_path: Path) -> None:
    """Groups that only chance moves differ no more than usual, and the headline says so."""
    rows = list(noise(["East", "West", "North"], seed=5))
    said = ask(tmp_path, "month,region,sales", rows, "Which region grew most in 2024?")
    assert said.headline.endswith("but that is within the usual variation")


def test_losing_people_or_money_is_another_question(tmp_path: Path) -> None:
    """“Loses money” is about profit, and “loses people” about leavers: neither is a fall of sales."""
    for question in ("Which depot loses money?", "Which depot loses most of its people?"):
        plan = ask(tmp_path, HEADER, DEPOTS, question).answer.plan
        assert plan is None or plan.operation != "growth"


def test_a_german_question_about_growth(tmp_path: Path) -> None:
    """German words for growing and shrinking are read alike."""
    said = ask(
        tmp_path, "Monat,Filiale,Umsatz", DEPOTS, "Welche Filiale ist 2024 am stärksten gewachsen?",
        locale="de_DE",
    )  # fmt: skip
    assert said.operation == "growth"
    assert said.headline.startswith("Ulm grew most")


def test_growth_by_segment_is_told_of_each(tmp_path: Path) -> None:
    """“How did revenue grow by segment” is from the first to the last year, of every segment."""
    rows = [
        (year, name, value)
        for name, values in {"Cloud": (100, 150, 300), "Paper": (400, 420, 440)}.items()
        for year, value in zip((2022, 2023, 2024), values, strict=True)
    ]
    said = ask(tmp_path, "year,segment,revenue", rows, "How did revenue grow by segment?")
    assert said.headline == "Cloud grew most: +200%, from 100 in 2022 to 300 in 2024"
    assert said.points[0] == "Paper grew by 10%, from 400 to 440"


@pytest.mark.slow
@pytest.mark.parametrize("question", ["Which regions are shrinking?", "Which region grew fastest?"])
def test_a_year_of_chance_is_no_news_of_a_group(tmp_path: Path, question: str) -> None:
    """Three months against three are too few for a test of their own: the whole year decides."""
    names = ["North", "South", "East", "West"]
    said = [
        ask(tmp_path, "month,region,sales", list(noise(names, seed=seed, length=12)), question)
        for seed in range(10)
    ]
    told = [each.headline for each in said if " usual" not in each.headline]
    assert len([headline for headline in told if not headline.startswith("No region")]) <= 1, told


def test_a_year_of_growth_is_news_of_its_group(tmp_path: Path) -> None:
    """What rises month by month is told, and so is what falls."""
    rows = by_month(
        months(2024),
        {
            "North": [100 + 10 * place for place in range(12)],
            "South": [200 - 8 * place for place in range(12)],
            "East": [150, 155, 149, 152, 148, 151, 153, 150, 149, 152, 151, 150],
        },
    )
    grew = ask(tmp_path, "month,region,sales", rows, "Which region grew fastest?")
    assert grew.headline.startswith("North grew most: +110%")
    fell = ask(tmp_path, "month,region,sales", rows, "Which regions are shrinking?")
    assert fell.headline.startswith("South shrank by 44%")
