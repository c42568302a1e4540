"""The brief steers what is told, in which order and to whom."""

import math
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.contract import DatasetInfo
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Bullets, Callout, Draft, Layout, Slide, Table, reference_values
from deckgen.domain.facts import render
from deckgen.domain.insights import Findings
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.checks import deck_texts
from deckgen.orchestrator.analyst.mentions import Mentions
from tests.unit.orchestrator.analyst.engine import as_csv, run_table

HEADER = ["month", "region", "product", "sales", "price"]
NORTH = {2021: 100, 2022: 120, 2023: 240}
SEASON = [1 + 0.4 * math.cos((month - 7) / 6 * math.pi) for month in range(1, 13)]


def table(last: int = 12) -> list[list[Any]]:
    """Three years by month: north grows most in the last, summers are high, b is dearer than a.

    The last year ends with the month `last`.
    """
    rows = [
        [
            f"{year}-{month:02}-01",
            region,
            product,
            round((NORTH[year] if region == "north" else 90) * SEASON[month - 1] + month % 3, 1),
            (5 if product == "a" else 9) + (month * 7 + year) % 5 / 5,
        ]
        for year in NORTH
        for month in range(1, 13)
        if year < 2023 or month <= last
        for region in ("north", "south")
        for product in ("a", "b")
    ]
    return [HEADER, *rows]


@dataclass(frozen=True)
class Told:
    """A draft of the table, with ways to read it."""

    draft: Draft
    values: dict[str, str]

    def say(self, text: str) -> str:
        return render(text, self.values)

    @property
    def answer(self) -> str:
        return self.say(self.draft.storyline.answer)

    @property
    def layouts(self) -> list[Layout]:
        return [slide.layout for slide in self.draft.slides]

    def all_on(self, slide: Slide) -> str:
        """The title and all points of a slide."""
        texts = [slide.title]
        for block in slide.blocks:
            texts += block.items if isinstance(block, Bullets) else []
            texts += [block.text] if isinstance(block, Callout) else []
        return " | ".join(map(self.say, texts))

    def on(self, layout: Layout) -> str:
        """The title and all points of the first slide with a layout."""
        return self.all_on(next(slide for slide in self.draft.slides if slide.layout is layout))


@cache
def found(question: str, last: int) -> tuple[Source, Findings]:
    """What is found in the table for a question, once for all tests: the other fields do not matter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(as_csv(table(last)))
        brief = Brief(business_context=question)
        source = analyst.profile(path, DatasetInfo(name="t.csv", sha256="0" * 64, bytes=1), brief)
        return source, analyst.find(path, source, brief)


def told(question: str, last: int = 12, **fields: Any) -> Told:
    source, findings = found(question, last)
    brief = Brief(business_context=question, **fields)
    values = reference_values(brief, source, findings.facts)
    return Told(analyst.draft(brief, source, findings), values)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How did sales develop?", "Sales"),
        ("Why did sales rise in 2023?", "The rise of sales from 2022 to 2023 comes mostly from north"),
        ("Is there a season in sales?", "The yearly high of sales comes in July"),
        ("Does price differ by product?", "Average price differs by product"),
        ("Which region is best?", "By region, north has 63% of sales"),
    ],
)
def test_the_question_is_answered_first(question: str, expected: str) -> None:
    """The same table gives the answer that was asked for: as the summary's title and the next slide."""
    result = told(question)
    assert expected in result.answer
    first, second = result.draft.slides[1:3]
    assert result.say(first.title) == result.answer
    assert result.say(second.title) == result.answer


def test_each_question_is_answered_in_its_turn() -> None:
    """The answer to the second one is the first argument, before what nobody asked for; each is looked
    for among all that the brief names."""
    result = told("How did sales develop, is there a season, and which region leads?")
    assert [result.say(slide.title) for slide in result.draft.slides[2:5]] == [
        "Sales rose by 57% from 2022 to 2023",
        "The yearly high of sales comes in July, the low in January",
        "By region, north has 63% of sales",
    ]
    assert "settle" not in result.on(Layout.SUMMARY)


@pytest.mark.parametrize(
    ("question", "place", "answer"),
    [
        (
            "Which region leads, and is price related to sales?",
            "second",
            "By region, north has 63% of sales",
        ),
        (
            "Is price related to sales, and which region leads?",
            "first",
            "By region, north has 63% of sales",
        ),
    ],
)
def test_a_question_among_others_that_the_data_do_not_settle(
    question: str, place: str, answer: str
) -> None:
    """Which of them it is, is said; the other one is answered all the same."""
    result = told(question)
    assert result.answer.startswith(answer)
    assert f"The data do not settle the {place} question" in result.on(Layout.SUMMARY)


