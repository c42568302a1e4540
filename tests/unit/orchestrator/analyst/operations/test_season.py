"""Season: when something is high or low, and where; noise has no season."""

import datetime
import random
from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

DAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(days=n) for n in range(140)]
SATURDAY = 6
SOLD = [
    (day, shop, (900 if day.isoweekday() == SATURDAY else 500) + day.toordinal() % 5)
    for day in DAYS
    for shop in ("Harbour", "Station")
]


def noise(seed: int) -> list[tuple[object, ...]]:
    luck = random.Random(seed)
    return [(day, shop, 500 + luck.randint(-60, 60)) for day in DAYS for shop in ("Harbour", "Station")]


def jobs(busy: tuple[int, ...], *, days: int = 60) -> list[tuple[object, ...]]:
    """One job an hour; in a busy hour it fails on every second day, on the line Press."""
    return [
        (f"{day}T{hour:02}:10:00", "Failed" if (fails := hour in busy and n % 2 == 0) else "Success",
         "Press" if fails or (n + hour) % 3 == 0 else "Lathe")
        for n, day in enumerate(DAYS[:days])
        for hour in range(24)
    ]  # fmt: skip


def test_a_weekday_is_told_by_its_mean_a_day(tmp_path: Path) -> None:
    """The weekday with the highest mean of a day leads, with that mean over both shops."""
    said = ask(tmp_path, "date,shop,revenue", SOLD, "Which weekday sells most?")
    saturdays = [amount for day, _, amount in SOLD if day.isoweekday() == SATURDAY]
    mean = round(sum(saturdays) / (len(saturdays) / 2))
    assert said.headline == f"Saturday has the highest revenue a day: {mean:,}"


def test_the_question_may_be_german(tmp_path: Path) -> None:
    """A German question for the weekday gets the weekday."""
    said = ask(
        tmp_path, "date,shop,revenue", SOLD, "An welchem Wochentag ist der Umsatz am höchsten?",
        locale="de_DE",
    )  # fmt: skip
    assert said.operation == "season"
    assert said.headline.startswith("Samstag has the highest revenue a day")


def test_the_lowest_weekday_comes_first_if_it_is_asked_for(tmp_path: Path) -> None:
    """A question for the least is answered with the least."""
    rows = [(day, 100 if day.isoweekday() == 1 else 500 + day.day % 3) for day in DAYS]
    said = ask(tmp_path, "date,revenue", rows, "Which weekday sells least?")
    assert said.headline == "Monday has the lowest revenue a day: 100"


def test_noise_has_no_weekday_that_stands_out(tmp_path: Path) -> None:
    """Differences that chance makes are said to be usual, and no weekday leads."""
    told = [
        ask(tmp_path, "date,shop,revenue", noise(seed), "Which weekday sells most?").headline
        for seed in range(4)
    ]
    assert all(each.startswith("No weekday stands out by revenue a day: ") for each in told)


def test_when_and_where_something_happens_are_two_sentences(tmp_path: Path) -> None:
    """What happens is named by the value that the question names, with its hour and its place."""
    said = ask(tmp_path, "time,status,line", jobs((2, 3)), "When and where do failed jobs occur?")
    assert said.headline == "Failed is most frequent at 2 AM and 3 AM: 50% each"
    assert said.points[0].startswith("All 60 rows with Failed belong to Press, which has ")
    assert "60 of 60 fall in the two hours that begin at 2 AM and 3 AM" in said.points


def test_a_peak_of_one_date_is_told_with_it(tmp_path: Path) -> None:
    """A peak that one date alone makes may not come back, and the answer says so."""
    rows = [
        (f"{day}T{hour:02}:{minute:02}:00", "Failed" if n == 5 and hour == 9 else "Success")
        for n, day in enumerate(DAYS[:12])
        for hour in range(24)
        for minute in (5, 25, 45)
    ]
    said = ask(tmp_path, "time,status", rows, "When do failures happen: when is Failed most frequent?")
    assert said.headline == "Failed is most frequent at 9 AM: 3 of 36 rows (8.3%)"
    assert "All 3 at 9 AM are of Jan 6, 2024 alone, so the peak may not come back" in said.points


def test_numbers_such_as_1845_are_times_of_day(tmp_path: Path) -> None:
    """The hour is the number without its minutes; neither it nor a bare number is measured."""
    rows = [
        (700 + n, hour * 100 + n % 60, 2 * hour + n % 2)
        for n, hour in enumerate(hour for hour in range(6, 22) for _ in range(12))
    ]
    said = ask(
        tmp_path, "train,sched_dep_time,dep_delay", rows, "At which time of day are trains late?"
    )
    assert said.headline == "9 PM has the highest average dep delay: 42.5"
    ranks = {fact.about.end: fact.display for fact in said.facts if fact.about and fact.about.end}
    assert ranks["highest"] == "42.5"
    assert "Average dep delay rises through the day, hour by hour" in said.points


def test_counts_are_held_against_the_clock(tmp_path: Path) -> None:
    """Of things that happen, the hours with the most of them are told, and ties are ties."""
    rows = [
        (n, f"{day}T{hour:02}:30:00")
        for n, (day, hour) in enumerate(
            (day, hour)
            for day in DAYS[:30]
            for hour in range(24)
            for _ in range(3 if hour in (10, 11) else 1)
        )
    ]
    said = ask(tmp_path, "visit_id,arrival", rows, "What is the busiest hour?")
    assert said.headline == "10 AM and 11 AM share the most visits: 90 each"


def test_months_come_round_from_two_years_on(tmp_path: Path) -> None:
    """Of three years the month with the highest mean leads; of one year it is only told once."""
    rows = [
        (f"{year}-{month:02}-01", 100 + 20 * year % 7 + (300 if month == 8 else month))
        for year in (2022, 2023, 2024)
        for month in range(1, 13)
    ]
    said = ask(tmp_path, "month,sales", rows, "Which months are strongest for sales?")
    assert said.headline.startswith("August has the highest sales a month: ")
    said = ask(tmp_path, "month,sales", rows[:12], "Which months are strongest for sales?")
    assert said.headline.startswith("Aug 2022 has the highest sales: ")
    assert said.points[-1].startswith("The data hold no two full cycles")


def test_without_times_the_table_lacks_them(tmp_path: Path) -> None:
    """A table of dates without hours can't say at which hour something is high."""
    said = ask(tmp_path, "date,shop,revenue", SOLD, "At which hour do we sell most?")
    assert said.answer.end is End.LACKS


def test_over_the_year_months_are_compared_if_there_are_several(tmp_path: Path) -> None:
    """How something changes over the year is its season; of one year alone it is the course."""
    months = [(year, month) for year in (2022, 2023, 2024) for month in range(1, 13)]
    rows = [(f"{year}-{month:02}-01", 100 + 50 * (month == 6)) for year, month in months]
    said = ask(tmp_path, "month,visits", rows, "How do visits change over the year?")
    assert said.headline.startswith("June has the highest visits")
    said = ask(tmp_path, "month,visits", rows[:12], "How do visits change over the year?")
    assert said.operation == "development"
