"""Figures, labels and sentences of a row belong together, and large figures are those of the news."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from deckgen.domain.answers import Answer, Row
from deckgen.domain.blocks import Kpi, Kpis
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.narrative import summary
from tests.unit.orchestrator.analyst.engine import Run, run_table

MONTHS = [f"{year}-{month:02}-01" for year in (2022, 2023, 2024) for month in range(1, 13)]
Table = Sequence[Iterable[object]]
BEERS: Table = [
    ["month", "beer", "litres"],
    *([month, "Pils", 300 + place % 3] for place, month in enumerate(MONTHS)),
    *([month, "IPA", 60 + 2 * place] for place, month in enumerate(MONTHS)),
]
SHOP: Table = [
    ["month", "revenue", "cost"],
    *([month, 100 + 3 * place, 50 + 2 * place] for place, month in enumerate(MONTHS)),
]


def figures(run: Run) -> list[Kpi]:
    blocks = [block for slide in run.deck.slides for block in slide.blocks]
    return [kpi for block in blocks if isinstance(block, Kpis) for kpi in block.items]


def test_who_grew_most_is_not_called_the_largest(tmp_path: Path) -> None:
    """The row of a growth says that it is one, although another group is far larger."""
    run = run_table(tmp_path / "data.csv", BEERS, "Which beer grew most?")
    (answer,) = run.findings.answers
    assert run.say(answer.rows[0].text).startswith("No other grew as much as IPA")


def test_a_change_is_good_or_bad_by_its_own_measure(tmp_path: Path) -> None:
    """Cost that rises is bad beside revenue that rises."""
    run = run_table(tmp_path / "data.csv", SHOP, "How did revenue and cost develop?")
    changed = [kpi for answer in run.findings.answers for kpi in answer.kpis if kpi.change]
    assert [(run.say(kpi.value), kpi.tone) for kpi in changed] == [("2,262", "good"), ("1,308", "bad")]


def test_the_figure_beside_a_chart_is_the_one_that_changed(tmp_path: Path) -> None:
    """Where one of two stays, it is not the period that the other is compared with."""
    output = [[month, 1_000 + (place * 37) % 90] for place, month in enumerate(MONTHS)]
    run = run_table(
        tmp_path / "data.csv", [["month", "output"], *output], "How did output change in 2024?"
    )
    (answer,) = run.findings.answers
    assert [run.say(kpi.label) for kpi in answer.kpis] == ["2023", "2024"]
    assert [(run.say(kpi.label), run.say(kpi.change)) for kpi in figures(run)] == [("2024", "+0.14%")]


def test_a_row_in_other_words_has_their_figure() -> None:
    """Where the answer's own words are a title, its next point stands with its own figure, or with
    that of the answer, whose label says what it is.
    """
    answer = Answer(
        question="?",
        end=End.ANSWERED,
        headline="A fell",
        short="A is down",
        points=["B rose", "C stayed"],
        rows=[
            Row(of="A fell", figure="{{f1}}", label="A", text="It fell"),
            Row(of="B rose", figure="{{f2}}", label="B", text="It rose by half"),
        ],
    )
    told = {"It fell", "A is down"}

    def row(*titles: str) -> tuple[str, str, str]:
        two = [answer, answer.model_copy(update={"headline": "Another"})]
        first = summary.messages(two, None, {*titles}, lambda texts: 0)[0]
        return first.figure, first.label, first.text

    assert row() == ("{{f1}}", "A", "It fell")
    assert row("It fell") == ("{{f1}}", "A", "A is down")
    assert row(*told) == ("{{f2}}", "B", "It rose by half")
    assert row(*told, "It rose by half") == ("{{f1}}", "A", "C stayed")
