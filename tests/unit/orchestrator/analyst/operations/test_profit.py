"""Profit: what is left after costs, and who loses money."""

from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.operations.series import by_month, months

DISHES = [
    (month, dish, revenue, cost)
    for month in months(2024)
    for dish, revenue, cost in (
        ("Soup", 100, 60),
        ("Steak", 200, 230),
        ("Salad", 80, 84),
        ("Cake", 90, 50),
    )
]
HEADER = "month,dish,revenue,cost"


def test_every_group_that_loses_is_named(tmp_path: Path) -> None:
    """Losses are told with amount and margin, the largest first, and all of them in the summary."""
    said = ask(tmp_path, HEADER, DISHES, "Which dishes lose money?")
    assert said.operation == "profit"
    assert said.headline == "Steak loses most: 360, a margin of -15%"
    assert said.points[0] == "Salad loses 48, a margin of -5%"
    assert said.answer.summed == 2
    assert said.points[1] == "The profit is 552: revenue of 5,640 less cost of 5,088"


def test_none_loses(tmp_path: Path) -> None:
    """Where all earn, the answer says that none loses money, and who earns least."""
    rows = [row for row in DISHES if row[1] in ("Soup", "Cake")]
    said = ask(tmp_path, HEADER, rows, "Which dishes lose money?")
    assert said.headline == "No dish loses money; Soup earns least with 480" or said.headline == (
        "No dish loses money; Cake earns least with 480"
    )


def test_are_we_profitable(tmp_path: Path) -> None:
    """The whole is revenue less cost, with its margin."""
    said = ask(tmp_path, HEADER, DISHES, "Are we profitable?")
    assert said.headline == "The profit is 552: revenue of 5,640 less cost of 5,088"
    assert said.points[0] == "That is a margin of 9.8%"


def test_a_loss_in_all(tmp_path: Path) -> None:
    """More costs than revenue is a loss, told without a sign."""
    rows = [row for row in DISHES if row[1] in ("Steak", "Salad")]
    said = ask(tmp_path, HEADER, rows, "Are we profitable?")
    assert said.headline == "The loss is 408: revenue of 3,360 less cost of 3,768"


def test_amounts_with_a_sign(tmp_path: Path) -> None:
    """What comes in and what goes out stand in one column, and are told as two sides."""
    rows = by_month(months(2024), {"Wages": [2_000] * 12, "Rent": [-800] * 12, "Food": [-450] * 12})
    said = ask(tmp_path, "month,text,amount", rows, "Do we spend more than we earn?")
    assert said.headline == "More comes in than goes out: 24,000 against 15,000, which leaves 9,000"
    assert "Wages stands highest with 24,000, Rent lowest with -9,600" in said.points


def test_a_column_of_profit_is_taken_as_it_is(tmp_path: Path) -> None:
    """A table that has the profit itself needs no costs."""
    rows = [
        (month, shop, sales, profit)
        for month in months(2024)
        for shop, sales, profit in (("East", 100, 20), ("West", 100, -5))
    ]
    said = ask(tmp_path, "month,shop,sales,profit", rows, "Which shops lose money?")
    assert said.headline == "Only West loses money: 60"


def test_without_costs_the_table_lacks_them(tmp_path: Path) -> None:
    """Revenue alone says nothing about profit."""
    rows = [(month, 100) for month in months(2024)]
    said = ask(tmp_path, "month,revenue", rows, "Are we profitable?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks costs beside its income, or amounts with a sign"


def test_a_german_question_about_losses(tmp_path: Path) -> None:
    """German words and names find the same losses."""
    said = ask(
        tmp_path,
        "Monat,Gericht,Umsatz,Kosten",
        DISHES,
        "Welche Gerichte machen Verlust?",
        locale="de_DE",
    )
    assert said.operation == "profit"
    assert said.headline.startswith("Steak loses most: 360")
