"""Ledgers: which accounts are revenue and which are costs, and when nothing is said of them."""

from pathlib import Path

import pytest

from deckgen.domain.table_models import Ledger
from deckgen.orchestrator.analyst.lexicon.account_words import class_of
from tests.unit.orchestrator.analyst.table_model.modelled import modelled

Rows = list[tuple[object, ...]]
BALANCE = "Account no,Account,Debit,Credit"
TRIAL: Rows = [
    (1000, "Bank", 900, 0), (2000, "Equity", 0, 400), (4000, "Sales", 0, 2000),
    (5000, "Materials", 800, 0), (6000, "Wages", 500, 0), (7000, "Interest", 200, 0),
]  # fmt: skip
POSTED = "date,Konto,Betrag"
SAP: Rows = [
    (f"2024-{month:02}-28", konto, sign * (size + month))
    for month in range(1, 13)
    for konto, sign, size in (("Umsatzerlöse", -1, 900), ("Personalkosten", 1, 400), ("Miete", 1, 90))
]


def ledger(folder: Path, header: str, rows: Rows) -> Ledger | None:
    return modelled(folder, header, rows).ledger


def test_debits_and_credits_of_accounts_are_a_ledger(tmp_path: Path) -> None:
    """Interest is a cost, since it is a debit; the bank and the equity are neither."""
    model = modelled(tmp_path, BALANCE, TRIAL)
    found = model.ledger
    assert found
    assert (found.account, found.debit, found.credit) == ("Account", "Debit", "Credit")
    assert (found.revenue, found.costs) == (["Sales"], ["Interest", "Materials", "Wages"])
    assert (
        "“account” names accounts: revenue is “Sales”, cost is “Interest”, “Materials” and “Wages”; "
        "2 of 6 accounts are neither" in model.warnings
    )
    assert [column.additivity for column in model.columns[2:]] == ["flow", "flow"]


def test_interest_that_came_in_is_revenue(tmp_path: Path) -> None:
    rows = [*TRIAL[:-1], (7000, "Interest", 0, 200)]
    found = ledger(tmp_path, BALANCE, rows)
    assert found
    assert found.revenue == ["Interest", "Sales"]


@pytest.mark.parametrize(("turn", "way"), [(1, "credit"), (-1, "signed")])
def test_one_column_of_amounts_has_the_sign_of_its_books(turn: int, way: str, tmp_path: Path) -> None:
    rows: Rows = [(date, konto, turn * int(str(amount))) for date, konto, amount in SAP]
    found = ledger(tmp_path, POSTED, rows)
    assert found
    assert (found.way, found.revenue, found.costs) == (
        way,
        ["Umsatzerlöse"],
        ["Miete", "Personalkosten"],
    )


def test_amounts_without_a_sign_are_told_by_their_accounts(tmp_path: Path) -> None:
    found = ledger(tmp_path, POSTED, [(date, konto, abs(int(str(n)))) for date, konto, n in SAP])
    assert found
    assert found.way == "unsigned"


def test_an_account_is_what_its_neighbours_by_number_are(tmp_path: Path) -> None:
    """A name that says nothing has the class of all others with its first digit."""
    found = ledger(tmp_path, BALANCE, [*TRIAL, (6100, "Sundry", 50, 0)])
    assert found
    assert "Sundry" in found.costs
    assert ledger(tmp_path, BALANCE, [*TRIAL, (8100, "Sundry", 50, 0)]) is None


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        # An account that nothing is known of may be anything.
        ("Account,Debit,Credit", [*(row[1:] for row in TRIAL), ("Project X", 50, 0)]),
        # What is owned and owed has no profit.
        ("Account,Debit,Credit", [("Bank", 9, 0), ("Equity", 0, 5), ("Receivables", 7, 0)]),
        # Costs alone, too.
        ("Konto,Betrag", [("Miete", 90), ("Personalkosten", 400), ("Reisekosten", 30)]),
        # Customers that are called accounts.
        ("Account,Debit,Credit", [("Miller Ltd", 9, 0), ("Smith Inc", 0, 5), ("Jones", 7, 0)]),
        # A bank's statement has no accounts.
        ("Date,Text,Debit,Credit", [("2024-01-01", "Sales", 0, 5), ("2024-01-02", "Rent", 7, 0)]),
        # Categories of sales and costs are no accounts, and their signs may mean anything.
        ("Category,Amount", [("Sales", -900), ("Wages", 400), ("Rent", 90)]),
        # Revenue on the side of costs: something is not understood.
        ("Account,Debit,Credit", [("Sales", 900, 0), ("Wages", 400, 0), ("Rent", 90, 0)]),
        # Two amounts, in two currencies perhaps.
        ("Konto,Betrag,Betrag USD", [("Erlöse", -900, -990), ("Miete", 400, 440), ("Löhne", 9, 10)]),
    ],
)  # fmt: skip
def test_what_is_not_known_is_no_ledger(header: str, rows: Rows, tmp_path: Path) -> None:
    assert ledger(tmp_path, header, rows) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sales domestic", "revenue"), ("Umsatzerlöse 19 %", "revenue"), ("Zinserträge", "revenue"),
        ("Cost of sales", "cost"), ("Materialaufwand", "cost"), ("Bank charges", "cost"),
        ("Income tax", "cost"), ("Sales commission", "either"), ("Interest", "either"),
        ("Rent received", "either"), ("Loss on disposal of assets", "either"),
        ("Deferred revenue", "neither"), ("Accrued wages", "neither"), ("Bank", "neither"),
        ("Umsatzsteuer", "neither"), ("Accumulated depreciation", "neither"),
        ("Sales ledger control", "neither"), ("Retained losses", "neither"),
        ("Sales tax", None), ("Office equipment", None), ("Sundry", None), ("4711", None),
    ],
)  # fmt: skip
def test_a_name_says_what_an_account_is(name: str, kind: str | None) -> None:
    assert class_of(name) == kind
