"""Questions about ledgers: profit, where money goes, and how revenue and costs develop."""

from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

BALANCE = "Account,Debit,Credit"
TRIAL = [
    ("Bank", 900, ""), ("Equity", "", 400), ("Sales", "", 2000), ("Materials", 800, ""),
    ("Wages", 500, ""), ("Interest", 200, ""),
]  # fmt: skip
POSTED = "date,Konto,Betrag"
SAP = [
    (f"2024-{month:02}-28", konto, sign * (size + 10 * month))
    for month in range(1, 13)
    for konto, sign, size in (("Umsatzerlöse", -1, 900), ("Personalkosten", 1, 400))
]
TURNED = "The books have revenue below zero; here it is told without its minus"


def test_the_profit_is_that_of_accounts_which_have_one(tmp_path: Path) -> None:
    """Blank sides are none, and what is owned or owed does not count."""
    said = ask(tmp_path, BALANCE, TRIAL, "Are we profitable?")
    assert said.headline == "The profit is 500: revenue of 2,000 less cost of 1,500"
    assert TURNED not in said.points


def test_money_goes_where_costs_are(tmp_path: Path) -> None:
    said = ask(tmp_path, BALANCE, TRIAL, "Where does the money go?")
    assert said.headline.startswith("Materials")
    assert "800" in said.headline
    assert not any("Bank" in text or "Sales" in text for text in (said.headline, *said.points))


def test_a_side_of_the_ledger_is_summed(tmp_path: Path) -> None:
    """A mean of debits says nothing."""
    said = ask(tmp_path, BALANCE, TRIAL, "How much debit is there?")
    assert "2,400" in said.headline


def test_revenue_below_zero_is_told_above_it(tmp_path: Path) -> None:
    """Revenue rose, though its amounts fell; it is said beside it."""
    said = ask(tmp_path, POSTED, SAP, "How did revenue and costs develop?")
    assert said.headline == "Revenue rose by 12%: 910 in Jan 2024, 1,020 in Dec 2024"
    assert "Cost rose by 27%: 410 in Jan 2024, 520 in Dec 2024" in said.points
    assert TURNED in said.points


def test_costs_below_zero_are_told_above_it(tmp_path: Path) -> None:
    rows = [(date, konto, -amount) for date, konto, amount in SAP]
    said = ask(tmp_path, POSTED, rows, "How did costs develop?")
    assert said.headline.startswith("Cost rose by 27%: 410 in Jan 2024")
    profit = ask(tmp_path, POSTED, rows, "Are we profitable?")
    assert profit.headline == "The profit is 6,000: revenue of 11,580 less cost of 5,580"


def test_an_account_is_a_measure_of_its_own(tmp_path: Path) -> None:
    """Its name says which, whatever the sign of the books."""
    rows = [*SAP, *((f"2024-{month:02}-28", "Miete", 90 + month) for month in range(1, 13))]
    said = ask(tmp_path, POSTED, rows, "How did Miete develop?")
    assert said.headline.startswith("Miete rose by 12%: 91 in Jan 2024, 102 in Dec 2024")


def test_a_loss_is_told_as_one(tmp_path: Path) -> None:
    rows = [("Sales", "", 1000), *(row for row in TRIAL if row[0] != "Sales")]
    said = ask(tmp_path, BALANCE, rows, "Are we profitable?")
    assert said.headline == "The loss is 500: revenue of 1,000 less cost of 1,500"


def test_an_account_that_is_not_known_leaves_the_question_open(tmp_path: Path) -> None:
    """Whether Project X is a cost, nobody but its owner knows."""
    said = ask(tmp_path, BALANCE, [*TRIAL, ("Project X", 70, "")], "Are we profitable?")
    assert said.answer.end is End.LACKS


def test_advice_rests_on_the_accounts_of_costs_alone(tmp_path: Path) -> None:
    """The revenue of a place is no cost below zero that makes up for what it spends."""
    rows = [
        (f"2024-{month:02}-28", place, konto, sign * (size + month % 3))
        for month in range(1, 13)
        for place, more in (("Nord", 0), ("Ost", 0), ("Süd", 400))
        for konto, sign, size in (("Umsatzerlöse", -1, 900 + more), ("Personalkosten", 1, 400 + more))
    ]
    said = ask(tmp_path, "date,Ort,Konto,Betrag", rows, "What should we do about costs?")
    assert said.headline == "Look into Süd first: at the groups' median it would save 4,800"


def test_names_that_could_be_references_are_no_measures(tmp_path: Path) -> None:
    """An account may be called anything; its digits and braces stay out of the deck's own words."""
    rows = [*TRIAL, ("Rent {{brief}}", 90, ""), ("Travel 2024", 70, "")]
    said = ask(tmp_path, BALANCE, rows, "How much rent and travel is there?")
    assert "{{" not in said.headline
    whole = ask(tmp_path, BALANCE, rows, "Are we profitable?")
    assert whole.headline == "The profit is 340: revenue of 2,000 less cost of 1,660"
