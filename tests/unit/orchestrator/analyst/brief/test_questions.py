"""What a brief asks: the kind of question, and the periods that it names."""

import datetime
from pathlib import Path

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.insights import InsightKind
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.brief.period_mentions import named_in
from deckgen.orchestrator.analyst.brief.questions import QuestionKind, answers, kind_of, questions_of
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from tests.unit.orchestrator.analyst.engine import as_csv


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How did revenue develop?", "development"),
        ("What happened to newspaper revenue?", "development"),
        ("How are sales?", "development"),
        ("Are we growing?", "development"),
        ("Is it getting warmer?", "development"),
        ("Did jobs recover?", "development"),
        ("Which region leads?", "ranking"),
        ("Who are our best customers?", "ranking"),
        ("Worst performing stores", "ranking"),
        ("Does price differ by product?", "ranking"),
        ("Does variant B convert better than A?", "ranking"),
        ("Why did margins fall?", "cause"),
        ("What drives churn?", "cause"),
        ("Which factors matter for the price?", "cause"),
        ("Is there a season in bookings?", "season"),
        ("When do people ride most?", "season"),
        ("Which month is the best one?", "season"),
        ("Does demand differ between the seasons?", "season"),
        ("How do visits vary by hour of the day?", "season"),
        ("Does pay vary with hours worked?", "open"),
        ("Does cost differ by days of stay?", "ranking"),
        ("Is price related to volume?", "relation"),
        ("Does advertising affect sales?", "relation"),
        ("How is income distributed?", "distribution"),
        ("Do few customers bring most of our revenue? How concentrated is it?", "distribution"),
        ("Warum ist der Umsatz gefallen?", "cause"),
        ("Welche Filiale ist die beste?", "ranking"),
        ("Test", "open"),
        ("", "open"),
    ],
)
def test_the_first_phrase_says_what_is_asked(question: str, kind: str) -> None:
    """Simple words decide, the first one in the text; without any the question is open."""
    assert kind_of(question) == QuestionKind(kind)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "How did sales develop, and which region leads?",
            ["How did sales develop", "which region leads?"],
        ),
        ("How are sales, is there a season?", ["How are sales", "is there a season?"]),
        ("How are sales in the south, which grew?", ["How are sales in the south, which grew?"]),
        ("Which shops grew? Why?", ["Which shops grew?", "Why?"]),
        (
            "For the board. Who leads? Focus on the north.",
            ["For the board. Who leads? Focus on the north."],
        ),
        ("Prices changed in March. How are sales?", ["Prices changed in March. How are sales?"]),
        ("Show which regions lead and why", ["Show which regions lead why"]),
        ("How did sales and margins develop?", ["How did sales and margins develop?"]),
        (
            "Wie lief es und welche Filiale ist die beste?",
            ["Wie lief es welche Filiale ist die beste?"],
        ),
        ("Warum fiel der Umsatz und wann ist Saison?", ["Warum fiel der Umsatz", "wann ist Saison?"]),
        ("A look at the data", ["A look at the data"]),
        ("", [""]),
    ],
)
def test_questions_are_told_apart(text: str, questions: list[str]) -> None:
    """One for each that asks for something; what asks nothing stays with its neighbour."""
    assert questions_of(text) == questions


def test_where_asks_for_places(tmp_path: Path) -> None:
    """Columns of places are named by the word, others are not."""
    rows = [("region", "product", "sales"), *(("NESW"[n % 4], "ab"[n % 2], n) for n in range(40))]
    path = tmp_path / "t.csv"
    path.write_text(as_csv(rows))

    def named(question: str) -> list[int]:
        brief = Brief(business_context=question)
        source = analyst.profile(path, DatasetInfo(name="t.csv", sha256="0" * 64, bytes=1), brief)
        return analyst.find(path, source, brief).named

    assert (named("Where are we strong?"), named("Who is strong?")) == ([0], [])


def test_which_group_grew_is_answered_by_what_moved_the_total() -> None:
    """A ranking by growth is no ranking by size."""
    grew = answers("Which regions grew?", of_groups=True, of_a_period=False)
    lead = answers("Which regions lead?", of_groups=True, of_a_period=False)
    assert (grew[0], lead[0]) == (InsightKind.CHANGE_DRIVER, InsightKind.RANKING)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in March 2015", [("month", "2015-03-01")]),
        ("Dec. 2014 and 2015-01", [("month", "2014-12-01"), ("month", "2015-01-01")]),
        ("Q3 2014, 2013 Q1", [("quarter", "2014-07-01"), ("quarter", "2013-01-01")]),
        ("the second quarter of 2012", [("quarter", "2012-04-01")]),
        ("from 2010 to 2015", [("year", "2010-01-01"), ("year", "2015-01-01")]),
        ("im März 2015", [("month", "2015-03-01")]),
        ("in 2012 dollars", []),
        ("2015-03-17 was a Tuesday", []),
        ("we may march on", []),
        ("in March", [("month", "None")]),
        ("in May", [("month", "None")]),
        ("in Q3", [("quarter", "None")]),
        ("last year and this month", [("year", "None"), ("month", "None")]),
    ],
)
def test_periods_are_found_in_the_order_of_the_text(text: str, found: list[tuple[str, str]]) -> None:
    """Months, quarters and years, with a year or without, and never out of other words."""
    assert [(named.grain, str(named.start)) for named in named_in(text, "de_DE")] == found


def test_a_period_that_a_span_begins_with_is_told_from_one_on_its_own() -> None:
    """Since 2010 is not in 2010."""
    assert [named.since for named in named_in("since 2010, not in 2012", "en_US")] == [True, False]
    assert named_in("since Q2 2011", "en_US")[0].start == datetime.date(2011, 4, 1)


@pytest.mark.parametrize(
    ("question", "compared", "unfinished", "absent"),
    [
        ("How are sales?", "2022-01-01 2021-01-01", [], False),
        ("in 2021", "2021-01-01 2020-01-01", [], False),
        ("from 2020 to 2022", "2022-01-01 2020-01-01", [], False),
        ("since 2020", "2022-01-01 2020-01-01", [], False),
        ("in March 2021", "2021-03-01 2021-02-01", [], False),
        ("in March", "2023-03-01 2023-02-01", [], False),
        ("in Q2 2022", "2022-04-01 2022-01-01", [], False),
        ("last year", "2022-01-01 2021-01-01", [], False),
        ("in 2020", "2022-01-01 2021-01-01", [], False),  # there is none before it
        ("this year", "2022-01-01 2021-01-01", ["2023-01-01"], False),
        ("in 1999", "2022-01-01 2021-01-01", [], True),
        ("last week", "2022-01-01 2021-01-01", [], True),  # shorter than the data's months
    ],
)
def test_the_named_period_is_compared_if_it_is_complete(
    tmp_path: Path, question: str, compared: str, unfinished: list[str], absent: bool
) -> None:
    """With the one before, with the other that is named, or with the last full one since then."""
    months = [f"{2020 + n // 12}-{n % 12 + 1:02}-01" for n in range(40)]
    path, brief = tmp_path / "t.csv", Brief(business_context=question)
    path.write_text(as_csv([("month", "sales"), *((month, n) for n, month in enumerate(months))]))
    source = analyst.profile(path, DatasetInfo(name="t.csv", sha256="0" * 64, bytes=1), brief)
    with open_table(path) as table:
        analysis = Analysis(table, source, brief)
        assert analysis.compared is not None
        assert " ".join(str(period.start) for period in analysis.compared[:2]) == compared
        assert [str(period.start) for period in analysis.comparison.unfinished] == unfinished
        assert analysis.comparison.absent is absent
