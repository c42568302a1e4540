"""Attainment: what became of a plan, in all and by groups, and only in tables that have one."""

from pathlib import Path

from deckgen.domain.facts import FactRelation
from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.operations.series import months

SITES = [
    (month, site, budget, actual)
    for month in months(2024)
    for site, budget, actual in (("Depot", 1_000, 1_250), ("Office", 500, 480), ("Lab", 800, 790))
]
TEAMS = [
    (month, team, target + 10 * place, actual + 10 * place)
    for place, month in enumerate(months(2024))
    for team, target, actual in (("North", 1_000, 1_050), ("West", 1_000, 800), ("South", 500, 510))
]


def test_a_budget_that_was_exceeded(tmp_path: Path) -> None:
    """The whole against its budget, and who went over it; spending more is what is told."""
    said = ask(tmp_path, "month,site,budget,actual", SITES, "Did we stay within budget in 2024?")
    assert said.operation == "attainment"
    was, planned = 12 * (1_250 + 480 + 790), 12 * (1_000 + 500 + 800)
    assert (was, planned) == (30_240, 27_600)
    assert said.headline == "In 2024, actual exceeded budget by 9.6%: 30,240 against 27,600 (+2,640)"
    assert said.points[0] == "Only Depot exceeded budget, by 25%: 15,000 against 12,000 (+3,000)"
    figures = [said.say(kpi.value) for kpi in said.answer.kpis]
    assert figures == ["30,240", "27,600", "+2,640"]


def test_a_distance_from_a_plan_is_no_change_over_time(tmp_path: Path) -> None:
    """Two values of one period have no earlier one, so that no claim says that anything rose."""
    said = ask(tmp_path, "month,site,budget,actual", SITES, "Did we stay within budget in 2024?")
    apart = [
        fact.about
        for fact in said.facts
        if fact.about and fact.about.relation in (FactRelation.DIFFERENCE, FactRelation.GROWTH)
    ]
    assert apart
    assert not any(about.base for about in apart)


def test_where_is_told_first_if_it_is_asked(tmp_path: Path) -> None:
    """“Where” is answered by the groups that went over, and the whole follows."""
    said = ask(tmp_path, "month,site,budget,actual", SITES, "Where did we overspend our budget?")
    assert said.headline.startswith("Only Depot exceeded budget, by 25%")
    assert any(point.startswith("Actual exceeded budget by 9.6%") for point in said.points)


def test_a_target_that_was_missed(tmp_path: Path) -> None:
    """Of a target of sales less is a miss, and all who missed it are named."""
    said = ask(
        tmp_path,
        "month,team,target,actual",
        TEAMS,
        "Did we hit our sales targets, and where did we miss?",
    )
    whole, where = said.answers
    assert said.say(
        whole.headline
    ) == "Actual missed target by 4.8%: 30,300 against 31,980 (-1,680)" or (
        said.say(whole.headline).startswith("Actual missed target by")
    )
    west = sum(10 * place for place in range(12))
    assert said.say(where.headline) == (
        f"Only West missed target, by 19%: {9_600 + west:,} against {12_000 + west:,} (-2,400)"
    )


def test_none_missed_its_plan(tmp_path: Path) -> None:
    """Where all are above, the answer says so, with the one that came closest."""
    rows = [row for row in TEAMS if row[1] != "West"]
    said = ask(tmp_path, "month,team,target,actual", rows, "Which team missed its sales target?")
    assert said.headline == "No team missed target; South came closest: 6,780 against 6,660"


def test_months_to_come_are_no_miss(tmp_path: Path) -> None:
    """A target of months without an actual value counts for nothing."""
    rows = [
        (month, 100 + place, 110 + place if place < 6 else "")
        for place, month in enumerate(months(2024))
    ]
    said = ask(tmp_path, "month,target,actual", rows, "Are our sales on target?")
    planned = sum(100 + place for place in range(6))
    assert said.headline == f"Actual exceeded target by 9.8%: {planned + 60} against {planned} (+60)"


def test_sides_may_be_values_of_a_column(tmp_path: Path) -> None:
    """Budget and actual in the rows of one amount are held against each other as well."""
    rows = [
        (month, unit, scenario, amount)
        for month in months(2024)
        for unit, actual, budget in (("Kitchen", 120, 100), ("Bar", 90, 100))
        for scenario, amount in (("Actual", actual), ("Budget", budget))
    ]
    said = ask(tmp_path, "month,unit,scenario,cost", rows, "Which unit is over budget?")
    assert said.headline == "Only Kitchen exceeded the plan, by 20%: 1,440 against 1,200 (+240)"


def test_a_plan_that_customers_pay_for_is_no_target(tmp_path: Path) -> None:
    """A column called plan without anything beside it is a group like any other."""
    rows = [(month, plan, 100) for month in months(2024) for plan in ("Free", "Team")]
    assert (
        ask(tmp_path, "month,plan,revenue", rows, "Which plan brings most revenue?").operation
        == "ranking"
    )


def test_a_german_question_about_the_budget(tmp_path: Path) -> None:
    """German names and words ask for the same."""
    said = ask(
        tmp_path, "Monat,Standort,Plan,Ist", SITES, "Welcher Standort hat das Budget überschritten?",
        locale="de_DE",
    )  # fmt: skip
    assert said.operation == "attainment"
    assert said.headline.startswith("Only Depot exceeded Plan, by 25")
