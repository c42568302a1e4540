"""The marks of debit and credit, and the names of columns that tell whose side they are on."""

from collections.abc import Sequence
from typing import Literal

Side = Literal["debit", "credit"]

_WORDS: dict[str, Side] = {
    "dr": "debit", "debit": "debit", "dbit": "debit", "soll": "debit", "debet": "debit",
    "belastung": "debit", "débit": "debit",
    "cr": "credit", "credit": "credit", "crdt": "credit", "haben": "credit", "gutschrift": "credit",
    "crédit": "credit",
}  # fmt: skip
# Letters and signs mean a side only under a name that says so.
_LETTERS: dict[str, Side] = {
    "d": "debit", "c": "credit", "s": "debit", "h": "credit", "-": "debit", "+": "credit",
    "": "debit",
}  # fmt: skip
_LETTER_NAMES = frozenset({
    "sh", "dc", "dr", "cr", "drcr", "crdr", "soll", "haben", "debit", "credit", "sollhaben", "shkz",
    "kennzeichen", "kz", "indicator", "ind", "side", "sign", "vorzeichen", "habenkennzeichen",
})  # fmt: skip
_LETTER_PAIRS = ({"s", "h"}, {"d", "c"})
# A blank cell is a minus alone, which was read as missing, under these names only.
_SIGN_NAMES = frozenset({"sign", "vorzeichen"})
# Debit and credit are kinds of these as well: of cards, of accounts.
_OTHER_NAMES = frozenset({
    "card", "cards", "payment", "method", "tender", "product", "karte", "kartenart", "zahlungsart",
    "account", "normal", "kontoart", "loan", "customer", "zahlart",
})  # fmt: skip
_BANK_MARKS = frozenset({"dbit", "crdt", "belastung", "gutschrift", "-", "+", ""})
BALANCES = frozenset({"balance", "saldo", "kontostand", "solde"})
OF_BANK = frozenset({
    "payee", "beneficiary", "iban", "empfänger", "zahlungsempfänger", "auftraggeber",
    "verwendungszweck", "zahlungspflichtiger", "zahlungsbeteiligter",
})  # fmt: skip
OF_BANK_MARKS = frozenset({"transaction", "type", "buchungsart", "umsatzart"})
_AMOUNTS = ("amount", "betrag", "umsatz", "value", "wert", "montant")
NO_AMOUNTS = BALANCES | {
    "id", "ids", "no", "nr", "number", "nummer", "year", "jahr", "account", "konto", "code", "month",
    "monat", "belegnummer", "kontonummer", "quantity", "qty", "menge", "rate", "kurs", "blz",
    "gegenkonto",
}  # fmt: skip


def side_of(mark: str, name: Sequence[str]) -> Side | None:
    """Returns the side that a mark means under a name of these words; None if it is no mark."""
    if _OTHER_NAMES & set(name):
        return None
    mark = mark.strip().lower().rstrip(".")
    if not mark and not _SIGN_NAMES & set(name):
        return None
    named = _LETTER_NAMES & set(name) or any(pair <= set(name) for pair in _LETTER_PAIRS)
    return _WORDS.get(mark) or (_LETTERS.get(mark) if named else None)


def is_bank_mark(mark: str) -> bool:
    """True if a bank writes it: its credits are the money that came in."""
    return mark.strip().lower() in _BANK_MARKS


def says_amount(word: str) -> bool:
    """True if a word names an amount."""
    return word.startswith(_AMOUNTS) or word.endswith(_AMOUNTS)
