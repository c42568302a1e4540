"""A long deck says where each question is answered; a short one has its summary for that."""

from pathlib import Path

import pytest

from deckgen.domain.blocks import Messages, Table
from deckgen.domain.decks import Layout, Slide
from deckgen.orchestrator.model.slide_tasks import to_be_written
from deckgen.orchestrator.verifier import slides as verifier
from tests.looks.tables import MORE, QUESTIONS
from tests.unit.orchestrator.analyst.engine import Run, run_table

pytestmark = pytest.mark.slow

(LONG,) = (look for look in MORE if look.name == "questions")


def asked(folder: Path, questions: tuple[str, ...], slides: int | None = LONG.slides) -> Run:
    return run_table(folder / "a.csv", LONG.table(), " ".join(questions), slide_count=slides)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return asked(tmp_path_factory.mktemp("long"), QUESTIONS)


def agendas(run: Run) -> list[Slide]:
    return [each for each in run.deck.slides if each.layout is Layout.AGENDA]


def test_each_question_stands_with_its_slide(run: Run) -> None:
    """In the order of the brief, right after the summary, whose references are those slides too."""
    (agenda,) = agendas(run)
    assert run.deck.slides[2] == agenda
    (table,) = (block for block in agenda.blocks if isinstance(block, Table))
    assert table.rows == [[each.question, each.slide] for each in run.deck.questions]
    assert [row[0] for row in table.rows] == [*QUESTIONS]
    titled = {slide.id: slide.layout for slide in run.deck.slides}
    assert {titled[str(row[1])] for row in table.rows} <= {
        Layout.CHART,
        Layout.KPI,
        Layout.RECOMMENDATION,
    }
    (rows,) = (block for block in run.deck.slides[1].blocks if isinstance(block, Messages))
    assert rows.items[0].slide == f"{{{{{table.rows[0][1]}}}}}"


def test_a_deck_is_no_longer_than_it_may_be(tmp_path: Path) -> None:
    """The agenda takes one of the slides that the brief allows, if enough are left to need one."""
    for slides, count in ((16, 0), (17, 1)):
        short = asked(tmp_path, QUESTIONS, slides)
        assert len(agendas(short)) == count
        assert len(short.deck.slides) == slides


@pytest.mark.parametrize(("count", "slides"), [(3, 30), (10, 30), (12, None)])
def test_a_short_deck_has_none(tmp_path: Path, count: int, slides: int | None) -> None:
    """Up to ten answers, however many are asked, the summary tells their slides."""
    assert agendas(asked(tmp_path, QUESTIONS[:count], slides)) == []


def test_nobody_but_the_engine_writes_it(run: Run) -> None:
    """No model words it, and the verifier tells when a question is taken out of it."""
    (agenda,) = agendas(run)
    assert agenda not in to_be_written(run.draft)
    assert [*verifier.slides(run.deck, run.draft)] == []
    (table,) = (block for block in agenda.blocks if isinstance(block, Table))
    fewer = agenda.model_copy(update={"blocks": [table.model_copy(update={"rows": table.rows[1:]})]})
    forged = [fewer if each == agenda else each for each in run.deck.slides]
    found = [*verifier.slides(run.deck.model_copy(update={"slides": forged}), run.draft)]
    assert any(each.startswith(agenda.id) for each in found)