def test_which_question_supposes_the_opposite_is_said() -> None:
    """A wrong supposition in the second is not laid on the first."""
    result = told("Which region leads, and why did sales fall in 2023?")
    summary = result.on(Layout.SUMMARY)
    assert "The second question supposes the opposite of what the data show" in summary


def test_what_the_data_do_not_settle_is_said() -> None:
    """No link was found, so none is claimed: what comes nearest is told as just that."""
    result = told("Is price related to sales?")
    assert result.answer.startswith("The data do not settle this question: ")
    assert "do not settle" in result.on(Layout.SUMMARY)
    advice = "Get more data on the question before deciding on it (rests on the brief)"
    assert advice in result.on(Layout.RECOMMENDATION)


def test_a_question_that_supposes_the_opposite_is_set_right() -> None:
    """Who asks why sales fell is told that they rose."""
    result = told("Why did sales fall in 2023?")
    summary = result.on(Layout.SUMMARY)
    assert "The question supposes the opposite of what the data show" in summary


def test_what_the_answer_is_about_is_said_if_the_question_does_not() -> None:
    """The measure that was chosen for the reader is named."""
    result = told("Which region is best?")
    assert "the answer is about sales" in result.on(Layout.SUMMARY)


def test_an_answer_that_counts_says_so_if_the_question_names_no_measure(tmp_path: Path) -> None:
    """A table without the revenue that is asked for is answered by counting rows, and that is said."""
    rows = [(size, "east") for size in ("S", "M", "M", "L", "L", "L") * 10]
    run = run_table(tmp_path / "t.csv", [("size", "region"), *rows], "Which size brings most revenue?")
    assert run.say(run.deck.storyline.answer).startswith("By size, L")
    texts = [text for _, text in deck_texts(run.deck)]
    assert "The question names no measure of the table; the answer is a count" in texts


def test_a_period_that_is_not_finished_is_not_compared_and_that_is_said() -> None:
    """The year that ends in October is named, and the last full one is told instead."""
    result = told("How did sales develop in 2023?", last=10)
    summary = result.on(Layout.SUMMARY)
    assert "2023 is not complete in the data, so it is not compared" in summary
    assert not any("to 2023" in result.say(slide.title) for slide in result.draft.slides)


def test_a_named_group_is_told_on_its_own() -> None:
    """Who asks about the south learns what became of it: 0 percent, whatever north did."""
    result = told("How did sales develop in the South?")
    summary = result.on(Layout.SUMMARY)
    assert "For south alone, sales held steady" in summary


def test_what_the_brief_names_is_more_relevant() -> None:
    """A column weighs more by a word of its name, less by another word for it, least by industry."""
    source, _ = found("", 12)
    product, sales = HEADER.index("product"), HEADER.index("sales")

    def weight(column: int, **brief: str) -> float:
        return Mentions(Brief.model_validate(brief), source).relevance((column,), ())

    plain, by_industry = weight(product), weight(product, industry="retail")
    other, named = (weight(sales, business_context=text) for text in ("Our turnover", "Our sales"))
    assert 1 == plain < by_industry < other < named
    of_a = Mentions(Brief(), source, {product: frozenset({"a"})})
    assert 1 < of_a.relevance((product,), ("b",)) < of_a.relevance((product,), ("a", "b"))


def test_the_industry_chooses_what_advice_reckons_with() -> None:
    """A shop is reminded of promotions, a hospital of case mix."""
    question = "Why did sales rise in 2023?"
    for industry, reserve in (
        ("Fashion retail", "promotions"),
        ("hospital", "case mix"),
        ("", "costs"),
    ):
        result = told(question, industry=industry)
        assert reserve in result.on(Layout.RECOMMENDATION)


def test_executives_get_fewer_slides_and_no_method() -> None:
    """At most eight slides, three points on each, and one appendix."""
    everybody = told("How did sales develop?")
    board = told("How did sales develop?", audience="the board")
    assert len(board.draft.slides) <= 8 < len(everybody.draft.slides)
    assert board.layouts.count(Layout.APPENDIX) == 1 < everybody.layouts.count(Layout.APPENDIX)
    points = [
        len(block.items)
        for slide in board.draft.slides
        if slide.layout in (Layout.CHART, Layout.KPI)
        for block in slide.blocks
        if isinstance(block, Bullets)
    ]
    assert max(points) <= 3


