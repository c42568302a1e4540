"""The names of accounts in a ledger, in English and German: revenue, costs, or neither."""

import re
from typing import Literal

from deckgen.orchestrator.analyst.lexicon.geography import plain

AccountClass = Literal["revenue", "cost", "either", "neither"]

# Columns that name accounts, as words or as beginnings and ends of German ones.
ACCOUNT = frozenset({"account", "accounts", "konto", "konten", "gl", "ledger", "kostenart"})
_ACCOUNT = re.compile(r"(sach)?konto(bezeichnung|name|text|art)?|kontenbezeichnung|accountname")
NUMBERED = frozenset({"no", "nr", "number", "num", "code", "nummer", "id"})
DEBIT, CREDIT = frozenset({"debit", "debits", "soll"}), frozenset({"credit", "credits", "haben"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is owned or owed, whatever else the name says: deferred revenue, accrued wages.
_BALANCE = _words(
    "receivable receivables payable payables accrued accruals prepaid prepayments prepayment deferred "
    "accumulated retained provision provisions allowance vat liability liabilities asset assets "
    "forderungen verbindlichkeiten ruckstellung ruckstellungen vorsteuer umsatzsteuer mehrwertsteuer "
    "aktiva passiva rechnungsabgrenzung unearned advance advances deposits control clearing suspense "
    "ledger debtors creditors customers suppliers anzahlungen debitoren kreditoren"
)
_COST = _words(
    "cost costs cogs expense expenses expenditure expenditures spend charges fees fee wages salaries "
    "salary payroll materials material purchases rent advertising marketing insurance depreciation "
    "amortisation amortization utilities electricity travel repairs maintenance telephone postage "
    "office stationery training subcontractors freight overheads "
    "kosten aufwand aufwendungen ausgaben gehalter lohne loehne miete mieten pacht werbung "
    "versicherung versicherungen abschreibung abschreibungen reisekosten material wareneinsatz "
    "wareneingang personal porto telefon instandhaltung reparaturen fremdleistungen energie strom"
)
_REVENUE = _words(
    "revenue revenues sales turnover takings proceeds income "
    "erlos erlose umsatz umsatze ertrag ertrage einnahmen"
)
# Their side says whether they came in or went out.
_EITHER = _words(
    "interest commission commissions royalties zinsen provisionen rental exchange lizenzen skonti "
    "skonto discount discounts gain gains loss losses"
)
# Of a thing that is owned they say that it costs: bank charges, car repairs.
_SURELY_COST = _words(
    "cost costs expense expenses charges fee fees rent insurance depreciation repairs maintenance "
    "travel kosten aufwand ausgaben gebuhren miete versicherung abschreibung abschreibungen reparaturen"
)
_OWNED = _words(
    "bank cash kasse petty equity capital inventory inventories stock machinery equipment vehicles "
    "building buildings land furniture loan loans mortgage goodwill drawings dividends "
    "eigenkapital kapital vorrate maschinen fuhrpark gebaude grundstucke darlehen bankguthaben "
    "privatentnahmen inventar"
)
_TAXES = _words("tax taxes steuer steuern")
_COST_ENDS = ("aufwand", "aufwendungen", "kosten", "ausgaben", "gebuhren", "lohne", "gehalter", "miete")
_REVENUE_ENDS = ("erlose", "erlos", "ertrage", "ertrag", "einnahmen", "umsatze")
_BALANCE_ENDS = (
    "forderungen",
    "verbindlichkeiten",
    "ruckstellungen",
    "kapital",
    "guthaben",
    "darlehen",
)


def is_account(words: tuple[str, ...]) -> bool:
    """True if a column of these words names accounts, and does not number them."""
    named = any(word in ACCOUNT or _ACCOUNT.fullmatch(word) for word in words)
    return named and not NUMBERED & set(words)


def numbers_accounts(words: tuple[str, ...]) -> bool:
    """True if a column of these words has the numbers of accounts."""
    named = any(word in ACCOUNT or word.startswith(("konto", "sachkonto")) for word in words)
    return named and (bool(NUMBERED & set(words)) or words[-1].endswith(("nummer", "nr")))


def class_of(account: str) -> AccountClass | None:
    """Returns what an account is by its name; None if that says nothing."""
    words = frozenset(plain(word) for word in re.findall(r"[^\W\d_]+", account.lower()))
    if words & {"gain", "gains", "loss", "losses"} and not words & {
        "retained",
        "accumulated",
        "profit",
    }:
        return "either"
    if words & _BALANCE or _ends(words, _BALANCE_ENDS):
        return "neither"
    if words & _TAXES:
        # What is owed for others looks the same: “sales tax”.
        return "cost" if not words & _REVENUE or "income" in words else None
    if words & _COST or _ends(words, _COST_ENDS):
        return _of_cost(words)
    if words & _EITHER and not words & (_REVENUE - {"sales"}):
        return "either"
    if words & _REVENUE or _ends(words, _REVENUE_ENDS):
        return "revenue"
    return "neither" if words & _OWNED else None


def _of_cost(words: frozenset[str]) -> AccountClass | None:
    """Returns the class of what is called like a cost: rent may be earned, a vehicle is owned."""
    is_sure = bool(words & _SURELY_COST) or _ends(words, _COST_ENDS)
    if words & (_REVENUE | {"received"}) and not words & {"cost", "costs", "expense", "expenses"}:
        return "either"
    return "cost" if is_sure or not words & _OWNED else None


def _ends(words: frozenset[str], ends: tuple[str, ...]) -> bool:
    return any(word.endswith(ends) for word in words)
