"""Outliers: single values, rows and groups that are unusual; what is usual is not told as news."""

import datetime
import random
from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

DAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(days=n) for n in range(120)]
ASKED = "Is there anything unusual in our bookings?"


def bookings(
    changed: dict[tuple[int, str], int], seed: int = 3
) -> list[tuple[datetime.date, str, int]]:
    """Bookings of two desks by day, near 500 and near 300, with some values put in."""
    luck = random.Random(seed)
    return [
        (day, desk, changed.get((n, desk), usual + luck.randint(-15, 15)))
        for n, day in enumerate(DAYS)
        for desk, usual in (("East", 500), ("West", 300))
    ]


def test_several_values_are_told_each_with_group_date_and_usual_value(tmp_path: Path) -> None:
    """Each unusual value of a series is named; the one that is furthest off is the headline."""
    rows = bookings({(40, "East"): 60, (80, "West"): 820})
    said = ask(tmp_path, "date,desk,bookings", rows, ASKED)
    assert said.headline.startswith(
        "Bookings went furthest off for West on Mar 21, 2024: 820, usually 30"
    )
    assert said.points[0].startswith("East had 60 for bookings on Feb 10, 2024, usually about 50")
    assert len(said.points) == 1


def test_one_value_is_only_one(tmp_path: Path) -> None:
    """With a single unusual value nothing is said to be furthest."""
    said = ask(tmp_path, "date,desk,bookings", bookings({(40, "East"): 60}), ASKED)
    assert said.headline.startswith("Bookings went far off for East on Feb 10, 2024: 60, usually ")
    assert said.points == []


def test_noise_is_nothing_unusual(tmp_path: Path) -> None:
    """Where nothing stands out, that is the answer, with the range that is usual."""
    for seed in range(4):
        rows = bookings({}, seed)
        said = ask(tmp_path, "date,desk,bookings", rows, "Gibt es etwas Ungewöhnliches?")
        days = [sum(row[2] for row in rows if row[0] == day) for day in DAYS]
        assert said.headline == (
            f"Nothing stands out: bookings of a day stays between {min(days)} and {max(days)}"
        )
        assert said.answer.end is End.ANSWERED


def test_a_weekday_that_is_always_high_is_usual(tmp_path: Path) -> None:
    """A day is held against the same weekdays where these differ."""
    luck = random.Random(5)
    rows = [(day, (900 if day.isoweekday() == 6 else 500) + luck.randint(-20, 20)) for day in DAYS]
    said = ask(tmp_path, "date,sales", rows, "Any anomalies?")
    assert said.headline.startswith("Nothing stands out: sales of a day")


def test_a_change_of_level_is_no_outlier(tmp_path: Path) -> None:
    """After a shift the new level is usual, and before it the old one."""
    luck = random.Random(6)
    rows = [(day, (500 if n < 60 else 200) + luck.randint(-10, 10)) for n, day in enumerate(DAYS)]
    said = ask(tmp_path, "date,sales", rows, "Anything strange?")
    assert said.headline.startswith("Nothing stands out")


def test_a_row_of_many_times_the_usual_size_is_told(tmp_path: Path) -> None:
    """Of many orders a day, the one far above the usual size is named by its number."""
    luck = random.Random(8)
    rows = [
        (f"B{n}", DAYS[n % 100], 4_000 if n == 77 else 50 + luck.randint(0, 30)) for n in range(500)
    ]
    said = ask(tmp_path, "order_id,date,amount", rows, "Is any order suspicious?")
    usual = sorted(row[2] for row in rows)
    middle = (usual[249] + usual[250]) / 2
    assert said.headline == f"B77 is far larger than usual: 4,000 for amount, usually {middle:g}"


def test_copies_of_rows_are_told(tmp_path: Path) -> None:
    """Rows that are there twice are counted."""
    rows = bookings({})
    said = ask(tmp_path, "date,desk,bookings", [*rows, *rows[:7]], ASKED)
    texts = [said.headline, *said.points]
    assert "7 of 247 rows are exact copies of others and may count twice" in texts


def test_no_group_stands_out_of_noise(tmp_path: Path) -> None:
    """Groups that differ by chance are told with their range, and none as outstanding."""
    luck = random.Random(9)
    rows = [
        (f"{year}-{month:02}-01", shop, luck.randint(80, 120))
        for year in (2023, 2024)
        for month in range(1, 13)
        for shop in ("Dale", "Hill", "Lake", "Moor")
    ]
    said = ask(tmp_path, "month,shop,sales", rows, "Which shop stands out?")
    assert said.headline.startswith("No shop stands out: sales between ")
    assert said.headline.endswith(" is the usual variation")


def test_a_group_that_is_far_from_all_others_stands_out(tmp_path: Path) -> None:
    """One group apart from others that are alike is named."""
    rows = [
        (f"{year}-{month:02}-01", shop, usual + (month * year) % 9)
        for year in (2023, 2024)
        for month in range(1, 13)
        for shop, usual in (("Dale", 100), ("Hill", 102), ("Lake", 99), ("Moor", 180))
    ]
    said = ask(tmp_path, "month,shop,sales", rows, "Which shop stands out?")
    total = sum(row[2] for row in rows if row[1] == "Moor")
    assert said.headline == f"Moor stands out with the highest sales: {total:,}"


def test_without_dates_or_amounts_nothing_is_known_to_be_usual(tmp_path: Path) -> None:
    """A few rows of names have no usual range."""
    rows = [(name, number) for number, name in enumerate(("Ada", "Ben", "Cleo"))]
    said = ask(tmp_path, "name,score", rows, "Is there anything unusual?")
    assert said.answer.end is End.LACKS


def test_how_many_orders_a_day_had_is_no_news(tmp_path: Path) -> None:
    """Of days with one to three orders of the same size, none is unusual."""
    luck = random.Random(12)
    rows = [
        (f"B{n}", day, "web" if n % 2 else "desk", 400 + luck.randint(-50, 50))
        for n, day in enumerate(luck.choice(DAYS) for _ in range(300))
    ]
    said = ask(tmp_path, "order_id,date,channel,amount", rows, "Any unusual amount?")
    assert not any(" far off " in text or "furthest" in text for text in (said.headline, *said.points))
