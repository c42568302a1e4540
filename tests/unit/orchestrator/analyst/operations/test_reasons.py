"""Why something moved, and what is to be done: by the groups that differ most, asked for or not."""

import random
from pathlib import Path

import pytest

from deckgen.domain.blocks import Actions
from deckgen.domain.facts import render
from tests.unit.orchestrator.analyst.engine import Run, run_table
from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "month,region,product,revenue_eur,cost_eur"
COST = {"Tools": 0.5, "Parts": 0.6, "Care": 0.7}


def books(*, care_gets_dearer: bool = True) -> list[tuple[str, str, str, int, int]]:
    """Three years of two regions and three products, one of which costs more from year to year."""
    chance = random.Random(12)
    found = []
    for month in range(36):
        day = f"{2022 + month // 12}-{month % 12 + 1:02}-01"
        for region, size in (("North", 2_000), ("South", 1_600)):
            for product, cost in COST.items():
                dearer = 0.004 * month if care_gets_dearer and product == "Care" else 0.0
                revenue = size * (1 + 0.005 * month) * chance.gauss(1, 0.03)
                spent = revenue * (cost + dearer) * chance.gauss(1, 0.01)
                found.append((day, region, product, round(revenue), round(spent)))
    return found


def deck_of(folder: Path, brief: str, *, care_gets_dearer: bool = True) -> Run:
    rows = [HEADER.split(","), *books(care_gets_dearer=care_gets_dearer)]
    return run_table(folder / "books.csv", rows, brief)


def actions_of(run: Run) -> list[str]:
    found = [block for slide in run.deck.slides for block in slide.blocks if isinstance(block, Actions)]
    values = run.deck.reference_values()
    return [render(each.action, values) for block in found for each in block.items]


@pytest.mark.parametrize(
    "question",
    ["Why did margin fall?", "What is behind the falling margin?", "Warum ist die Marge gesunken?"],
)
def test_a_rate_falls_by_the_groups_that_lost_it(tmp_path: Path, question: str) -> None:
    """It is told by products, which moved apart, and not by the regions, which stand first."""
    said = ask(tmp_path, HEADER, books(), question)
    assert said.operation == "erosion"
    assert "Care" in said.headline


def test_a_bare_why_is_about_the_move_before_it(tmp_path: Path) -> None:
    """It asks which groups made the change, and not what revenue goes with from row to row."""
    said = ask(tmp_path, HEADER, books(), "How did revenue develop in 2024, and why?")
    moved, why = said.answers
    assert moved.plan
    assert why.plan
    assert why.plan.operation == "contribution"
    assert why.plan.measures[0].label == moved.plan.measures[0].label == "revenue"


def test_a_bare_why_is_about_the_same_groups(tmp_path: Path) -> None:
    """Why it moved in the north is told by rows of the north."""
    said = ask(tmp_path, HEADER, books(), "How did revenue develop in the North, and why?")
    _, why = said.answers
    assert why.plan
    assert [each.values for each in why.plan.filters] == [["North"]]


def test_a_plan_drives_nothing(tmp_path: Path) -> None:
    """A budget goes with what it plans from row to row, because it was made so."""
    rows = [(*row, round(row[3] * 1.02)) for row in books()]
    said = ask(tmp_path, f"{HEADER},budget_eur", rows, "What drives revenue?")
    assert said.operation == "drivers"
    assert "budget" not in " ".join([said.headline, *said.points]).lower()


def test_the_reason_of_an_amount_is_no_rate(tmp_path: Path) -> None:
    """Why revenue fell is not answered with the margin, though its name fits a little."""
    said = ask(tmp_path, HEADER, books(), "Why did revenue fall?")
    assert said.operation == "contribution"


def test_one_group_is_told_by_what_it_has_groups_of(tmp_path: Path) -> None:
    """The margin of one product is split by region: by product there is nothing to tell apart."""
    said = ask(tmp_path, HEADER, books(), "Why did the margin of Care fall?")
    assert said.answer.plan
    assert [group.column for group in said.answer.plan.groups] == ["region"]