def test_analysts_get_the_test_of_a_finding() -> None:
    """Statistic and corrected p-value stand on the slide of what was tested, bound to its fact."""
    question = "Is there a season in sales?"
    analysts = told(question, audience="Data analysts")
    slide = analysts.draft.slides[2]
    assert "Kruskal-Wallis: statistic" in analysts.all_on(slide)
    assert "corrected p below 0.001" in analysts.all_on(slide) or "0.0" in analysts.all_on(slide)
    others = told(question)
    assert "Kruskal-Wallis" not in others.all_on(others.draft.slides[2])


def test_urgency_puts_the_advice_behind_the_answer() -> None:
    """Answer, then what to do, then why; six slides at most."""
    question = "Why did sales rise in 2023?"
    urgent, calm = (told(question, urgency=urgency) for urgency in ("critical", "low"))
    assert urgent.layouts[:3] == [Layout.TITLE, Layout.SUMMARY, Layout.RECOMMENDATION]
    assert len(urgent.draft.slides) <= 6
    assert calm.layouts[2] is Layout.CHART
    assert Layout.RECOMMENDATION in calm.layouts


@pytest.mark.parametrize("most", [4, 5, 6, 9, 30])
def test_the_number_of_slides_is_kept_and_never_padded(most: int) -> None:
    """Never more than asked for; with fewer the notes say that nothing else is strong enough."""
    result = told("How did sales develop?", slide_count=most)
    slides = result.draft.slides
    assert 4 <= len(slides) <= most
    assert result.say(slides[2].title) == result.answer
    assert ("nothing else in the table is strong enough" in slides[0].notes) == (len(slides) < most)


@pytest.mark.parametrize(
    "question", ["How did sales develop?", "Which region is best?", "Is price related to sales?", ""]
)
def test_nothing_is_told_twice(question: str) -> None:
    """No two slides have one title or one picture, and no argument repeats the answer."""
    result = told(question)
    titles = [result.say(slide.title) for slide in result.draft.slides[2:]]
    assert len(titles) == len(set(titles))
    story = result.draft.storyline
    assert story.answer not in story.arguments
    assert len(story.arguments) == len(set(story.arguments))


def test_columns_that_tell_the_same_groups_apart_are_one(tmp_path: Path) -> None:
    """A region and its number give one finding, under the name that can be read."""
    rows = [[*row[:3], {"north": 1, "south": 2}[row[1]], *row[3:]] for row in table()[1:]]
    header = [*HEADER[:3], "region_code", *HEADER[3:]]
    result = run_table(tmp_path / "t.csv", [header, *rows], "Which region leads?")
    column = header.index("region_code")
    assert not any(column in insight.columns for insight in result.findings.insights)


def test_each_point_of_advice_says_what_it_rests_on(tmp_path: Path) -> None:
    """Data, or data and brief where the brief names it; where nothing follows, no slide."""
    _, *items, _ = told("Why did sales rise in 2023?").on(Layout.RECOMMENDATION).split(" | ")
    assert items
    assert all(item.endswith(("(rests on data)", "(rests on data and brief)")) for item in items)
    days = [(f"2023-{1 + n // 28:02}-{1 + n % 28:02}", n % 7) for n in range(300)]
    dry = run_table(tmp_path / "r.csv", [("date", "rain"), *days])
    assert Layout.RECOMMENDATION not in [slide.layout for slide in dry.deck.slides]


def test_the_appendix_tells_gaps_groups_and_tests(tmp_path: Path) -> None:
    """Missing values by column come with their query, small groups are counted, tests are named."""
    rows = table()
    rows[5][4] = rows[9][4] = rows[11][3] = ""
    rows += [[f"2023-12-{day:02}", "west", "a", 5, 5] for day in (2, 3)]
    question, audience = "How did sales develop in the west?", "data team"
    result = run_table(tmp_path / "t.csv", rows, question, audience=audience)
    assert [check for check in result.deck.quality if not check.passed] == []
    gaps, tests, limits = result.deck.slides[-1].blocks
    assert isinstance(gaps, Table)
    assert isinstance(tests, Table)
    assert isinstance(limits, Bullets)
    assert [row[:2] for row in gaps.rows] == [["price", 2], ["sales", 1]]
    assert gaps.sql
    assert "Mann-Kendall" in [row[0] for row in tests.rows]
    assert result.say(limits.items[0]) == "Region: 1 of 3 groups have fewer than five rows"
