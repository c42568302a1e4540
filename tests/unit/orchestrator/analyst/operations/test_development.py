"""Development: how a measure went over time, and what is no trend."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.samples import sampled
from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.operations.series import by_month, months, noise, two_years


def test_from_the_first_to_the_last_year(tmp_path: Path) -> None:
    """Years are compared where there are two, so that a season is no change."""
    rows = two_years({"Inn": (100, 120), "Spa": (50, 55)})
    said = ask(tmp_path, "month,house,sales", rows, "How did sales develop?")
    first = sum(int(str(row[2])) for row in rows if str(row[0]) < "2024")
    second = sum(int(str(row[2])) for row in rows if str(row[0]) > "2024")
    assert (first, second) == (1_818, 2_122)
    assert said.headline == "Sales rose by 17%: 1,818 in 2023, 2,122 in 2024"


def test_months_that_go_one_way(tmp_path: Path) -> None:
    """A year alone is told from its first to its last month."""
    rows = [(date, 200 - 5 * place) for place, date in enumerate(months(2024))]
    said = ask(tmp_path, "month,complaints", rows, "Are complaints getting better?")
    assert said.headline == "Complaints fell by 28%: 200 in Jan 2024, 145 in Dec 2024"
    assert "The highest month was Jan 2024 with 200, the lowest Dec 2024 with 145" in said.points


def test_chance_is_no_trend(tmp_path: Path) -> None:
    """What only chance moves stays within the usual range, with both figures."""
    said = ask(
        tmp_path, "month,region,sales", list(noise(["East", "West"], seed=3)), "How are sales doing?"
    )
    assert "stayed within their usual range" in said.headline
    assert "within the usual variation" in said.points[0]
    assert said.answer.end is End.ANSWERED


@pytest.mark.slow
@pytest.mark.sweeps
@pytest.mark.parametrize("tables", sampled([10, 30], 10))
def test_noise_is_seldom_news(tmp_path: Path, tables: int) -> None:
    """Of the tables of chance, as few are told as a rise or a fall as the test allows."""
    told = [
        ask(
            tmp_path,
            "month,region,sales",
            list(noise(["A"], seed=seed, length=12)),
            "How did sales develop?",
        )
        for seed in range(tables)
    ]
    news = [said for said in told if " rose " in said.headline or " fell " in said.headline]
    assert len(news) <= tables / 10


def test_growth_a_year(tmp_path: Path) -> None:
    """The average growth of a year is the root over the years between the first and the last."""
    rows = list(zip(range(2015, 2025), (100, 108, 117, 126, 136, 147, 159, 171, 185, 200), strict=True))
    said = ask(tmp_path, "year,revenue", rows, "How fast did we grow per year on average?")
    assert round((200 / 100) ** (1 / 9) - 1, 2) == 0.08
    assert said.headline == "Revenue grew by 8% a year on average: 100 in 2015, 200 in 2024"
    assert said.points[0] == "Over all these years, that is +100%"


def test_growth_a_year_needs_two_years(tmp_path: Path) -> None:
    """One year has no growth a year."""
    rows = [(date, 100 + place) for place, date in enumerate(months(2024))]
    said = ask(tmp_path, "month,revenue", rows, "How fast did revenue grow per year?")
    assert said.answer.reason == "the table lacks two complete years"


def test_two_measures_have_a_sentence_each(tmp_path: Path) -> None:
    """Revenue and costs in one question are two answers, in its order."""
    rows = [(date, 1_000 + 20 * place, 700 + 5 * place) for place, date in enumerate(months(2024))]
    said = ask(tmp_path, "month,revenue,costs", rows, "How did revenue and costs develop?")
    assert said.headline == "Revenue rose by 22%: 1,000 in Jan 2024, 1,220 in Dec 2024"
    assert "Costs rose by 7.9%: 700 in Jan 2024, 755 in Dec 2024" in said.points


def test_a_few_groups_have_a_sentence_each(tmp_path: Path) -> None:
    """“In both regions” tells each of them, with a line each."""
    rows = by_month(
        months(2024),
        {
            "Coast": [100 + 10 * place for place in range(12)],
            "Hills": [300 - 5 * place for place in range(12)],
        },
    )
    said = ask(tmp_path, "month,region,visitors", rows, "How did visitors develop in both regions?")
    assert {said.headline, *said.points[:1]} == {
        "Coast's visitors rose by 110%: 100 in Jan 2024, 210 in Dec 2024",
        "Hills's visitors fell by 18%: 300 in Jan 2024, 245 in Dec 2024",
    }
    assert said.answer.chart
    assert len(said.answer.chart.series) == 2


def test_a_balance_is_told_at_its_end(tmp_path: Path) -> None:
    """A balance is what stands there on the last day, neither a sum nor a mean."""
    rows = [(f"2024-{month:02}-05", 1_000 + 150 * month) for month in range(1, 13)]
    said = ask(tmp_path, "Datum,Saldo", rows, "Wie hat sich der Kontostand entwickelt?", locale="de_DE")
    assert said.headline.startswith("Saldo rose by 143")
    assert "2.800" in said.headline


def test_noisy_periods_are_told_by_the_quarters_at_both_ends(tmp_path: Path) -> None:
    """Of many noisy weeks the first quarter is held against the last one."""
    monday = date(2024, 1, 1)
    values = [500 - 4 * place + (60 if place % 3 else -60) for place in range(40)]
    rows = [(monday + timedelta(weeks=place), value) for place, value in enumerate(values)]
    said = ask(tmp_path, "week,costs", rows, "Are costs getting better?")
    assert (sum(values[:10]), sum(values[-10:])) == (4_940, 3_740)
    assert said.headline == "Costs fell by 24%: 4,940 in the first 10 weeks, 3,740 in the last 10"


def test_without_dates_the_table_lacks_them(tmp_path: Path) -> None:
    """A table without dates says nothing about a course."""
    rows = [(name, 10 * place) for place, name in enumerate("ABCDEFGH", start=1)]
    said = ask(tmp_path, "shop,sales", rows, "How did sales develop?")
    assert said.answer.reason == "the table lacks a column of dates"


def test_a_step_to_another_level_is_a_direction(tmp_path: Path) -> None:
    """What stays level, jumps and stays there again has risen, however slowly ranks say so."""
    rows = [
        (date(2025, 1, 1) + timedelta(days=n), 400 + n * 37 % 23 + (340 if n > 145 else 0))
        for n in range(196)
    ]
    said = ask(tmp_path, "date,crashes", rows, "How did crashes develop?")
    assert said.headline.startswith("Crashes rose by")
    level = [(day, 400 + n * 37 % 23) for n, (day, _) in enumerate(rows)]
    assert "steady" in ask(tmp_path, "date,crashes", level, "How did crashes develop?").headline