def test_a_rate_that_moved_the_other_way_is_drawn_with_its_values(tmp_path: Path) -> None:
    """The title has both values, and so the slide has them too, with a chart of the groups."""
    run = deck_of(tmp_path, "Why did margin rise?")
    assert "did not rise but fell" in run.told[0]
    assert not [check for check in run.deck.quality if not check.passed]


def test_who_asks_nothing_is_told_of_lost_margin(tmp_path: Path) -> None:
    """It changes what a reader thinks, more than which product is largest."""
    assert deck_of(tmp_path, "").told[0].startswith("Only Care lost margin")


def test_a_margin_that_holds_is_no_news(tmp_path: Path) -> None:
    """Without a fall beyond chance nothing is told of one."""
    told = deck_of(tmp_path, "", care_gets_dearer=False).told
    assert not [each for each in told if "lost" in each]


def test_what_to_do_rests_on_what_was_lost(tmp_path: Path) -> None:
    """Nothing else is asked, and still the move and its evidence are found."""
    run = deck_of(tmp_path, "What should we do?")
    assert actions_of(run) == ["Bring Care back to its margin of 2022"]
    assert any(each.startswith("Only Care lost margin") for each in run.told)


def test_a_smaller_group_is_nothing_to_act_on(tmp_path: Path) -> None:
    """A region with less revenue a month is smaller: the gap to the others is no advice."""
    said = ask(tmp_path, HEADER, books(care_gets_dearer=False), "What should we do about revenue?")
    assert said.answer.reason == "the table lacks anything to act on: its groups differ by their size"


def test_one_course_over_time_is_nothing_to_act_on(tmp_path: Path) -> None:
    """That years with a low share had less revenue is no reason to lift the share."""
    rows = [(1980 + year, 900 - 20 * year, round(0.7 - 0.01 * year, 3)) for year in range(40)]
    said = ask(tmp_path, "year,revenue,share", rows, "What should we do?")
    assert said.answer.reason == "the table lacks anything to act on: it shows one course over time"


def rates(*moves: tuple[str, float]) -> list[tuple[str, str, int, int]]:
    """Two years of regions whose margin goes from 30 % to another one, but for a little each month."""
    chance = random.Random(7)
    return [
        (f"{year}-{month:02}-01", name, 10_000, round(10_000 * (1 - margin - chance.gauss(0, 0.004))))
        for year in (2023, 2024)
        for month in range(1, 13)
        for name, moved in moves
        for margin in (0.3 + moved * (year == 2024),)
    ]


REGIONS = "month,region,revenue_eur,cost_eur"


def test_a_margin_that_rose_is_not_told_as_lost(tmp_path: Path) -> None:
    """One region fell, the whole rose: the question is set right before anything else."""
    rows = rates(("North", -0.03), ("South", 0.08), ("West", 0.08))
    assert "did not fall but rose" in ask(tmp_path, REGIONS, rows, "Why did margin fall?").headline


def test_chance_has_no_reason(tmp_path: Path) -> None:
    """The largest of falls that chance gives is told as that, and no cost is blamed for it."""
    rows = rates(("North", 0.0), ("South", 0.0), ("West", 0.0), ("East", 0.0))
    said = ask(tmp_path, REGIONS, rows, "Where do we lose margin?")
    assert said.headline.startswith(("No region clearly lost", "No region lost"))
    assert not [each for each in said.points if "cost" in each]


def test_who_fell_less_has_fallen_all_the_same(tmp_path: Path) -> None:
    """A clear fall of three points beside one of fifteen: not all others hold theirs."""
    rows = rates(("North", -0.15), ("South", -0.028), ("West", 0.0))
    said = ask(tmp_path, REGIONS, rows, "Where do we lose margin?")
    assert said.headline.startswith("North lost most margin")
    assert any(each.startswith("South went from") for each in said.points)
