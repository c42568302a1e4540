"""Questions as they are understood, and their answers, as far as there is time for them."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.errors import UnreadableData
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.language.languages import language
from deckgen.domain.plans import Condition, Measured, Plan, Relation, Rows
from deckgen.domain.previews import TableRequest
from deckgen.domain.questions import End
from deckgen.orchestrator import previewing
from deckgen.orchestrator.analyst.answers import answering, replying, understanding
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.operations import operations, ranking
from deckgen.orchestrator.analyst.planning import describing
from tests.unit.orchestrator.analyst.engine import as_csv

WHICH, MUCH = "Which region has the highest revenue in 2023?", "How much revenue is there?"
MEASURED = Measured(
    measure=Rows(),
    label="revenue",
    noun="revenue",
    unit=COUNT,
    columns=[],
    adds_up=True,
    over_time=True,
)
REGIONS = ("north", "south", "south", "west")
ROWS = [(f"202{3 + n % 2}-{1 + n % 12:02}-01", REGIONS[n % 4], n * 37 % 90) for n in range(96)]

TIME_UP = "time was up before it was answered"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(as_csv([("date", "region", "revenue"), *ROWS]))
    return path


@pytest.fixture
def without_groups(tmp_path: Path) -> Path:
    """A table that lacks what the question after a region asks for."""
    path = tmp_path / "dates.csv"
    path.write_text(as_csv([("date", "revenue"), *((date, value) for date, _, value in ROWS)]))
    return path


def request(*questions: str) -> TableRequest:
    return TableRequest(name="sales.csv", context=Brief(business_context=" ".join(questions)))


def late(*_: object) -> NoReturn:
    raise UnreadableData("Too long.", code="query_timeout")


def test_questions_are_planned_and_not_run(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview has the slots of each question in words; no operation runs."""
    monkeypatch.setattr(FactBook, "query", pytest.fail)
    model = previewing.preview(data, request(WHICH, MUCH), 30, 60)
    which, much = model.questions
    assert (which.question, which.operation, which.measures) == (WHICH, "ranking", ["revenue"])
    assert which.groups == ["region"]
    assert which.periods == ["the year from 2023-01-01"]
    assert which.understood.startswith("ranking: revenue, by region")
    assert (much.measures, much.periods, much.reason) == (["revenue"], which.periods, "")
    assert model.unfinished == []


def test_what_the_table_lacks(without_groups: Path) -> None:
    """Preview and answer say it, in the same words; the other question has its plan and its answer."""
    asked = request(MUCH, "Which region has the highest revenue?")
    planned = previewing.preview(without_groups, asked, 30, 60).questions
    much, which = previewing.ask(without_groups, asked, 30, 60).answers
    assert [each.understood != "" for each in planned] == [True, False]
    assert (which.end, which.reason) == (End.LACKS, planned[1].reason)
    assert which.reason.startswith("the table lacks ")
    assert much.understood == planned[0].understood


def test_what_is_no_question(data: Path) -> None:
    """It has an answer too: that nothing was understood."""
    (reply,) = previewing.ask(data, request("Sing me a song"), 30, 60).answers
    assert (reply.end, reply.text, reply.plan) == (End.NOT_DONE, "", None)
    assert reply.reason


@pytest.mark.parametrize("brief", ["", "For the board, with numbers of the year"])
def test_a_brief_that_asks_nothing_has_no_questions(data: Path, brief: str) -> None:
    """Nor is its text taken for one."""
    assert previewing.preview(data, request(brief), 30, 60).questions == []


def test_a_preview_without_time_for_its_questions(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is there, and what is missing is named."""
    monkeypatch.setattr(understanding, "read", late)
    model = previewing.preview(data, request(MUCH), 30, 60)
    assert (model.rows, model.questions) == (96, [])
    assert model.unfinished == ["what the questions ask for"]


def test_a_query_that_takes_too_long_ends_one_answer(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so and has no number; the others are answered."""
    operation = ranking.OPERATION
    slow = replace(operation, run=late)
    known = {**operations(), "ranking": slow}
    monkeypatch.setattr(answering, "operations", lambda: known)
    which, much = previewing.ask(data, request(WHICH, MUCH), 30, 60).answers
    assert (which.end, which.reason) == (End.NOT_DONE, TIME_UP)
    assert (which.text, which.facts, which.chart) == ("", [], None)
    assert (much.end, bool(much.facts)) == (End.ANSWERED, True)


def test_no_question_is_begun_when_time_is_up(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were answered by then are there: a partial answer."""

    begun = []

    def at_the_end(*arguments: Any) -> Answer:
        begun.append(arguments)
        answer = answering.answer_of(*arguments)
        monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
        return answer

    monkeypatch.setattr(replying, "answer_of", at_the_end)
    replies = previewing.ask(data, request(MUCH, WHICH), 30, 60)
    assert [each.end for each in replies.answers] == [End.ANSWERED, End.NOT_DONE]
    assert replies.answers[1].reason == TIME_UP
    assert len(begun) == 1
    assert not replies.is_answered


def test_without_time_to_read_the_question(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to answer with, and the caller is told by the error."""
    monkeypatch.setattr(replying, "read", late)
    with pytest.raises(UnreadableData):
        previewing.ask(data, request(MUCH), 30, 60)


def test_facts_are_those_of_the_answer(data: Path) -> None:
    """Each answer has what its own texts refer to, and no fact of another one."""
    alone = previewing.ask(data, request(MUCH), 30, 60).answers[0]
    both = previewing.ask(data, request(MUCH, WHICH), 30, 60).answers[::-1]
    assert {fact.sql for fact in alone.facts} == {fact.sql for fact in both[1].facts}
    told = "".join([both[0].text, *both[0].points, both[0].method])
    assert both[0].facts
    assert all(fact.display in told for fact in both[0].facts)


def test_the_same_question_has_the_same_answer(data: Path) -> None:
    """Byte for byte."""
    first, second = (previewing.ask(data, request(WHICH, MUCH), 30, 60) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()


@pytest.mark.parametrize("relation", Relation)
def test_every_condition_has_words(relation: Relation) -> None:
    """Whoever adds a relation says how it is told, as else no plan with it could be shown."""
    condition = Condition(column="a_b", relation=relation, values=["x", 2])
    plan = Plan(operation="level", measures=[MEASURED], filters=[condition])
    assert describing.filters(plan, {"a_b": "size"}, language("en"))[0].startswith("size ")
    assert describing.described(plan, {}, language("en")).startswith("level: revenue, where a_b ")


def test_answers_are_in_the_language_of_the_question(data: Path) -> None:
    """Unless the request asks for another one; one that is not written is told."""
    german = previewing.ask(data, request("Wie hoch ist revenue je region?"), 30, 60)
    asked = Brief(business_context=WHICH, language="de")
    said = previewing.ask(data, TableRequest(name="sales.csv", context=asked), 30, 60)
    french = Brief(business_context=WHICH, language="fr")
    other = previewing.ask(data, TableRequest(name="sales.csv", context=french), 30, 60)
    assert (german.language, said.language, other.language) == ("de", "de", "en")
    assert said.answers[0].method.startswith("Grundlage ist ")
    assert other.warnings[0].startswith("deckgen does not write French yet")
