"""Contribution: which groups made a change, and what is said where none did."""

from pathlib import Path

from deckgen.domain.answers import Answer
from deckgen.domain.charts import ChartKind
from tests.unit.orchestrator.analyst.operations.asking import Said, ask
from tests.unit.orchestrator.analyst.operations.series import by_month, months, noise, two_years

HEADER = "month,course,fees"
COURSES = two_years({"Dance": (100, 150), "Chess": (200, 204), "Music": (60, 54)})
QUESTION = (
    "How did fees develop in 2024 compared with the year before, and which course made the difference?"
)


def last(said: Said) -> Answer:
    return said.answers[-1]


def head(said: Said) -> str:
    return said.say(last(said).headline)


def points(said: Said) -> list[str]:
    return [said.say(point) for point in last(said).points]


def own(course: str, year: str) -> int:
    return sum(int(str(v)) for date, name, v in COURSES if name == course and str(date)[:4] == year)


def test_who_made_most_of_a_rise_is_told_with_its_part(tmp_path: Path) -> None:
    """The largest contribution, its share of the whole, and who moved against it."""
    said = ask(tmp_path, HEADER, COURSES, QUESTION)
    dance = own("Dance", "2024") - own("Dance", "2023")
    assert dance == 606
    whole = sum(own(course, "2024") - own(course, "2023") for course in ("Dance", "Chess", "Music"))
    assert whole == 581
    assert head(said) == "Dance alone rose by more than the whole: +606 against +581"
    assert "Music moved against it by -73" in points(said)
    chart = last(said).chart
    assert chart
    assert chart.kind is ChartKind.WATERFALL
    assert chart.categories[:2] == ["2023", "Dance"]


def test_a_share_of_a_fall(tmp_path: Path) -> None:
    """Where all fell the part of the first one is a share of the fall."""
    rows = two_years({"Dance": (100, 50), "Chess": (200, 180)})
    said = ask(tmp_path, HEADER, rows, "What is behind the fall of fees in 2024?")
    assert head(said).startswith("Dance made 71% of the fall: -606 of -8")


def test_a_tie_has_no_driver(tmp_path: Path) -> None:
    """Two groups that rose alike share the rise, and none of them leads."""
    rows = by_month(
        months(2024), {name: [100 + 10 * place for place in range(12)] for name in ("North", "South")}
    )
    said = ask(tmp_path, "month,region,sales", rows, "Which region leads, and who drives growth?")
    assert head(said) == "North and South share the rise of sales equally: +110 each"


def test_a_group_whose_values_stop_made_no_fall(tmp_path: Path) -> None:
    """B reports nothing after June: that is said, and the others are compared like with like."""
    rows = by_month(
        months(2024), {"A": [100 + place for place in range(12)], "B": [*range(100, 106), *[""] * 6]}
    )
    said = ask(tmp_path, "month,shop,sales", rows, "How did sales develop, and who drives it?")
    assert head(said) == "A is the only shop with values in both periods: 100 and then 111"
    assert points(said)[0] == "B has no value after Jun 2024"
    assert said.say(said.answers[0].headline) == (
        "Sales without B rose by 11%: 100 in Jan 2024, 111 in Dec 2024"
    )


def test_chance_is_no_driver(tmp_path: Path) -> None:
    """The largest move of groups that only chance moves is called usual."""
    rows = list(noise(["East", "West", "North"], seed=11))
    said = ask(
        tmp_path, "month,region,sales", rows,
        "How did sales do in 2024 compared with 2023, and which region made the difference?",
    )  # fmt: skip
    assert head(said).startswith("No region clearly made the change")


def test_a_net_is_not_shared_out(tmp_path: Path) -> None:
    """Of a column with either sign nothing is a share."""
    rows = by_month(
        months(2023, 2024), {"Rent": [500] * 12 + [650] * 12, "Repairs": [-300] * 12 + [-310] * 12}
    )
    said = ask(tmp_path, "month,kind,amount", rows, "Which kind made the difference in 2024?")
    assert head(said) == "Rent alone rose by more than the whole: +1,800 against +1,680"
    assert "%" not in head(said)


def test_who_contributes_most_to_a_total_is_a_ranking(tmp_path: Path) -> None:
    """A contribution to a sum, and not to a change, is asked of the ranking."""
    said = ask(tmp_path, HEADER, COURSES, "Which course contributes most to fees?")
    assert said.operation == "ranking"


def test_a_german_question_about_the_difference(tmp_path: Path) -> None:
    """The German words for the same question find the same group."""
    said = ask(
        tmp_path, "Monat,Kurs,Umsatz", COURSES, "Welcher Kurs hat 2024 den Unterschied ausgemacht?",
        locale="de_DE",
    )  # fmt: skip
    assert head(said).startswith("Dance alone rose")


def test_a_rise_that_was_a_fall_is_set_right_first(tmp_path: Path) -> None:
    """Who is behind a rise that the data do not show: that is said first, then who moved."""
    rows = two_years({"Dance": (100, 50), "Chess": (200, 180)})
    said = ask(tmp_path, HEADER, rows, "What is behind the growth of fees in 2024?")
    assert head(said).startswith("Fees did not rise but fell by 23%")
    assert points(said)[0].startswith("Dance made 71% of the fall")
