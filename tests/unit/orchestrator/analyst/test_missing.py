"""What a question names and the table does not have: a part stays open, or all of it."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.question_tables import TABLES
from tests.unit.orchestrator.analyst.operations.asking import Said, ask

pytestmark = pytest.mark.slow


def _ask(folder: Path, name: str, question: str) -> Said:
    table = TABLES[name.removesuffix("-de")]
    return ask(folder, table.german if name.endswith("-de") else table.english, table.rows, question)


def _nothing(name: str) -> str:
    return f"the table has nothing called “{name}”"


@pytest.mark.parametrize(
    ("table", "question", "reason"),
    [
        ("sales", "How did revenue and headcount develop?", _nothing("headcount")),
        ("sales", "How did revenue and profit develop?", _nothing("profit")),
        ("sales", "What is revenue by region and channel?", _nothing("channel")),
        ("sales", "What was revenue by channel in 2024?", _nothing("channel")),
        ("sales", "How did revenue develop in Bavaria?", _nothing("Bavaria")),
        ("sales", "How did revenue go in North and Bavaria?", _nothing("Bavaria")),
        ("sales", "How did revenue change from 2019 to 2024?", "the table has no rows of 2019"),
        ("sales", "How did revenue develop since 2019?", "the table has no rows of 2019"),
        ("members", "Which branch loses most members in 2024?", "the table has no dates"),
        (
            "sales-de",
            "Wie haben sich Umsatz und Mitarbeiterzahl entwickelt?",
            _nothing("Mitarbeiterzahl"),
        ),
        ("sales-de", "Wie hoch ist der Umsatz nach Region und Kanal?", _nothing("Kanal")),
        ("sales-de", "Wie hat sich der Umsatz in Bayern entwickelt?", _nothing("Bayern")),
    ],
)
def test_a_part_that_the_table_has_is_answered(
    table: str, question: str, reason: str, tmp_path: Path
) -> None:
    """The answer says which name has no part in it."""
    answer = _ask(tmp_path, table, question).answer
    assert (answer.end, answer.reason) == (End.IN_PART, reason)
    assert answer.headline


@pytest.mark.parametrize(
    ("table", "question", "reason"),
    [
        ("sales", "Which channel brings most revenue?", _nothing("channel")),
        ("sales", "Who are our best customers?", _nothing("customers")),
        ("sales", "How did headcount develop?", _nothing("headcount")),
        ("sales", "How did headcount develop by region?", _nothing("headcount")),
        ("sales", "Which region has the most headcount?", _nothing("headcount")),
        ("sales", "How did profit develop?", _nothing("profit")),
        ("sales", "Why are employees unhappy?", _nothing("employees")),
        ("sales", "Will the euro survive?", _nothing("euro")),
        ("sales", "How is the weather?", _nothing("weather")),
        ("sales", "How is the weather doing?", _nothing("weather")),
        ("sales", "Does the weather affect revenue?", _nothing("weather")),
        ("sales", "Is there a relation between revenue and temperature?", _nothing("temperature")),
        ("ads", "What was revenue per click?", _nothing("revenue")),
        ("sales", "What was revenue in 2030?", "the table has no rows of 2030"),
        ("line", "How did output develop in Q3 2025?", "the table has no rows of Q3 2025"),
        ("sales-de", "Welcher Kanal bringt am meisten Umsatz?", _nothing("Kanal")),
        ("sales-de", "Wie hat sich die Temperatur entwickelt?", _nothing("Temperatur")),
        ("sales-de", "Wie hoch war der Umsatz 2030?", "the table has no rows of 2030"),
    ],
)
def test_a_question_about_something_else_is_not_answered(
    table: str, question: str, reason: str, tmp_path: Path
) -> None:
    """No other number stands in for what the table does not have."""
    answer = _ask(tmp_path, table, question).answer
    assert (answer.end, answer.reason) == (End.LACKS, reason)
    assert not answer.headline


@pytest.mark.parametrize(
    ("table", "question"),
    [
        ("sales", "What happened?"),
        ("sales", "Who is best?"),
        ("sales", "How are we doing?"),
        ("sales", "How are things going?"),
        ("sales", "Is our growth sustainable?"),
        ("sales", "Which shop brings most revenue?"),  # a region is a place as well
        ("sales", "How did turnover develop by territory?"),
        ("sales", "Which articles sell best in the North?"),
        ("sales", "What will sales be in 2026?"),  # a period that is to come is forecast
        ("sales", "Did we sell more than 2000?"),  # no year
        ("ads", "Which campaign has most clicks?"),
        ("dishes", "Which meals make a profit?"),
        ("survey", "Which site is unhappiest?"),
        ("members", "Why do customers leave us?"),
        ("invoices", "Do customers pay on time?"),
        ("sales-de", "Was ist passiert?"),
        ("sales-de", "Wie läuft es?"),
        ("parts-de", "Wie viel Kapital ist im Lager gebunden?"),
    ],
)
def test_what_is_known_by_another_word_is_not_called_missing(
    table: str, question: str, tmp_path: Path
) -> None:
    """Nor are the words of a general question, which name nothing."""
    assert _ask(tmp_path, table, question).answer.end is End.ANSWERED


def test_a_question_after_another_one_is_not_answered_with_its_number(tmp_path: Path) -> None:
    """It is about something else."""
    said = _ask(tmp_path, "sales", "How did revenue develop? Will the euro survive?")
    assert [answer.end for answer in said.answers] == [End.ANSWERED, End.LACKS]


def test_rows_without_a_name_may_be_what_is_asked_about(tmp_path: Path) -> None:
    """A table in which each row may be a store has stores."""
    rows = [(n % 17, n % 5, (n % 17) * 2 + n % 3) for n in range(120)]
    said = ask(tmp_path, "price,rooms,sales", rows, "What drives sales across our stores?")
    assert said.answer.end is End.ANSWERED


def test_amounts_with_a_sign_are_income_and_costs(tmp_path: Path) -> None:
    """Nobody is told that costs are missing where they stand below zero."""
    rows = [(f"2024-{m:02d}-01", kind, v) for m in range(1, 13) for kind, v in (("A", 90), ("B", -40))]
    said = ask(tmp_path, "date,account,amount", rows, "How did revenue and costs develop?")
    assert said.answer.end is End.ANSWERED


def test_a_number_without_a_name_is_what_a_question_calls_it(tmp_path: Path) -> None:
    """A table of dates and values says nothing of what they are, unless it has several of them."""
    rows = [(f"{year}-01-01", 2 + (year - 2010) % 5) for year in range(2010, 2024)]
    answer = ask(tmp_path, "date,value", rows, "In which year was unemployment highest?").answer
    assert answer.end is End.ANSWERED
    several = [(*row, group) for row in rows for group in ("Oats", "Rye")]
    answer = ask(tmp_path, "date,value,crop", several, "In which year was unemployment highest?").answer
    assert answer.end is End.LACKS


def test_years_may_stand_in_the_name_of_a_column(tmp_path: Path) -> None:
    """No dates are lacking where a column is of the years that a question names."""
    rows = [("Blue", 80, 2), ("Red", 10, 9), ("Green", 20, 3)]
    header = "airline,incidents_85_99,incidents_00_14"
    question = "Which airline had the most incidents from {} to {}?"
    assert ask(tmp_path, header, rows, question.format(2000, 2014)).answer.end is End.ANSWERED
    other = ask(tmp_path, header, rows, question.format(2015, 2020)).answer
    assert (other.end, other.reason) == (End.IN_PART, "the table has no dates")


def test_what_takes_longest_is_what_the_rows_are(tmp_path: Path) -> None:
    """Rows without a name may be what a question calls them; those with one may not."""
    rows = [(day, 20 + 10 * n + m) for m in range(6) for n, day in enumerate(("Mon", "Tue", "Wed"))]
    question = "On which days do deliveries take longest?"
    assert ask(tmp_path, "day,minutes", rows, question).answer.end is End.ANSWERED
