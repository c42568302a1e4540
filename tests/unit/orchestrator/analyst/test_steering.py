"""The brief steers what is told, in which order and to whom."""

from pathlib import Path

import pytest

from deckgen.domain.blocks import Bullets, Table
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Layout
from deckgen.orchestrator.analyst.brief.mentions import Mentions
from tests.unit.orchestrator.analyst.engine import run_table
from tests.unit.orchestrator.analyst.told import HEADER, found, table, told

pytestmark = pytest.mark.slow


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


def test_executives_get_fewer_slides_and_no_method() -> None:
    """At most eight slides, three points on each, and one appendix."""
    everybody = told("")
    board = told("", audience="the board")
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
    analysts, others = (told("", audience=audience) for audience in ("Data analysts", ""))
    slide = next(each for each in analysts.draft.slides if "Kruskal-Wallis: " in analysts.all_on(each))
    assert "corrected p below 0.001" in analysts.all_on(slide) or "0.0" in analysts.all_on(slide)
    assert not any("Kruskal-Wallis: " in others.all_on(each) for each in others.draft.slides)


def test_urgency_makes_a_deck_short() -> None:
    """Six slides at most."""
    urgent, calm = (told("", urgency=urgency) for urgency in ("critical", "low"))
    assert len(urgent.draft.slides) <= 6 < len(calm.draft.slides)


@pytest.mark.parametrize("most", [4, 5, 6, 9, 30])
def test_the_number_of_slides_is_kept_and_never_padded(most: int) -> None:
    """Never more than asked for; with fewer the notes say that nothing else is strong enough."""
    result = told("", slide_count=most)
    slides = result.draft.slides
    assert 4 <= len(slides) <= most
    assert result.answer in [result.say(slide.title) for slide in slides[1:3]]
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
    assert result.told
    assert not any("code" in said.lower() for said in result.told)


def test_the_appendix_tells_gaps_groups_and_tests(tmp_path: Path) -> None:
    """Missing values by column come with their query, small groups are counted, tests are named."""
    rows = table()
    rows[5][4] = rows[9][4] = rows[11][3] = ""
    rows += [[f"2023-12-{day:02}", "west", "a", 5, 5] for day in (2, 3)]
    result = run_table(tmp_path / "t.csv", rows, audience="data team")
    assert [check for check in result.deck.quality if not check.passed] == []
    gaps, tests, limits = result.deck.slides[-1].blocks
    assert isinstance(gaps, Table)
    assert isinstance(tests, Table)
    assert isinstance(limits, Bullets)
    assert [row[:2] for row in gaps.rows] == [["price", 2], ["sales", 1]]
    assert gaps.sql
    assert "Mann-Kendall" in [row[0] for row in tests.rows]
    assert result.say(limits.items[0]) == "Region: 1 of 3 groups have fewer than five rows"
