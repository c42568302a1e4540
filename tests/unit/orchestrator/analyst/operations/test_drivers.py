"""Drivers: which columns an outcome or a measure goes with, several at once."""

import random
from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

MEMBERS = [
    (f"M{row}", ("Monthly", "Yearly")[row % 2], row % 50 + 20, "Yes" if row % 10 in (0, 2, 4) else "No")
    for row in range(200)
]
HEADER = "member,contract,fee,churned"


def test_an_outcome_is_told_by_the_groups_that_differ_most(tmp_path: Path) -> None:
    """60 of 100 with a monthly contract leave, and none of 100 with a yearly one."""
    said = ask(tmp_path, HEADER, MEMBERS, "Why do members leave us?")
    assert said.operation == "drivers"
    assert said.headline == "The churn rate differs most by contract: 60% for Monthly, 0% for Yearly"
    assert said.points == ["Over all, the churn rate is 30%", "There is no clear link with fee"]


def test_a_german_question_is_the_same(tmp_path: Path) -> None:
    """“Woran liegt es” asks for drivers as well."""
    rows = [(number, contract, fee, churned) for number, contract, fee, churned in MEMBERS]
    said = ask(tmp_path, "Kunde,Vertrag,Preis,Kündigung", rows, "Warum verlassen uns Kunden?")
    assert said.headline == "The Kündigung rate differs most by Vertrag: 60% for Monthly, 0% for Yearly"


def _shops(seed: int = 1) -> list[tuple[object, ...]]:
    """Shops whose sales are 20 less 0.05 for each unit of price, 3 more at a corner, and some noise."""
    chance = random.Random(seed)
    found: list[tuple[object, ...]] = []
    for shop in range(160):
        price, corner = chance.randint(80, 160), ("corner", "street")[shop % 2]
        sales = 20 - 0.05 * price + 3 * (corner == "corner") + chance.gauss(0, 0.5)
        found.append((f"S{shop}", price, corner, ("red", "blue")[chance.randrange(2)], round(sales, 3)))
    return found


def test_further_columns_are_told_with_the_strongest_held_alike(tmp_path: Path) -> None:
    """The place comes first, the price next with its slope within a place; the colour plays no part."""
    said = ask(tmp_path, "shop,price,place,colour,sales", _shops(), "What drives sales in our shops?")
    assert said.headline.startswith("Average sales differs most by place: ")
    assert said.points[1].startswith("At the same place, price comes next: -0.049 per unit")
    assert said.points[-1] == "There is no clear link with colour"


def _stones() -> list[tuple[object, ...]]:
    """Stones whose price goes with their weight; poor ones are heavy, but cost less for it."""
    chance = random.Random(3)
    found: list[tuple[object, ...]] = []
    for stone in range(240):
        weight = chance.uniform(1, 3) + (0.7 if stone % 2 else 0)
        price = 5_000 * weight - (2_500 if stone % 2 else 0) + chance.gauss(0, 250)
        width = round(weight * 2 + chance.gauss(0, 0.05), 3)
        found.append((f"D{stone}", round(weight, 2), width, ("fine", "poor")[stone % 2], round(price)))
    return found


def test_what_is_mixed_up_with_the_strongest_column_is_not_told_the_wrong_way_round(
    tmp_path: Path,
) -> None:
    """Poor stones cost more as they are heavier; beside the weight, fine ones do."""
    said = ask(
        tmp_path, "stone,weight,width,quality,price", _stones(), "Which factors influence the price?"
    )
    assert said.headline.startswith("Price rises most with weight: +")
    beside = next(point for point in said.points if "quality comes next" in point)
    fine, poor = (float(part.split()[0].replace(",", "")) for part in beside.split(": ")[1].split(", "))
    assert "for fine, " in beside
    assert fine > poor
    assert "Weight hangs closely together with width" in said.points


def test_noise_goes_with_nothing(tmp_path: Path) -> None:
    """Random columns are told to be that, beside what comes nearest."""
    chance = random.Random(11)
    rows = [
        (f"M{row}", chance.choice("ABC"), chance.randint(20, 70), chance.choice(["Yes", "No"]))
        for row in range(150)
    ]
    said = ask(tmp_path, "member,branch,age,churned", rows, "Why do members leave?")
    assert said.answer.end is End.ANSWERED
    assert said.headline == "No column goes clearly with the churn rate: any difference could be chance"
    assert "comes nearest" in said.points[0]


def test_a_column_that_tells_the_outcome_itself_is_no_driver(tmp_path: Path) -> None:
    """The status says in other words who left, and explains nothing."""
    rows = [(*row[:3], "gone" if row[3] == "Yes" else "here", row[3]) for row in MEMBERS]
    said = ask(tmp_path, "member,contract,fee,state,churned", rows, "What drives churn?")
    assert said.headline == "The churn rate differs most by contract: 60% for Monthly, 0% for Yearly"


def test_series_that_only_grow_are_no_drivers(tmp_path: Path) -> None:
    """Two rising series go together by their trend; their changes do not, so nothing is claimed."""
    chance = random.Random(5)
    rows = [
        (f"{2019 + month // 12}-{month % 12 + 1:02}-01", 100 + 5 * month + chance.gauss(0, 8),
         50 + 2 * month + chance.gauss(0, 4))
        for month in range(60)
    ]  # fmt: skip
    said = ask(tmp_path, "month,sales,visitors", rows, "What drives sales?")
    assert said.headline == "No column goes clearly with average sales: any difference could be chance"


def test_without_other_columns_the_table_lacks_them(tmp_path: Path) -> None:
    """A table of names and one outcome can't say what it goes with."""
    rows = [(f"M{row}", "Yes" if row % 3 else "No") for row in range(60)]
    said = ask(tmp_path, "member,churned", rows, "Why do members leave?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks columns that share churned could go with"


def test_an_outcome_is_found_by_one_of_its_values(tmp_path: Path) -> None:
    """“Why do loans default” names a value of the status, not the loans that are asked about."""
    rows = [
        (f"L{row}", "ABC"[row % 3], 1_000 + row % 7, "Defaulted" if row % 6 == 5 else "Paid")
        for row in range(300)
    ]
    said = ask(tmp_path, "loan,grade,amount,status", rows, "Why do loans default?")
    assert said.headline == "The default rate differs most by grade: C (50%), A (0%), B (0%)"


def test_why_something_rose_is_left_to_changes(tmp_path: Path) -> None:
    """What a level goes with does not tell why it has risen."""
    rows = [
        (f"{2022 + month // 12}-{month % 12 + 1:02}-01", region, 100 + month)
        for month in range(24)
        for region in ("North", "South")
    ]
    said = ask(tmp_path, "month,region,sales", rows, "Why did sales rise in 2023?")
    assert said.answer.plan is None or said.operation != "drivers"
