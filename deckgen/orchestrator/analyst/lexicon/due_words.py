"""Words of dates that were promised, of those that came true, and of what is still open."""

from typing import Literal

DUE = frozenset({
    "due", "deadline", "promised", "planned", "expected", "scheduled", "target", "required", "agreed",
    "fallig", "falligkeit", "falligkeitsdatum", "soll", "zugesagt", "geplant", "liefertermin", "frist",
    "wunschtermin", "eta", "faellig",
})  # fmt: skip
UNITS: dict[Literal["days", "hours"], frozenset[str]] = {
    "days": frozenset({"day", "days", "tag", "tage", "werktage"}),
    "hours": frozenset({"hour", "hours", "hrs", "stunden"}),
}
STARTS = frozenset({
    "issued", "issue", "created", "opened", "ordered", "order", "invoice", "invoiced", "billed",
    "start", "started", "reported", "received", "bestellt", "rechnungsdatum", "rechnung", "erstellt",
    "placed", "booked", "loan", "borrowed", "checkout",
})  # fmt: skip
# Dates, or flags, of what ends a debt or a task.
SETTLED = frozenset({
    "paid", "payment", "settled", "bezahlt", "zahlung", "zahldatum", "zahlungseingang", "closed",
    "resolved", "completed", "done", "finished", "delivered", "returned", "return", "geliefert",
    "erledigt", "geschlossen", "cleared", "sold", "solved", "answered", "shipped", "filled",
    "verkauft", "fertig",
})  # fmt: skip
OPEN_VALUES = frozenset({
    "open", "unpaid", "overdue", "outstanding", "pending", "due", "partially paid", "sent", "offen",
    "unbezahlt", "uberfallig", "ausstehend", "in arrears", "late", "in progress", "new", "not paid",
    "running", "ongoing", "lauft", "laufend",
})  # fmt: skip
OPEN_AMOUNTS = frozenset(
    {"outstanding", "unpaid", "offen", "offener", "ausstehend", "receivable", "owed"}
)
OWED = frozenset({"invoice", "amount", "total", "rechnung", "rechnungsbetrag", "betrag", "summe"})
IN_TIME = frozenset({"time", "punctual", "sla", "late", "delayed", "overdue", "punktlich", "verspatet"})
