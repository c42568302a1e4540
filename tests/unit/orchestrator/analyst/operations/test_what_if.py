"""What if: arithmetic on a change that is supposed, with the link of the past if there is one."""

import random
from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

PRICED = [
    (f"2024-{month:02}-01", price, 1_200 - 40 * price)
    for month, price in enumerate((10, 12, 14, 11, 13, 10, 12, 15, 14, 11, 13, 15), start=1)
]


def test_a_price_moves_units_and_revenue(tmp_path: Path) -> None:
    """Each row goes to its new price with the units that the slope lets expect."""
    said = ask(tmp_path, "month,price,units", PRICED, "What would happen if we raised prices by 10%?")
    old_units = sum(units for _, _, units in PRICED)
    lost = sum(40 * 0.1 * price for _, price, _ in PRICED)
    old = sum(price * units for _, price, units in PRICED)
    new = sum(1.1 * price * (units - 4 * price) for _, price, units in PRICED)
    growth, fall = f"{(new / old - 1) * 100:.1f}%", f"{lost / old_units * 100:.1f}%"
    assert said.headline == (
        f"At +10% on price, units would fall by {fall} and revenue rise by {growth}"
    )
    assert f"Units would fall by {lost:.0f} ({fall})" in said.points[0]
    assert "Where price was higher by one, units moved by -40" in said.points
    assert "This supposes that all else stays as it is" in said.points


def test_a_german_cut_is_one(tmp_path: Path) -> None:
    """A price that is lowered brings more units; the verb may stand at the end."""
    said = ask(
        tmp_path, "month,price,units", PRICED,
        "Was passiert, wenn wir die Preise um 5 % senken?", locale="de_DE",
    )  # fmt: skip
    assert said.operation == "what_if"
    assert said.answer.plan
    assert said.answer.plan.assumed == -0.05
    assert "units would rise by" in said.headline


def test_without_a_reaction_units_stay(tmp_path: Path) -> None:
    """Where units do not move with the price, revenue moves as the price does, and that is said."""
    luck = random.Random(4)
    rows = [(month, price, 500 + luck.randint(-20, 20)) for month, price, _ in PRICED]
    said = ask(tmp_path, "month,price,units", rows, "What if we raised the price by 5%?")
    old = sum(price * units for _, price, units in rows)
    assert said.headline == (
        f"At +5% on price and the same units, revenue would rise from {old:,} to {old * 1.05:,.0f}"
    )
    assert said.points[0].startswith("The data show no clear reaction of units to price")


def test_products_are_compared_with_themselves(tmp_path: Path) -> None:
    """A dear product that sells less than a cheap one is no reaction to a price."""
    luck = random.Random(4)
    rows = [
        (f"2024-{month:02}-01", product, price + month % 3, usual + luck.randint(-9, 9))
        for month in range(1, 13)
        for product, price, usual in (("Tea", 4, 900), ("Cake", 20, 300), ("Soup", 10, 600))
    ]
    said = ask(tmp_path, "month,product,price,units", rows, "What if we raised prices by 5%?")
    assert "the same units" in said.headline


def test_a_side_of_profit_moves_it_by_its_own_change(tmp_path: Path) -> None:
    """A tenth less cost is that much more profit."""
    rows = [(f"2024-{month:02}-01", 1_000 + 10 * month, 800) for month in range(1, 13)]
    said = ask(tmp_path, "month,revenue,cost", rows, "What if we cut costs by 10%?")
    old = sum(revenue - cost for _, revenue, cost in rows)
    assert said.headline == (f"At -10% on cost, profit would rise from {old:,} to {old + 960:,}")


def test_a_link_is_followed_and_is_no_proof(tmp_path: Path) -> None:
    """What moved with the measure moves along its line, and the answer says what that is worth."""
    rows = [
        (f"2024-{month:02}-01", spend, 50 + 2 * spend)
        for month, spend in enumerate((100, 150, 120, 180, 160, 110, 140, 170, 130, 190, 105, 185), 1)
    ]
    said = ask(tmp_path, "month,ad_spend,signups", rows, "What if we doubled our ad spend?")
    old = sum(row[2] for row in rows)
    new = old + 2 * sum(row[1] for row in rows)
    assert said.headline == (
        f"At +100% on ad spend, signups would rise by {(new / old - 1) * 100:.0f}%"
    )
    assert any("does not prove" in point for point in said.points)
    assert "Ad spend has not been there yet, so how far the past carries is open" in said.points


def test_what_is_not_in_the_table_can_not_be_changed(tmp_path: Path) -> None:
    """A figure that no column holds is lacking."""
    rows = [(f"2024-{month:02}-01", 100 + month) for month in range(1, 13)]
    said = ask(tmp_path, "month,visitors", rows, "What if we raised wages by 5%?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks the figure that is supposed to change"


def test_a_result_may_be_made_of_several_costs(tmp_path: Path) -> None:
    """A profit that a column holds moves by the cost that is subtracted in it."""
    rows = [
        (f"2024-{month:02}-01", 10_000 + 100 * month, 4_000, 3_000 + 20 * month, 3_000 + 80 * month)
        for month in range(1, 13)
    ]
    said = ask(
        tmp_path, "month,revenue_eur,personnel_cost_eur,material_cost_eur,profit_eur", rows,
        "What would happen to profit if personnel costs rose by 5%?",
    )  # fmt: skip
    old = sum(row[4] for row in rows)
    assert said.headline == (
        f"At +5% on personnel cost, profit would fall from €{old:,} to €{old - 2_400:,}"
    )
