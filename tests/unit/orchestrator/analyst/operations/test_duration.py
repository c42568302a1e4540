"""Duration: how long something takes, in a unit that suits it, and for whom it takes longest."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "ticket,team,created,answered"


def tickets(hours: dict[str, tuple[int, ...]]) -> list[tuple[str, str, str, str]]:
    """Tickets of teams, each created at eight and answered so many hours later, of the same day."""
    return [
        (
            f"T{team}{n}",
            team,
            f"2024-01-{n % 28 + 1:02} 08:00",
            f"2024-01-{n % 28 + 1:02} {8 + taken:02}:00",
        )
        for team, own in hours.items()
        for n, taken in enumerate(own * 10)
    ]


SLOW = tickets({"North": (2, 3, 4, 7), "South": (9, 10, 11, 14)})


@pytest.mark.parametrize(
    "question",
    ["How long does it take until a ticket is answered?", "Wie lange dauert es bis zur Antwort?"],
)
def test_short_times_are_told_in_hours(tmp_path: Path, question: str) -> None:
    """Times below two days between two times of day are hours, told as mean and as median."""
    said = ask(tmp_path, HEADER, SLOW, question)
    assert said.headline == (
        "Time from created to answered is 7.50\N{NO-BREAK SPACE}hours on average, "
        "8\N{NO-BREAK SPACE}hours at the median"
    )


def test_the_slowest_group_is_named(tmp_path: Path) -> None:
    """A group that takes clearly longer is told with its mean and its median."""
    said = ask(tmp_path, HEADER, SLOW, "How long do tickets wait, and which team is slowest?")
    hours = "\N{NO-BREAK SPACE}hours"
    headline = said.say(said.answers[1].headline)
    assert headline == f"South takes longest: 11{hours} on average, 10.5{hours} at the median"


def test_groups_that_are_alike_are_not_ranked(tmp_path: Path) -> None:
    """Where teams differ by what chance gives, none is called the slowest."""
    rows = tickets({"North": (2, 3, 4, 7), "South": (2, 3, 4, 8)})
    said = ask(tmp_path, HEADER, rows, "Which team takes longest to answer?")
    assert said.headline.startswith("No team clearly takes longer: South is at 4.25")


def test_what_has_not_ended_counts_for_nothing(tmp_path: Path) -> None:
    """Rows without an end are left out of the mean, and their number is said."""
    rows = [(f"S{n}", f"2024-01-{n % 20 + 1:02}", f"2024-01-{n % 20 + 5:02}") for n in range(40)]
    rows += [(f"X{n}", "2024-01-10", "") for n in range(7)]
    said = ask(tmp_path, "stay,admitted,discharged", rows, "How long do patients stay?")
    assert said.headline.startswith("Length of stay is 4\N{NO-BREAK SPACE}days on average")
    assert said.points[-1] == "Discharged is blank for 7 stays, which do not count here"


def test_without_two_dates_the_question_is_left_to_others(tmp_path: Path) -> None:
    """One date says nothing about how long something takes."""
    rows = [(f"2025-01-{day:02}", 100 + day) for day in range(1, 29)]
    said = ask(tmp_path, "day,revenue", rows, "How long does a delivery take?")
    assert said.answer.end is not End.LACKS or said.answer.plan is None
    assert said.answer.plan is None or said.operation != "duration"
